package kith.node.core.room;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.protocol.frame.Entry;
import org.apache.pekko.serialization.Serialization;

/// The stored entries of rooms, including those that retention has hidden. Recent ones are in the
/// journal, where all reads use its primary key or its index of amendments; older ones are in
/// [Segments].
///
/// The journal is read first. Entries that are sealed in between are then in both.
final class LogRows {
  private static final String ROW =
      "SELECT sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal ";

  private final Serialization serialization;

  LogRows(Serialization serialization) {
    this.serialization = serialization;
  }

  record Row(long seq, RoomEvent event) {
    Entry entry() {
      return Entries.of(seq, event);
    }
  }

  /// The first entry that retention has left readable; 0 if it removed nothing.
  long first(Connection connection, String room) throws SQLException {
    return latestMarked(connection, room, List.of(Amendment.TRUNCATES)).stream()
        .map(row -> ((RoomEvent.Truncated) row.event()).first())
        .findFirst()
        .orElse(0L);
  }

  /// In ascending order.
  List<Row> after(Connection connection, String room, long after, int limit) throws SQLException {
    var rows =
        rows(
            connection,
            "WHERE persistence_id = ? AND sequence_number > ? AND NOT deleted"
                + " ORDER BY sequence_number LIMIT ?",
            key(room),
            after,
            limit);
    var isComplete = !rows.isEmpty() && rows.getFirst().seq() == after + 1;
    if (isComplete) return rows;
    var found = new ArrayList<Row>();
    for (var sealed : Segments.after(connection, room, after, limit))
      if (rows.isEmpty() || sealed.seq() < rows.getFirst().seq()) found.add(row(sealed));
    found.addAll(rows.subList(0, Math.min(rows.size(), limit - found.size())));
    return found;
  }

  /// In descending order.
  List<Row> before(Connection connection, String room, long before, long first, int limit)
      throws SQLException {
    var rows =
        rows(
            connection,
            "WHERE persistence_id = ? AND sequence_number < ? AND sequence_number >= ?"
                + " AND NOT deleted ORDER BY sequence_number DESC LIMIT ?",
            key(room),
            before,
            first,
            limit);
    var lowest = rows.isEmpty() ? before : rows.getLast().seq();
    if (rows.size() == limit || lowest <= Math.max(first, 1)) return rows;
    var found = new ArrayList<>(rows);
    for (var sealed : Segments.before(connection, room, lowest, first, limit - rows.size()))
      found.add(row(sealed));
    return found;
  }

  /// In ascending order.
  List<Row> bySeq(Connection connection, String room, Set<Long> seqs) throws SQLException {
    var rows =
        rows(
            connection,
            "WHERE persistence_id = ? AND sequence_number = ANY (?) AND NOT deleted"
                + " ORDER BY sequence_number",
            key(room),
            connection.createArrayOf("bigint", seqs.toArray()));
    if (rows.size() == seqs.size()) return rows;
    var missing = new HashSet<>(seqs);
    rows.forEach(row -> missing.remove(row.seq()));
    return together(rows, Segments.bySeq(connection, room, missing));
  }

  /// The latest entries with a mark before a place, in descending order.
  List<Row> latest(Connection connection, String room, String mark, long before, int limit)
      throws SQLException {
    var rows =
        rows(
            connection,
            "WHERE persistence_id = ? AND adapter_manifest = ? AND adapter_manifest <> ''"
                + " AND sequence_number < ? ORDER BY sequence_number DESC LIMIT ?",
            key(room),
            mark,
            before,
            limit);
    if (rows.size() == limit) return rows;
    var lowest = rows.isEmpty() ? before : rows.getLast().seq();
    var sealed = Segments.latest(connection, room, mark, lowest, limit - rows.size());
    var found = new ArrayList<>(rows);
    for (var it : sealed) found.add(row(it));
    return found;
  }

  /// In ascending order.
  List<Row> marked(Connection connection, String room, List<String> marks) throws SQLException {
    var rows =
        rows(
            connection,
            "WHERE persistence_id = ? AND adapter_manifest = ANY (?) AND adapter_manifest <> ''"
                + " ORDER BY sequence_number",
            key(room),
            connection.createArrayOf("text", marks.toArray()));
    return together(rows, Segments.marked(connection, room, marks));
  }

