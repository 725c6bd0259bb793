package kith.node.core.room;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.frame.Entry;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;

/// Reads a room's log straight from the journal's rows, by primary key: a page costs a tenth of a
/// millisecond. Reading backwards uses a lower range, because `seq` has no gaps.
public final class JdbcRoomLog implements RoomLog {
  private final Jdbc jdbc;
  private final Serialization serialization;
  private final LogRows log;
  private final StoredSnapshots snapshots;
  private final Map<Character, AmendmentKind> kindsByLetter = new TreeMap<>();

  /// @param kinds the amendments of features
  public JdbcRoomLog(Jdbc jdbc, Serialization serialization, List<AmendmentKind> kinds) {
    this.jdbc = jdbc;
    this.serialization = serialization;
    this.log = new LogRows(serialization);
    this.snapshots = new StoredSnapshots(serialization);
    for (var kind : kinds)
      if (kindsByLetter.put(kind.letter(), kind) != null || "er".indexOf(kind.letter()) >= 0)
        throw new IllegalStateException("Two kinds of amendments use the letter " + kind.letter());
  }

  @Override
  public CompletionStage<Events> events(String room, long after, int limit) {
    return jdbc.with(connection ->
        stored(
            log.after(connection, room, Math.max(after, log.first(connection, room) - 1), limit)));
  }

  @Override
  public CompletionStage<Events> events(String room, Set<Long> seqs) {
    return jdbc.with(connection -> stored(log.bySeq(connection, room, seqs)));
  }

  /// A log for a projection, which reads within its own transaction.
  public static List<Projection.Numbered> events(
      Connection connection, Serialization serialization, String room, Set<Long> seqs)
      throws SQLException {
    return stored(new LogRows(serialization).bySeq(connection, room, seqs)).events();
  }

  private static Events stored(List<LogRows.Row> rows) {
    return new Events(
        rows.stream().map(row -> new Projection.Numbered(row.seq(), row.event())).toList());
  }

  @Override
  public CompletionStage<Page> after(String room, long after, int limit) {
    return jdbc.with(connection -> {
      var readable = Math.max(after, log.first(connection, room) - 1);
      var rows = log.after(connection, room, readable, limit + 1);
      var page = rows.subList(0, Math.min(limit, rows.size()));
      var hasGap = !page.isEmpty() && page.getFirst().seq() > after + 1;
      return new Page(
          amended(connection, room, page),
          rows.size() > limit,
          hasGap ? OptionalLong.of(after + 1) : OptionalLong.empty());
    });
  }

  @Override
  public CompletionStage<Page> before(String room, long before, int limit) {
    return jdbc.with(connection -> {
      var rows = log.before(connection, room, before, log.first(connection, room), limit + 1);
      var page = rows.subList(0, Math.min(limit, rows.size())).reversed();
      return new Page(amended(connection, room, page), rows.size() > limit, OptionalLong.empty());
    });
  }

  @Override
  public CompletionStage<List<Entry>> messages(String room, Set<Long> seqs) {
    return jdbc.with(connection -> {
      var rows = new ArrayList<>(readable(connection, room, seqs));
      rows.removeIf(row -> !(row.event() instanceof RoomEvent.Posted));
      return amended(connection, room, rows);
    });
  }

  @Override
  public CompletionStage<List<Entry>> versions(String room, long seq) {
    return jdbc.with(connection -> {
      var rows = new ArrayList<>(readable(connection, room, Set.of(seq)));
      rows.removeIf(row -> !(row.event() instanceof RoomEvent.Posted));
      if (!rows.isEmpty()) rows.addAll(latestEdits(connection, room, seq));
      return amended(connection, room, rows);
    });
  }

  /// The entries without those that retention has removed.
  private List<LogRows.Row> readable(Connection connection, String room, Set<Long> seqs)
      throws SQLException {
    var first = log.first(connection, room);
    return log.bySeq(connection, room, seqs).stream().filter(row -> row.seq() >= first).toList();
  }

  /// In ascending order.
  private List<LogRows.Row> latestEdits(Connection connection, String room, long message)
      throws SQLException {
    return log.latest(connection, room, Amendment.edits(message), Long.MAX_VALUE, Portions.VERSIONS)
        .reversed();
  }

  @Override
  public CompletionStage<Map<Long, Post.Fact>> facts(String room, Set<Long> seqs) {
    return jdbc.with(connection -> {
      var redacted = redactions(connection, room, seqs);
      var amendments = partAmendments(connection, room, seqs);
      var facts = new HashMap<Long, Post.Fact>();
      for (var row : readable(connection, room, seqs))
        if (row.event() instanceof RoomEvent.Posted posted)
          facts.put(
              row.seq(),
              new Post.Fact(
                  posted.by(),
                  redacted.containsKey(row.seq()),
                  amendments.getOrDefault(row.seq(), List.of()),
                  posted.root()));
      return facts;
    });
  }

  @Override
  public CompletionStage<Void> erase(String room, long message) {
    return jdbc.inTransaction(
            connection -> {
              var rows = new ArrayList<>(log.bySeq(connection, room, Set.of(message)));
              rows.addAll(log.marked(connection, room, List.of(Amendment.edits(message))));
              for (var row : rows) {
                var text = text(row.event());
                if (!text.isEmpty()) snapshots.erase(connection, room, message, text);
              }
              overwrite(connection, room, rows);
              return rows.size();
            })
        .thenAccept(_ -> {});
  }

