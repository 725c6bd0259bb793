package kith.node.feature.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.node.core.room.Attachment;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.platform.database.Jdbc;
import org.jspecify.annotations.Nullable;

/// Keeps the terms of each message, of its latest edit if it was edited, in a table beside the log.
///
/// It grants no access: the room and its log decide who may read a message, and provide its text
/// ([MessageSearch]).
final class SearchProjection implements Projection {
  static final String NAME = "search";

  private record Key(String room, long seq) {}

  /// @param terms of its text and author
  /// @param files the terms of its files
  private record Row(Instant at, Set<String> terms, Set<String> files) {
    private static Row of(RoomEvent.Posted post) {
      var names = post.files().stream().flatMap(List::stream).map(Attachment::name).toList();
      return new Row(post.at(), textTerms(post.body(), post.by()), SearchTerms.ofFiles(names));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      // also the creation: a room without a position is not indexed yet
      case RoomEvent.Created _,
          RoomEvent.Posted _,
          RoomEvent.Edited _,
          RoomEvent.Redacted _,
          RoomEvent.Deleted _ ->
          Urgency.SOON;
      case RoomEvent ignored -> Urgency.NONE;
    };
  }

  @Override
  public void apply(Connection connection, Change change) throws SQLException {
    apply(connection, List.of(change));
  }

  @Override
  public void apply(Connection connection, List<Change> changes) throws SQLException {
    var posted = new LinkedHashMap<Key, Row>();
    var edited = new LinkedHashMap<Key, Set<String>>();
    var redacted = new ArrayList<Key>();
    for (var change : changes)
      for (var it : change.events())
        switch (it.event()) {
          // a text that was erased after its redaction has no terms
          case RoomEvent.Posted post when !post.body().isEmpty() || post.files().isPresent() ->
              posted.put(new Key(change.room(), it.seq()), Row.of(post));
          case RoomEvent.Edited edit -> {
            var target = new Key(change.room(), edit.target());
            var terms = textTerms(edit.body(), edit.by());
            var before = posted.get(target);
            if (before == null) edited.put(target, terms);
            else posted.put(target, new Row(before.at(), terms, before.files()));
          }
          case RoomEvent.Redacted redaction -> {
            var target = new Key(change.room(), redaction.target());
            posted.remove(target);
            edited.remove(target);
            redacted.add(target);
          }
          case RoomEvent ignored -> {}
        }
    insert(connection, posted);
    update(connection, edited);
    delete(connection, redacted);
    for (var change : changes) if (isEnd(change)) clear(connection, change.room());
  }

  private static boolean isEnd(Change change) {
    return change.events().stream().anyMatch(it -> it.event() instanceof RoomEvent.Deleted);
  }

  private static Set<String> textTerms(String text, String author) {
    var terms = SearchTerms.ofText(text);
    terms.add(SearchTerms.author(author));
    return terms;
  }

  private static void insert(Connection connection, Map<Key, Row> posted) throws SQLException {
    if (posted.isEmpty()) return;
    var rows = posted.values();
    Jdbc.change(
        connection,
        """
        INSERT INTO search_message (room, seq, at, terms, files)
        SELECT room, seq, at, terms::tsvector || coalesce(files::tsvector, ''), files::tsvector
        FROM unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[])
          AS posted (room, seq, at, terms, files)
        ON CONFLICT DO NOTHING
        """,
        rooms(connection, posted.keySet()),
        seqs(connection, posted.keySet()),
        array(connection, "timestamptz", rows, row -> row.at().atOffset(ZoneOffset.UTC)),
        array(connection, "text", rows, row -> tsvector(row.terms())),
        array(connection, "text", rows, row -> files(row.files())));
  }

  private static void update(Connection connection, Map<Key, Set<String>> edited)
      throws SQLException {
    if (edited.isEmpty()) return;
    Jdbc.change(
        connection,
        """
        UPDATE search_message AS old SET terms = edited.terms::tsvector || coalesce(old.files, '')
        FROM unnest(?::text[], ?::bigint[], ?::text[]) AS edited (room, seq, terms)
        WHERE old.room = edited.room AND old.seq = edited.seq
        """,
        rooms(connection, edited.keySet()),
        seqs(connection, edited.keySet()),
        array(connection, "text", edited.values(), SearchProjection::tsvector));
  }

  private static void delete(Connection connection, List<Key> redacted) throws SQLException {
    if (redacted.isEmpty()) return;
    Jdbc.change(
        connection,
        """
        DELETE FROM search_message AS old USING unnest(?::text[], ?::bigint[]) AS redacted (room, seq)
        WHERE old.room = redacted.room AND old.seq = redacted.seq
        """,
        rooms(connection, redacted),
        seqs(connection, redacted));
  }

  private static Array rooms(Connection connection, Collection<Key> keys) throws SQLException {
    return array(connection, "text", keys, Key::room);
  }

  private static Array seqs(Connection connection, Collection<Key> keys) throws SQLException {
    return array(connection, "bigint", keys, Key::seq);
  }

  private static <T> Array array(
      Connection connection, String type, Collection<T> items, Function<T, @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, items.stream().map(value).toArray());
  }

  private static @Nullable String files(Set<String> terms) {
    return terms.isEmpty() ? null : tsvector(terms);
  }

  private static String tsvector(Set<String> terms) {
    return terms.stream().map(Piece::quoted).collect(Collectors.joining(" "));
  }

  @Override
  public void forget(Connection connection, String room, long first) throws SQLException {
    Jdbc.change(connection, "DELETE FROM search_message WHERE room = ? AND seq < ?", room, first);
  }

  @Override
  public void clear(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM search_message WHERE room = ?", room);
  }
}
