package kith.node.core.room;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import kith.node.core.room.SegmentCodec.Stored;
import kith.node.platform.database.Jdbc;

/// The oldest entries of rooms, which have left the journal: compressed, hundreds in a row of the
/// table `log_segment`. The marks of amendments are rows of their own in `log_segment_mark`.
final class Segments {
  private static final String SELECT = "SELECT first, last, entries FROM log_segment ";

  private Segments() {}

  /// @param first the first seq
  /// @param last the last seq
  record Segment(long first, long last, List<Stored> entries) {}

  /// The first seq in a segment.
  static OptionalLong first(Connection connection, String room) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT first FROM log_segment WHERE room = ? ORDER BY first LIMIT 1",
            row -> row.getLong(1),
            room)
        .stream()
        .mapToLong(it -> it)
        .findFirst();
  }

  /// Those of these rooms that have segments.
  static Set<String> among(Connection connection, Collection<String> rooms) throws SQLException {
    return Set.copyOf(
        Jdbc.rows(
            connection,
            "SELECT id FROM unnest(?::text[]) AS rooms (id)"
                + " WHERE EXISTS (SELECT FROM log_segment WHERE room = id)",
            row -> row.getString(1),
            connection.createArrayOf("text", rooms.toArray())));
  }

  /// In ascending order.
  static List<Stored> after(Connection connection, String room, long after, int limit)
      throws SQLException {
    var found = new ArrayList<Stored>();
    var next = after;
    while (found.size() < limit) {
      var segment =
          segments(connection, "WHERE room = ? AND last > ? ORDER BY last LIMIT 1", room, next);
      if (segment.isEmpty()) break;
      for (var entry : segment.getFirst().entries())
        if (entry.seq() > after && found.size() < limit) found.add(entry);
      next = segment.getFirst().last();
    }
    return found;
  }

  /// In descending order.
  static List<Stored> before(Connection connection, String room, long before, long first, int limit)
      throws SQLException {
    var found = new ArrayList<Stored>();
    var next = before;
    while (found.size() < limit) {
      var segment =
          segments(
              connection,
              "WHERE room = ? AND first < ? AND last >= ? ORDER BY first DESC LIMIT 1",
              room,
              next,
              first);
      if (segment.isEmpty()) break;
      for (var entry : segment.getFirst().entries().reversed())
        if (entry.seq() < before && entry.seq() >= first && found.size() < limit) found.add(entry);
      next = segment.getFirst().first();
    }
    return found;
  }

  /// In ascending order.
  static List<Stored> bySeq(Connection connection, String room, Collection<Long> seqs)
      throws SQLException {
    var found = new ArrayList<Stored>();
    var missing = new TreeSet<>(seqs);
    while (!missing.isEmpty()) {
      var segment =
          segments(
              connection,
              "WHERE room = ? AND last >= ? ORDER BY last LIMIT 1",
              room,
              missing.getFirst());
      if (segment.isEmpty()) break;
      for (var entry : segment.getFirst().entries())
        if (missing.contains(entry.seq())) found.add(entry);
      missing.headSet(segment.getFirst().last(), true).clear();
    }
    return found;
  }

  /// The entries with these marks, in ascending order.
  static List<Stored> marked(Connection connection, String room, Collection<String> marks)
      throws SQLException {
    return bySeq(
        connection,
        room,
        Jdbc.rows(
            connection,
            "SELECT seq FROM log_segment_mark WHERE room = ? AND mark = ANY (?)",
            row -> row.getLong(1),
            room,
            connection.createArrayOf("text", marks.toArray())));
  }

  /// The latest entries with a mark before a place, in descending order.
  static List<Stored> latest(
      Connection connection, String room, String mark, long before, int limit) throws SQLException {
    return bySeq(
            connection,
            room,
            Jdbc.rows(
                connection,
                "SELECT seq FROM log_segment_mark WHERE room = ? AND mark = ? AND seq < ?"
                    + " ORDER BY seq DESC LIMIT ?",
                row -> row.getLong(1),
                room,
                mark,
                before,
                limit))
        .reversed();
  }

  /// The latest entry of each of these marks.
  static List<Stored> latestMarked(Connection connection, String room, Collection<String> marks)
      throws SQLException {
    return bySeq(
        connection,
        room,
        Jdbc.rows(
            connection,
            "SELECT max(seq) FROM log_segment_mark WHERE room = ? AND mark = ANY (?)"
                + " GROUP BY mark",
            row -> row.getLong(1),
            room,
            connection.createArrayOf("text", marks.toArray())));
  }

  private static List<Segment> segments(Connection connection, String where, Object... values)
      throws SQLException {
    return Jdbc.rows(connection, SELECT + where, Segments::segment, values);
  }

  private static Segment segment(ResultSet row) throws SQLException {
    return new Segment(row.getLong(1), row.getLong(2), SegmentCodec.decode(row.getBytes(3)));
  }

  /// @param until when the last of the entries was written
  static void add(Connection connection, String room, List<Stored> entries, Instant until)
      throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO log_segment (room, first, last, until, size, entries)
        VALUES (?, ?, ?, ?::timestamptz, ?, ?)
        """,
        room,
        entries.getFirst().seq(),
        entries.getLast().seq(),
        until,
        size(entries),
        SegmentCodec.encode(entries));
    var marked = entries.stream().filter(entry -> !entry.mark().isEmpty()).toList();
    if (marked.isEmpty()) return;
    Jdbc.change(
        connection,
        """
        INSERT INTO log_segment_mark (room, mark, seq)
        SELECT ?, * FROM unnest(?::text[], ?::bigint[])
        """,
        room,
        connection.createArrayOf("text", marked.stream().map(Stored::mark).toArray()),
        connection.createArrayOf("bigint", marked.stream().map(Stored::seq).toArray()));
  }

  private static long size(List<Stored> entries) {
    return entries.stream().mapToLong(entry -> entry.payload().length).sum();
  }

  /// Replaces entries by others with the same seq.
  static void change(
      Connection connection, String room, Set<Long> seqs, UnaryOperator<Stored> change)
      throws SQLException {
    var missing = new TreeSet<>(seqs);
    while (!missing.isEmpty()) {
      var found =
          segments(
              connection,
              "WHERE room = ? AND last >= ? ORDER BY last LIMIT 1 FOR UPDATE",
              room,
              missing.getFirst());
      if (found.isEmpty()) return;
      var segment = found.getFirst();
      var here = new HashSet<>(missing.headSet(segment.last(), true));
      replace(
          connection,
          room,
          segment,
          segment.entries().stream()
              .map(entry -> here.contains(entry.seq()) ? change.apply(entry) : entry)
              .toList());
      missing.removeAll(here);
    }
  }

  private static void replace(Connection connection, String room, Segment old, List<Stored> entries)
      throws SQLException {
    Jdbc.change(
        connection,
        "UPDATE log_segment SET first = ?, size = ?, entries = ? WHERE room = ? AND first = ?",
        entries.getFirst().seq(),
        size(entries),
        SegmentCodec.encode(entries),
        room,
        old.first());
  }

  /// Deletes the first segment as far as it lies before `before`.
  ///
  /// @return the deleted entries
  static List<Stored> deleteFirst(Connection connection, String room, long before)
      throws SQLException {
    var found =
        segments(
            connection,
            "WHERE room = ? AND first < ? ORDER BY first LIMIT 1 FOR UPDATE",
            room,
            before);
    if (found.isEmpty()) return List.of();
    var segment = found.getFirst();
    var kept = segment.entries().stream().filter(entry -> entry.seq() >= before).toList();
    if (kept.isEmpty())
      Jdbc.change(
          connection,
          "DELETE FROM log_segment WHERE room = ? AND first = ?",
          room,
          segment.first());
    else replace(connection, room, segment, kept);
    Jdbc.change(
        connection,
        "DELETE FROM log_segment_mark WHERE room = ? AND seq < ?",
        room,
        Math.min(before, segment.last() + 1));
    return segment.entries().subList(0, segment.entries().size() - kept.size());
  }

  /// Deletes all segments of a room.
  static void delete(Connection connection, String room) throws SQLException {
    Jdbc.change(connection, "DELETE FROM log_segment WHERE room = ?", room);
    Jdbc.change(connection, "DELETE FROM log_segment_mark WHERE room = ?", room);
  }

  /// The size of the entries from `from` to `to`, both included, if they are in segments.
  static long size(Connection connection, String room, long from, long to) throws SQLException {
    if (from > to) return 0;
    var whole =
        Jdbc.rows(
                connection,
                "SELECT coalesce(sum(size), 0) FROM log_segment"
                    + " WHERE room = ? AND first >= ? AND last <= ?",
                row -> row.getLong(1),
                room,
                from,
                to)
            .getFirst();
    var partly =
        segments(
            connection,
            "WHERE room = ? AND first <= ? AND last >= ? AND NOT (first >= ? AND last <= ?)",
            room,
            to,
            from,
            from,
            to);
    for (var segment : partly)
      for (var entry : segment.entries())
        if (entry.seq() >= from && entry.seq() <= to) whole += entry.payload().length;
    return whole;
  }

  /// As `LogRows.firstWithin`, for the entries in segments.
  static OptionalLong firstWithin(Connection connection, String room, long most)
      throws SQLException {
    var cut =
        Jdbc.rows(
            connection,
            """
            SELECT first, before FROM (
              SELECT first, sum(size) OVER (ORDER BY first DESC) AS upto,
                sum(size) OVER (ORDER BY first DESC) - size AS before
              FROM log_segment WHERE room = ?) AS sizes
            WHERE upto > ? ORDER BY first DESC LIMIT 1
            """,
            row -> new long[] {row.getLong(1), row.getLong(2)},
            room,
            most);
    if (cut.isEmpty()) return OptionalLong.empty();
    var left = most - cut.getFirst()[1];
    var segment =
        segments(connection, "WHERE room = ? AND first = ?", room, cut.getFirst()[0]).getFirst();
    for (var entry : segment.entries().reversed()) {
      left -= entry.payload().length;
      if (left < 0) return OptionalLong.of(entry.seq() + 1);
    }
    return OptionalLong.of(segment.first());
  }
}
