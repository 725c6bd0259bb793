package kith.node.core.room;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;

/// The snapshots of rooms, where Pekko's snapshot store does not write them itself.
final class StoredSnapshots {
  private final Serialization serialization;

  StoredSnapshots(Serialization serialization) {
    this.serialization = serialization;
  }

  private record Stored(long seq, RoomSnapshot snapshot) {}

  /// Leaves only snapshots that are not older than `least`, and stores one if there is none.
  ///
  /// @param state the room at `least` or later
  void keepFrom(Connection connection, String room, long least, RoomState state)
      throws SQLException {
    var latest =
        Jdbc.rows(
                connection,
                "SELECT coalesce(max(sequence_number), 0) FROM snapshot WHERE persistence_id = ?",
                row -> row.getLong(1),
                LogRows.key(room))
            .getFirst();
    if (latest < least) store(connection, room, state);
    Jdbc.change(
        connection,
        "DELETE FROM snapshot WHERE persistence_id = ? AND sequence_number < ?",
        LogRows.key(room),
        least);
  }

  private void store(Connection connection, String room, RoomState state) throws SQLException {
    var snapshot = RoomSnapshot.of(state);
    var serializer = serialization.findSerializerFor(snapshot);
    Jdbc.change(
        connection,
        """
        INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,
          snapshot_ser_manifest, snapshot_payload)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        LogRows.key(room),
        state.lastSeq(),
        System.currentTimeMillis(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, snapshot),
        serializer.toBinary(snapshot));
  }

  /// Removes the text of a message that was the latest one when a snapshot was taken.
  ///
  /// @param text the message, or one of its edits
  void erase(Connection connection, String room, long message, String text) throws SQLException {
    for (var stored : containing(connection, room, message, text)) {
      var erased = stored.snapshot().without(message);
      Jdbc.change(
          connection,
          "UPDATE snapshot SET snapshot_payload = ?"
              + " WHERE persistence_id = ? AND sequence_number = ?",
          serialization.findSerializerFor(erased).toBinary(erased),
          LogRows.key(room),
          stored.seq());
    }
  }

  /// The database searches the bytes: a busy room's snapshot is megabytes and seldom has the text.
  private List<Stored> containing(Connection connection, String room, long message, String text)
      throws SQLException {
    return Jdbc.rows(
        connection,
        "SELECT sequence_number, snapshot_payload, snapshot_ser_id, snapshot_ser_manifest"
            + " FROM snapshot WHERE persistence_id = ? AND sequence_number >= ?"
            + " AND position(?::bytea IN snapshot_payload) > 0",
        row ->
            new Stored(
                row.getLong(1),
                (RoomSnapshot)
                    serialization
                        .deserialize(row.getBytes(2), row.getInt(3), row.getString(4))
                        .get()),
        LogRows.key(room),
        message,
        Tally.searched(text).getBytes(StandardCharsets.UTF_8));
  }
}