  /// Only the latest row of each mark: a message edited a thousand times costs a page one row.
  List<Row> latestMarked(Connection connection, String room, List<String> marks)
      throws SQLException {
    var rows =
        Jdbc.rows(
            connection,
            ROW.replace("SELECT", "SELECT DISTINCT ON (adapter_manifest)")
                + "WHERE persistence_id = ? AND adapter_manifest = ANY (?)"
                + " AND adapter_manifest <> '' ORDER BY adapter_manifest, sequence_number DESC",
            this::row,
            key(room),
            connection.createArrayOf("text", marks.toArray()));
    var older = new HashSet<>(marks);
    rows.forEach(row -> older.remove(Amendment.mark(row.event())));
    return older.isEmpty() ? rows : together(rows, Segments.latestMarked(connection, room, older));
  }

  private List<Row> together(List<Row> rows, List<SegmentCodec.Stored> sealed) {
    if (sealed.isEmpty()) return rows;
    var bySeq = new TreeMap<Long, Row>();
    for (var it : sealed) bySeq.put(it.seq(), row(it));
    for (var row : rows) bySeq.put(row.seq(), row);
    return List.copyOf(bySeq.values());
  }

  /// The first entry from a place on that has a property.
  Optional<Row> firstFrom(Connection connection, String room, long from, Predicate<RoomEvent> is)
      throws SQLException {
    var after = from - 1;
    while (true) {
      var page = after(connection, room, after, Portions.EVENTS);
      for (var row : page) if (is.test(row.event())) return Optional.of(row);
      if (page.size() < Portions.EVENTS) return Optional.empty();
      after = page.getLast().seq();
    }
  }

  /// The last entry before a place that has a property.
  Optional<Row> lastBefore(Connection connection, String room, long before, Predicate<RoomEvent> is)
      throws SQLException {
    var next = before;
    while (true) {
      var page = before(connection, room, next, 0, Portions.EVENTS);
      for (var row : page) if (is.test(row.event())) return Optional.of(row);
      if (page.size() < Portions.EVENTS) return Optional.empty();
      next = page.getLast().seq();
    }
  }

  /// The oldest entries that are in the journal, up to a place, locked until the transaction ends:
  /// an erased text must not come back with a copy.
  List<SegmentCodec.Stored> oldest(Connection connection, String room, long to, int limit)
      throws SQLException {
    return Jdbc.rows(
        connection,
        "SELECT sequence_number, coalesce(adapter_manifest, ''), event_ser_id, event_ser_manifest,"
            + " event_payload FROM event_journal WHERE persistence_id = ?"
            + " AND sequence_number <= ? ORDER BY sequence_number LIMIT ? FOR UPDATE",
        row ->
            new SegmentCodec.Stored(
                row.getLong(1), row.getString(2), row.getInt(3), row.getString(4), row.getBytes(5)),
        key(room),
        to,
        limit);
  }

  /// @param where a condition and an order, on the journal alone
  private List<Row> rows(Connection connection, String where, Object... values)
      throws SQLException {
    return Jdbc.rows(connection, ROW + where, this::row, values);
  }

  private Row row(ResultSet row) throws SQLException {
    return row(row.getLong(1), row.getBytes(2), row.getInt(3), row.getString(4));
  }

  Row row(SegmentCodec.Stored it) {
    return row(it.seq(), it.payload(), it.serializer(), it.type());
  }

  private Row row(long seq, byte[] payload, int serializer, String type) {
    return new Row(seq, (RoomEvent) serialization.deserialize(payload, serializer, type).get());
  }

  /// The first entry that is in the journal.
  static OptionalLong journalFloor(Connection connection, String room) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT sequence_number FROM event_journal WHERE persistence_id = ?"
                + " ORDER BY sequence_number LIMIT 1",
            row -> row.getLong(1),
            key(room))
        .stream()
        .mapToLong(it -> it)
        .findFirst();
  }

  /// The size of the entries in the journal before a place.
  static long journalSize(Connection connection, String room, long before) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT coalesce(sum(octet_length(event_payload)), 0) FROM event_journal"
                + " WHERE persistence_id = ? AND sequence_number < ?",
            row -> row.getLong(1),
            key(room),
            before)
        .getFirst();
  }

  /// The first of the newest entries that together have at most this size; empty if all entries in
  /// the journal have.
  static OptionalLong firstWithin(Connection connection, String room, long most)
      throws SQLException {
    return Jdbc.rows(
            connection,
            """
            SELECT max(sequence_number) + 1 FROM (
              SELECT sequence_number,
                sum(octet_length(event_payload)) OVER (ORDER BY sequence_number DESC) AS size
              FROM event_journal WHERE persistence_id = ?) AS sizes
            WHERE size > ? HAVING count(*) > 0
            """,
            row -> row.getLong(1),
            key(room),
            most)
        .stream()
        .mapToLong(it -> it)
        .findFirst();
  }

  static String key(String room) {
    return Room.persistenceId(room).id();
  }
}
