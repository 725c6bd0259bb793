package kith.node.core.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.protocol.Code;
import kith.protocol.frame.Entry;

/// Reads messages of several rooms as an account may read them now: each room is asked whether the
/// account is a member, and the messages are read from its log.
public final class ReadableMessages {
  private final Rooms rooms;

  public ReadableMessages(Rooms rooms) {
    this.rooms = rooms;
  }

  /// The messages that an account may read.
  ///
  /// @param rooms the rooms that let the account read, each with its messages by sequence number
  /// @param isComplete false if a room did not answer: its messages are missing
  public record Found(Map<String, Map<Long, Entry.Message>> rooms, boolean isComplete) {
    private static final Found NONE = new Found(Map.of(), true);
    private static final Found SILENT = new Found(Map.of(), false);

    /// The messages if the account is a member of the room.
    public boolean mayRead(String room) {
      return rooms.containsKey(room);
    }

    public Optional<Entry.Message> message(String room, long seq) {
      return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(seq));
    }

    private Found and(Found other) {
      var both = new HashMap<>(rooms);
      both.putAll(other.rooms);
      return new Found(both, isComplete && other.isComplete);
    }
  }

  /// The result includes redacted messages.
  ///
  /// @param seqs of each room
  /// @param blocked by the account; the text of these authors is hidden
  public CompletionStage<Found> find(
      String user, Map<String, Set<Long>> seqs, Set<String> blocked) {
    CompletionStage<Found> all = CompletableFuture.completedFuture(Found.NONE);
    for (var room : seqs.entrySet())
      all = all.thenCombine(read(user, room.getKey(), room.getValue(), blocked), Found::and);
    return all;
  }

  private CompletionStage<Found> read(
      String user, String room, Set<Long> seqs, Set<String> blocked) {
    return rooms
        .look(room, new RoomView.Membership(user))
        .thenCompose(answer -> {
          if (answer instanceof RoomView.Denied(var code))
            return CompletableFuture.completedFuture(
                code == Code.UNAVAILABLE ? Found.SILENT : Found.NONE);
          return rooms
              .log()
              .messages(room, seqs)
              .thenApply(entries ->
                  new Found(Map.of(room, bySeq(Entries.hiding(blocked, entries))), true));
        });
  }

  private static Map<Long, Entry.Message> bySeq(List<Entry> entries) {
    var messages = new HashMap<Long, Entry.Message>();
    for (var entry : entries) if (entry instanceof Entry.Message it) messages.put(it.seq(), it);
    return messages;
  }
}
