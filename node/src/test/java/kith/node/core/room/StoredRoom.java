package kith.node.core.room;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;

/// A room's log in the tables, as the journal writes it.
final class StoredRoom {
  final String id = Rooms.newId();
  private final Jdbc jdbc;
  private final Serialization serialization;
  private final List<RoomEvent> events = new ArrayList<>();
  private RoomState state =
      RoomState.absent(
          new RoomState.Bounds(10, 10, 10, new RecentPosts.Window(10, 10, Duration.ofHours(1))));

  StoredRoom(Jdbc jdbc, Serialization serialization) {
    this.jdbc = jdbc;
    this.serialization = serialization;
  }

  long lastSeq() {
    return state.lastSeq();
  }

  List<RoomEvent> events() {
    return events;
  }

  RoomState state() {
    return state;
  }

  String key() {
    return Room.persistenceId(id).id();
  }

  void append(RoomEvent event) {
    state = state.with(event);
    events.add(event);
    var serializer = serialization.findSerializerFor(event);
    var _ =
        jdbc.update(
                "INSERT INTO event_journal (persistence_id, sequence_number, writer,"
                    + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
                    + " VALUES (?, ?, 'test', ?, ?, ?, ?)",
                key(),
                lastSeq(),
                Amendment.mark(event),
                serializer.identifier(),
                Serializers.manifestFor(serializer, event),
                serializer.toBinary(event))
            .toCompletableFuture()
            .join();
  }

  /// The stored sequence numbers.
  List<Long> seqs(String table) {
    return jdbc.query(
            "SELECT sequence_number FROM " + table + " WHERE persistence_id = ? ORDER BY 1",
            row -> row.getLong(1),
            key())
        .toCompletableFuture()
        .join();
  }

  void takesSnapshot() {
    var snapshot = RoomSnapshot.of(state);
    var serializer = serialization.findSerializerFor(snapshot);
    var _ =
        jdbc.update(
                "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
                    + " snapshot_ser_manifest, snapshot_payload) VALUES (?, ?, 0, ?, ?, ?)",
                key(),
                lastSeq(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, snapshot),
                serializer.toBinary(snapshot))
            .toCompletableFuture()
            .join();
  }

  /// The snapshots that contain a text.
  List<Long> snapshotsWith(String text) {
    return jdbc.query(
            "SELECT sequence_number FROM snapshot WHERE persistence_id = ?"
                + " AND position(? IN snapshot_payload) > 0 ORDER BY 1",
            row -> row.getLong(1),
            key(),
            text.getBytes(StandardCharsets.UTF_8))
        .toCompletableFuture()
        .join();
  }

  /// The room as a snapshot restores it.
  RoomState restored(long seq) {
    var stored =
        jdbc.query(
                "SELECT snapshot_payload, snapshot_ser_id, snapshot_ser_manifest FROM snapshot"
                    + " WHERE persistence_id = ? AND sequence_number = ?",
                row ->
                    serialization
                        .deserialize(row.getBytes(1), row.getInt(2), row.getString(3))
                        .get(),
                key(),
                seq)
            .toCompletableFuture()
            .join()
            .getFirst();
    return ((RoomSnapshot) stored).restored(state.bounds());
  }
}
