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

/// A room's outpost on one node, alive while somebody there has the room open: gathers what they
/// post into batches, and hands each commit to all of them, encoded once.
///
/// Here is what it is told, and what it tells its sessions; [RelayBehavior] says what it does.
public final class RoomRelay {
  private RoomRelay() {}

  public sealed interface Command {}

  /// A session opens the room; it says by `Read` from where on.
  public record Open(String user, ActorRef<ToSession> session) implements Command {}

  public record Close(ActorRef<ToSession> session) implements Command {}

  /// A session that fell behind, or has just opened the room, reads on after `after`. The answer
  /// has the same `number`: only the answer to its last question tells a session where it stands.
  public record Read(long after, long number, ActorRef<ToSession> session) implements Command {}

  public record Submit(Post post, ActorRef<ToSession> session) implements Command {}

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// What the room sends, from whatever node it lives on.
  record FromRoom(Room.ToRelay message) implements Command {}

  record Stop() implements Command {}

  /// What sessions on this node are told. Stays on this node.
  public sealed interface ToSession {
    String room();
  }

  /// A message of a feature's relay part to the feature's part of a session.
  public non-sealed interface PartWord extends ToSession {}

  public record Opened(String room, ActorRef<Command> relay, long last) implements ToSession {}

  public record NotOpened(String room, Code code) implements ToSession {}

  /// Entries from `first` to `last`, as the bytes of one frame that all sessions share; `entries`
  /// are the same for those who must not get all of them.
  public record Published(String room, long first, long last, ByteString frame, List<Entry> entries)
      implements ToSession {}

  /// The answer to `Read`: a chunk, or `frame` empty if there is nothing after what was asked. From
  /// `isLive` on, all that is published comes by itself.
  public record Chunk(
      String room,
      long number,
      long first,
      long last,
      ByteString frame,
      boolean isLive,
      Framing framing)
      implements ToSession {
    /// What is in the frame, read back.
    public List<Entry> entries() {
      return RelayBuffer.entries(framing.payload(frame));
    }
  }

  /// The answer to `Read` when it is not in the buffer any more: it has to be read from the log,
  /// but only to `last`. What comes after may be for members that the reader is no longer one of.
  public record OnlyInLog(String room, long number, long after, long last) implements ToSession {}

  public record Answered(String room, String id, Verdict verdict) implements ToSession {}

  public record Closed(String room, Code code) implements ToSession {}

  /// This user is in the room from now on.
  public record Arrived(String room, String user) implements ToSession {}

  /// This user is no longer in the room.
  public record Departed(String room, String user) implements ToSession {}

  // what a relay tells itself

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
