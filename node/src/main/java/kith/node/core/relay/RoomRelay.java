package kith.node.core.relay;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.room.Post.Verdict;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomLog;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.receipts.ReceiptSpread;
import kith.node.feature.typing.TypingUsers;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.RoomMetrics;
import kith.node.platform.serialization.CborSerializable;
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

  /// Somebody who has the room open writes something just now.
  public record Type(TypingUsers.Typist typist, ActorRef<ToSession> session) implements Command {}

  /// How far a member on this node has the room.
  public record Receive(Receipt receipt) implements Command {}

  /// A session that has the room open wants to know how far all have it.
  public record Listen(ActorRef<ToSession> session) implements Command {}

  public record TellReceipts() implements Command {}

  record Stop() implements Command {}

  /// What the room says, from whatever node it lives on.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Attached.class, name = "attached"),
    @JsonSubTypes.Type(value = NoRoom.class, name = "no-room"),
    @JsonSubTypes.Type(value = Admission.class, name = "admission"),
    @JsonSubTypes.Type(value = Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = BatchDone.class, name = "batch-done"),
    @JsonSubTypes.Type(value = TypingElsewhere.class, name = "typing"),
    @JsonSubTypes.Type(value = Receipts.class, name = "receipts"),
    @JsonSubTypes.Type(value = Spread.class, name = "spread"),
  })
  public sealed interface FromRoom extends Command, CborSerializable {}

  public record Attached(ActorRef<Room.Command> room, long lastSeq) implements FromRoom {}

  public record NoRoom() implements FromRoom {}

  /// May this user be here? True of the room as it was at `seq`.
  public record Admission(String user, Optional<Code> refusal, long seq) implements FromRoom {}

  public record Committed(long first, List<RoomEvent> events) implements FromRoom {
    public Committed {
      events = List.copyOf(events);
    }

    long last() {
      return first + events.size() - 1;
    }
  }

  public record BatchDone(long number, List<Verdict> verdicts) implements FromRoom {
    public BatchDone {
      verdicts = List.copyOf(verdicts);
    }
  }

  public record TypingElsewhere(TypingUsers.Typist typist) implements FromRoom {}

  /// Some that have changed, or all.
  public record Receipts(List<Receipt> receipts) implements FromRoom {
    public Receipts {
      receipts = List.copyOf(receipts);
    }
  }

  public record Spread(ReceiptSpread spread) implements FromRoom {}

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
      String room, long number, long first, long last, ByteString frame, boolean isLive)
      implements ToSession {
    /// What is in the frame, read back.
    public List<Entry> entries() {
      return RelayBuffer.entries(frame);
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

  /// All who write something just now.
  public record Typing(String room, List<TypingUsers.Typist> typists) implements PartWord {}

  public record Received(String room, List<Receipt> receipts) implements PartWord {}

  public record Counted(String room, ReceiptSpread spread) implements PartWord {}

  // what a relay tells itself

  public record SayWhoTypes() implements Command {}

  record SessionEnded(ActorRef<ToSession> session) implements Command {}

  record RoomEnded(ActorRef<Room.Command> room) implements Command {}

  record RenewLease() implements Command {}

  record Retry() implements Command {}

  record AttachAgain() implements Command {}

  record Linger() implements Command {}

  record TellGathered() implements Command {}

  record Missed(RoomLog.Page page) implements Command {}

  record MissedUnread() implements Command {}

  /// How far a relay's arm goes: to the room, wherever it lives, and to its log.
  public interface Reach {
    void tell(String room, Room.Command command);

    NodeSettings.Rooms settings();

    Clock clock();

    RoomLog log();

    RoomMetrics metrics();
  }

  static Behavior<Command> create(String room, Reach rooms, ActorRef<Relays.Command> relays) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var relay = new RelayBehavior(context, timers, room, rooms, relays);
          relay.attachUntilAnswered();
          return relay;
        }));
  }
}
