package kith.node.feature.inbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Amendment;
import kith.node.core.room.Counts;
import kith.node.core.room.LogEnds;
import kith.node.core.room.Place;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.Tally;
import kith.node.platform.database.Jdbc;
import kith.node.platform.serialization.TypeNames;
import kith.protocol.Visibility;
import org.apache.pekko.serialization.Serialization;

/// Reads the summaries of many rooms from the directory and the end of each room's log: two lookups
/// in the journal's primary key for each room, and no scan of older entries.
public final class JdbcRoomSummaries implements RoomSummaries {
  /// The latest entry of each room up to a place, and the latest message up to there. The entries
  /// in between are joins and the like: few, and skipped by the kind in each row.
  private static final String ENDS =
      """
      SELECT asked.pid, ends.sequence_number AS seq, said.sequence_number AS message,
             said.event_payload, said.event_ser_id, said.event_ser_manifest
      FROM unnest(?::text[], ?::bigint[]) AS asked (pid, upto)
      CROSS JOIN LATERAL (
        SELECT sequence_number FROM event_journal
        WHERE persistence_id = asked.pid AND sequence_number <= asked.upto
        ORDER BY sequence_number DESC LIMIT 1) ends
      LEFT JOIN LATERAL (
        SELECT * FROM event_journal
        WHERE persistence_id = asked.pid AND sequence_number <= asked.upto
          AND event_ser_manifest = ?
        ORDER BY sequence_number DESC LIMIT 1) said ON true
      """;

  private final Jdbc jdbc;
  private final Serialization serialization;
  private final LogEnds logEnds;

  /// The type name of messages in the journal's rows.
  private final String typeOfMessages;

  public JdbcRoomSummaries(Jdbc jdbc, Serialization serialization) {
    this.jdbc = jdbc;
    this.serialization = serialization;
    this.logEnds = new LogEnds(serialization);
    this.typeOfMessages = TypeNames.load().of(RoomEvent.Posted.class).orElseThrow();
  }

  private record End(String room, long seq, long message, Tally tally) {}

  private record Listed(String name, Visibility visibility, boolean isArchived) {}

  @Override
  public CompletionStage<List<RoomSummary>> of(Collection<String> rooms) {
    return jdbc.with(connection -> {
      var listed = listed(connection, rooms);
      var upTo = new HashMap<String, Long>();
      listed.keySet().forEach(room -> upTo.put(room, Long.MAX_VALUE));
      var headlines = new ArrayList<RoomSummary>();
      for (var end : amended(connection, ends(connection, upTo))) {
        var row = listed.get(end.room());
        if (row != null)
          headlines.add(
              new RoomSummary(
                      end.room(), row.name(), row.visibility(), end.seq(), end.tally(), List.of())
                  .archived(row.isArchived()));
      }
      return headlines;
    });
  }

  @Override
  public CompletionStage<Map<String, Place>> at(Map<String, Long> seqByRoom) {
    return jdbc.with(connection -> {
      var places = new HashMap<String, Place>();
      for (var end : ends(connection, seqByRoom))
        places.put(end.room(), new Place(end.seq(), end.tally().counts()));
      return places;
    });
  }

  private static Map<String, Listed> listed(Connection connection, Collection<String> rooms)
      throws SQLException {
    var listed = new HashMap<String, Listed>();
    Jdbc.rows(
        connection,
        """
        SELECT room_id, name, visibility, archived FROM room_directory
        WHERE room_id = ANY (?) AND seq > 0
        """,
        row ->
            listed.put(
                row.getString(1), new Listed(row.getString(2), visibility(row), row.getBoolean(4))),
        connection.createArrayOf("text", rooms.toArray()));
    return listed;
  }

  private static Visibility visibility(ResultSet row) throws SQLException {
    return Visibility.valueOf(row.getString(3).toUpperCase(Locale.ROOT));
  }

