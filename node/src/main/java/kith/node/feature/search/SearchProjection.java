package kith.node.feature.search;

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
import java.util.stream.Collectors;
import kith.node.core.room.Attachment;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.platform.database.Jdbc;
import org.jspecify.annotations.Nullable;

/// Keeps the terms of each message, of its latest edit if it was edited, in a table beside the log.
///
/// Nobody reads a message by it: who may read a message, and its text, is decided by the room and
/// its log ([MessageSearch]).
final class SearchProjection implements Projection {
  static final String NAME = "search";

  /// @param terms of its text and author
  /// @param files the terms of its files
  private record Row(long seq, Instant at, Set<String> terms, Set<String> files) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Urgency urgency(RoomEvent event) {
    return switch (event) {
      // the creation too, so that a room without a position is one that is not indexed yet
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
    var room = change.room();
    var posted = new LinkedHashMap<Long, Row>();
    var edited = new LinkedHashMap<Long, Set<String>>();
    var redacted = new ArrayList<Long>();
    for (var it : change.events())
      switch (it.event()) {
        // a text that was erased after its redaction has no terms
        case RoomEvent.Posted post when !post.body().isEmpty() || post.files().isPresent() ->
            posted.put(it.seq(), row(it.seq(), post));
        case RoomEvent.Edited edit -> {
          var terms = terms(edit.body(), edit.by());
          var before = posted.get(edit.target());
          if (before == null) edited.put(edit.target(), terms);
          else posted.put(before.seq(), new Row(before.seq(), before.at(), terms, before.files()));
        }
        case RoomEvent.Redacted redaction -> {
          posted.remove(redaction.target());
          edited.remove(redaction.target());
          redacted.add(redaction.target());
        }
        case RoomEvent.Deleted _ -> {
          clear(connection, room);
          return;
        }
        case RoomEvent ignored -> {}
      }
    insert(connection, room, posted.values());
    update(connection, room, edited);
    delete(connection, room, redacted);
  }

  private static Row row(long seq, RoomEvent.Posted post) {
    var names = post.files().stream().flatMap(List::stream).map(Attachment::name).toList();
    return new Row(seq, post.at(), terms(post.body(), post.by()), SearchTerms.ofFiles(names));
  }

  private static Set<String> terms(String text, String author) {
    var terms = SearchTerms.ofText(text);
    terms.add(SearchTerms.author(author));
    return terms;
  }

  private static void insert(Connection connection, String room, Collection<Row> rows)
      throws SQLException {
    if (rows.isEmpty()) return;
    Jdbc.change(
        connection,
        """
        INSERT INTO search_message (room, seq, at, terms, files)
        SELECT ?, seq, at, terms::tsvector || coalesce(files::tsvector, ''), files::tsvector
        FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[])
          AS posted (seq, at, terms, files)
        ON CONFLICT DO NOTHING
        """,
        room,
        array(connection, "bigint", rows.stream().map(Row::seq).toArray()),
        array(
            connection,
            "timestamptz",
            rows.stream().map(row -> row.at().atOffset(ZoneOffset.UTC)).toArray()),
        array(connection, "text", rows.stream().map(row -> tsvector(row.terms())).toArray()),
        array(connection, "text", rows.stream().map(row -> files(row.files())).toArray()));
  }

  private static void update(Connection connection, String room, Map<Long, Set<String>> edited)
      throws SQLException {
    if (edited.isEmpty()) return;
    Jdbc.change(
        connection,
        """
        UPDATE search_message AS old SET terms = edited.terms::tsvector || coalesce(old.files, '')
        FROM unnest(?::bigint[], ?::text[]) AS edited (seq, terms)
        WHERE old.room = ? AND old.seq = edited.seq
        """,
        array(connection, "bigint", edited.keySet().toArray()),
        array(
            connection, "text", edited.values().stream().map(SearchProjection::tsvector).toArray()),
        room);
  }

  private static void delete(Connection connection, String room, List<Long> redacted)
      throws SQLException {
    if (redacted.isEmpty()) return;
    Jdbc.change(
        connection,
        "DELETE FROM search_message WHERE room = ? AND seq = ANY (?)",
        room,
        array(connection, "bigint", redacted.toArray()));
  }

  private static java.sql.Array array(Connection connection, String type, @Nullable Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
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
