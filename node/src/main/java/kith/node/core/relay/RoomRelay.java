package kith.node.core.relay;

import java.util.List;
import kith.node.core.room.Post;
import kith.node.core.room.Post.Verdict;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomLog;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/// A room's relay on one node. It runs while sessions there have the room open, sends their posts
/// in batches, and passes each commit to all of them, encoded once.
///
/// This type is its protocol; [RelayBehavior] is the implementation.
public final class RoomRelay {
  private RoomRelay() {}

  public sealed interface Command {}

  /// A session opens the room. It sends its position with `Read`.
  public record Open(String user, ActorRef<ToSession> session) implements Command {}

  public record Close(ActorRef<ToSession> session) implements Command {}

  /// A session that fell behind, or has just opened the room, reads the entries after `after`. The
  /// answer has the same `number`: a session ignores answers to earlier reads.
  public record Read(long after, long number, ActorRef<ToSession> session) implements Command {}

  /// A session has found the entry `seq` in the log, and this relay does not have it.
  public record LogReaches(long seq) implements Command {}

  public record Submit(Post post, ActorRef<ToSession> session) implements Command {}

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// A message from the room, which may run on another node.
  record FromRoom(Room.ToRelay message) implements Command {}

  record Stop() implements Command {}

  /// A message to a session on this node. It never leaves the node.
  public sealed interface ToSession {
    String room();
  }

  /// A message of a feature's relay part to the feature's part of a session.
  public non-sealed interface PartWord extends ToSession {}

  public record Opened(String room, ActorRef<Command> relay, long last) implements ToSession {}

  public record NotOpened(String room, Code code) implements ToSession {}

  /// Entries from `first` to `last`, as the bytes of one frame that all sessions share. `entries`
  /// has the same entries, for sessions that must not get all of them.
  public record Published(String room, long first, long last, ByteString frame, List<Entry> entries)
      implements ToSession {}

  /// The answer to `Read`: a chunk, or an empty `frame` if there is no entry after the position.
  /// After an answer with `isLive`, published entries are sent without a `Read`.
  public record Chunk(
      String room,
      long number,
      long first,
      long last,
      ByteString frame,
      boolean isLive,
      Framing framing)
      implements ToSession {
    /// The entries, decoded from the frame.
    public List<Entry> entries() {
      return RelayBuffer.entries(framing.payload(frame));
    }
  }

  /// The answer to `Read` when the buffer no longer has the entries. They must be read from the
  /// log, up to `last` only: the reader may not be a member any more after `last`.
  public record OnlyInLog(String room, long number, long after, long last) implements ToSession {}

  public record Answered(String room, String id, Verdict verdict) implements ToSession {}

  public record Closed(String room, Code code) implements ToSession {}

  /// This user has joined the room.
  public record Arrived(String room, String user) implements ToSession {}

  /// This user is no longer a member of the room.
  public record Departed(String room, String user) implements ToSession {}

  // messages of a relay to itself

  record SessionEnded(ActorRef<ToSession> session) implements Command {}

  record RoomEnded(ActorRef<Room.Command> room) implements Command {}

  record RenewLease() implements Command {}

  record Retry() implements Command {}

  record AttachAgain() implements Command {}

  record Linger() implements Command {}

  record TellGathered() implements Command {}

  record Missed(RoomLog.Page page) implements Command {}

  record MissedUnread() implements Command {}

  static Behavior<Command> create(
      String room,
      RoomAccess rooms,
      Framing framing,
      RelayParts.Kinds parts,
      ActorRef<Relays.Command> relays) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var relay = new RelayBehavior(context, timers, room, rooms, framing, parts, relays);
          relay.attachUntilAnswered();
          return relay;
        }));
  }
}