  private static String text(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Posted it -> it.preview();
      case RoomEvent.Edited it -> it.body();
      case RoomEvent ignored -> "";
    };
  }

  private static RoomEvent withoutText(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Posted it -> it.erased();
      case RoomEvent.Edited it -> new RoomEvent.Edited(it.by(), it.at(), it.id(), it.target(), "");
      case RoomEvent other -> other;
    };
  }

  private void overwrite(Connection connection, String room, List<LogRows.Row> rows)
      throws SQLException {
    var sealed = new HashSet<Long>();
    for (var row : rows)
      if (!overwrite(connection, room, row.seq(), withoutText(row.event()))) sealed.add(row.seq());
    Segments.change(connection, room, sealed, this::withoutText);
  }

  private SegmentCodec.Stored withoutText(SegmentCodec.Stored old) {
    var event = withoutText(log.row(old).event());
    var serializer = serialization.findSerializerFor(event);
    return new SegmentCodec.Stored(
        old.seq(),
        old.mark(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, event),
        serializer.toBinary(event));
  }

  /// False if the journal no longer has the entry.
  private boolean overwrite(Connection connection, String room, long seq, RoomEvent event)
      throws SQLException {
    var serializer = serialization.findSerializerFor(event);
    return Jdbc.change(
            connection,
            "UPDATE event_journal SET event_payload = ?, event_ser_id = ?, event_ser_manifest = ?"
                + " WHERE persistence_id = ? AND sequence_number = ?",
            serializer.toBinary(event),
            serializer.identifier(),
            Serializers.manifestFor(serializer, event),
            LogRows.key(room),
            seq)
        == 1;
  }

  @Override
  public CompletionStage<Void> eraseAll(String room, long lastSeq) {
    return jdbc.inTransaction(
            connection -> {
              Segments.delete(connection, room);
              Jdbc.change(connection, "DELETE FROM log_archive WHERE room = ?", room);
              return true;
            })
        .thenCompose(_ -> delete("event_journal", room, lastSeq))
        .thenCompose(_ -> delete("snapshot", room, lastSeq))
        .thenAccept(_ -> {});
  }

  private CompletionStage<Integer> delete(String table, String room, long before) {
    return jdbc.update(
        "DELETE FROM " + table + " WHERE persistence_id = ? AND sequence_number < ?",
        LogRows.key(room),
        before);
  }

  /// These rows as a reader may see them now: edited messages with their latest edit, redacted ones
  /// without text.
  private List<Entry> amended(Connection connection, String room, List<LogRows.Row> rows)
      throws SQLException {
    var entries = rows.stream().map(LogRows.Row::entry).toList();
    var messages = new LinkedHashSet<Long>();
    entries.forEach(entry -> Entries.message(entry).ifPresent(messages::add));
    if (messages.isEmpty()) return entries;
    var edits = new HashMap<Long, Entry.LatestEdit>();
    var redactions = new HashMap<Long, Entry.Redaction>();
    var marks =
        messages.stream()
            .flatMap(seq -> Stream.of(Amendment.edits(seq), Amendment.redacts(seq)))
            .toList();
    for (var row : log.latestMarked(connection, room, marks)) {
      switch (row.event()) {
        case RoomEvent.Edited it ->
            edits.put(it.target(), new Entry.LatestEdit(row.seq(), it.at(), it.body()));
        case RoomEvent.Redacted it ->
            redactions.put(it.target(), new Entry.Redaction(row.seq(), it.at(), it.by()));
        case RoomEvent ignored -> {}
      }
    }
    var amendments = partAmendments(connection, room, messages);
    return entries.stream()
        .map(entry -> amended(entry, edits, redactions))
        .map(entry -> amended(entry, amendments))
        .toList();
  }

  private Entry amended(Entry entry, Map<Long, List<RoomEvent.PartEvent>> amendments) {
    if (!(entry instanceof Entry.Message message) || message.redaction().isPresent()) return entry;
    var own = amendments.get(message.seq());
    if (own == null) return entry;
    var amended = message;
    for (var kind : kindsByLetter.values()) {
      var ofKind =
          own.stream().filter(it -> it.letter().equals(Optional.of(kind.letter()))).toList();
      if (!ofKind.isEmpty()) amended = kind.amend(amended, ofKind);
    }
    return amended;
  }

  /// All amendments of features to these messages, oldest first.
  private Map<Long, List<RoomEvent.PartEvent>> partAmendments(
      Connection connection, String room, Collection<Long> messages) throws SQLException {
    if (kindsByLetter.isEmpty() || messages.isEmpty()) return Map.of();
    var marks =
        messages.stream()
            .flatMap(
                seq -> kindsByLetter.keySet().stream().map(letter -> Amendment.mark(letter, seq)))
            .toList();
    var byMessage = new HashMap<Long, List<RoomEvent.PartEvent>>();
    for (var row : log.marked(connection, room, marks))
      if (row.event() instanceof RoomEvent.PartEvent it)
        it.target()
            .ifPresent(target -> byMessage.computeIfAbsent(target, _ -> new ArrayList<>()).add(it));
    return byMessage;
  }

  private static Entry amended(
      Entry entry, Map<Long, Entry.LatestEdit> edits, Map<Long, Entry.Redaction> redactions) {
    var message = Entries.message(entry);
    return message.isEmpty()
        ? entry
        : Entries.amended(
            entry,
            Optional.ofNullable(edits.get(message.getAsLong())),
            Optional.ofNullable(redactions.get(message.getAsLong())));
  }

  private Map<Long, LogRows.Row> redactions(
      Connection connection, String room, Collection<Long> seqs) throws SQLException {
    var byTarget = new HashMap<Long, LogRows.Row>();
    var marks = seqs.stream().map(Amendment::redacts).toList();
    for (var row : log.latestMarked(connection, room, marks))
      if (row.event() instanceof RoomEvent.Redacted redacted) byTarget.put(redacted.target(), row);
    return byTarget;
  }
}