  private List<End> ends(Connection connection, Map<String, Long> seqByRoom) throws SQLException {
    var found = new ArrayList<End>();
    var missing = new HashSet<>(seqByRoom.keySet());
    for (var end : endsInJournal(connection, seqByRoom)) {
      found.add(end);
      if (end.message() > 0) missing.remove(end.room());
    }
    if (missing.isEmpty()) return found;
    var sealed = logEnds.sealed(connection, missing);
    found.removeIf(end -> sealed.contains(end.room()));
    for (var room : sealed)
      logEnds
          .upTo(connection, room, seqByRoom.getOrDefault(room, 0L))
          .map(end -> new End(room, end.seq(), end.message(), end.tally()))
          .ifPresent(found::add);
    return found;
  }

  /// Rooms whose latest message has left the journal seem to have none.
  private List<End> endsInJournal(Connection connection, Map<String, Long> seqByRoom)
      throws SQLException {
    var roomsById = new HashMap<String, String>();
    var ids = new ArrayList<String>();
    var seqs = new ArrayList<Long>();
    seqByRoom.forEach((room, seq) -> {
      var id = Room.persistenceId(room).id();
      roomsById.put(id, room);
      ids.add(id);
      seqs.add(seq);
    });
    return Jdbc.rows(
        connection,
        ENDS,
        row -> end(roomsById.getOrDefault(row.getString("pid"), ""), row),
        connection.createArrayOf("text", ids.toArray()),
        connection.createArrayOf("bigint", seqs.toArray()),
        typeOfMessages);
  }

  private End end(String room, ResultSet row) throws SQLException {
    var payload = row.getBytes("event_payload");
    var message = row.getLong("message");
    if (payload == null) return new End(room, row.getLong("seq"), 0, Tally.NONE);
    var event =
        serialization
            .deserialize(payload, row.getInt("event_ser_id"), row.getString("event_ser_manifest"))
            .get();
    return new End(room, row.getLong("seq"), message, Tally.at(message, (RoomEvent.Posted) event));
  }

  /// The latest messages with their later edits and redactions, without those that retention has
  /// removed.
  private List<End> amended(Connection connection, List<End> ends) throws SQLException {
    var ids = new ArrayList<String>();
    var marks = new ArrayList<String>();
    for (var end : ends)
      for (var mark :
          List.of(
              Amendment.edits(end.message()),
              Amendment.redacts(end.message()),
              Amendment.TRUNCATES)) {
        ids.add(Room.persistenceId(end.room()).id());
        marks.add(mark);
      }
    var amendments = new HashMap<String, List<RoomEvent>>();
    Jdbc.rows(
        connection,
        """
        SELECT DISTINCT ON (persistence_id, adapter_manifest)
               persistence_id, event_payload, event_ser_id, event_ser_manifest
        FROM event_journal
        WHERE (persistence_id, adapter_manifest) IN (SELECT * FROM unnest(?::text[], ?::text[]))
          AND adapter_manifest <> ''
        ORDER BY persistence_id, adapter_manifest, sequence_number DESC
        """,
        row ->
            amendments
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(
                    (RoomEvent)
                        serialization
                            .deserialize(row.getBytes(2), row.getInt(3), row.getString(4))
                            .get()),
        connection.createArrayOf("text", ids.toArray()),
        connection.createArrayOf("text", marks.toArray()));
    return ends.stream()
        .map(end -> amended(end, amendments.get(Room.persistenceId(end.room()).id())))
        .toList();
  }

  private static End amended(End end, @org.jspecify.annotations.Nullable List<RoomEvent> events) {
    if (events == null) return end;
    var tally = end.tally();
    // edits before redactions, in any order of reading
    for (var event : events)
      if (event instanceof RoomEvent.Edited it) tally = tally.edited(it.target(), it.body());
    for (var event : events)
      if (event instanceof RoomEvent.Redacted it) tally = tally.redacted(it.target());
    for (var event : events)
      if (event instanceof RoomEvent.Truncated it)
        tally = tally.truncated(it.first(), new Counts(it.messages()));
    return new End(end.room(), end.seq(), end.message(), tally);
  }
}
