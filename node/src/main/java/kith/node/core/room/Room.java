package kith.node.core.room;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.room.Post.Verdict;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;

/// The messages of a chat room, which has one instance in the whole cluster. [RoomBehavior] handles
/// them.
public final class Room {
  private Room() {}

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "room");

  public sealed interface Command extends CborSerializable {}

  /// May give the room a name, which has to be unique if the room is public.
  public sealed interface Naming extends Command {
    ActorRef<Outcome> replyTo();
  }

  /// @param members both members of a conversation; absent: the creator is the first member
  public record Create(
      String by,
      String name,
      String topic,
      Visibility visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      Optional<List<String>> members,
      ActorRef<Outcome> replyTo)
      implements Naming {
    public Create {
      members = members.map(List::copyOf);
    }
  }

  /// @param owner of a bot
  public record Join(
      String user,
      Optional<String> passcode,
      Optional<String> tokenHash,
      Optional<String> owner,
      ActorRef<Outcome> replyTo)
      implements Command {
    public Join(
        String user,
        Optional<String> passcode,
        Optional<String> tokenHash,
        ActorRef<Outcome> replyTo) {
      this(user, passcode, tokenHash, Optional.empty(), replyTo);
    }
  }

  public record Leave(String user, boolean forGood, ActorRef<Outcome> replyTo) implements Command {}

  public record Perform(String by, RoomAction act, ActorRef<Outcome> replyTo) implements Naming {}

  /// An administrator of the server acts on a room; the administrator need not be a member.
  public record Administer(String by, RoomAction act, ActorRef<Outcome> replyTo)
      implements Command {}

  public record Look(RoomView.Question question, ActorRef<RoomView.Answer> replyTo)
      implements Command {}

  /// A relay attaches, or confirms that it is attached. It receives every commit from now on.
  public record Attach(ActorRef<ToRelay> relay) implements Command {}

  /// A reader has found the entry `seq` in the log. If this incarnation does not know it, a former
  /// one wrote it after this one had read the log: on a node that its cluster had removed, and that
  /// still reached the database. This one then ends, and the next reads the whole log. Its own next
  /// write would end it as well, but in a quiet room nothing may be written.
  public record LogReaches(long seq) implements Command {}

  public record Admit(String user, ActorRef<ToRelay> relay) implements Command {}

  /// A command about earlier messages, which are looked up first.
  sealed interface Amending extends Command {
    Set<Long> about();

    Object sender();

    boolean isSameAs(Amending other);
  }

  /// Posts that are decided together.
  sealed interface Posting extends Amending {
    List<Post> posts();

    /// @param verdicts one for each post, in their order
    void answer(List<Verdict> verdicts);

    @Override
    default Set<Long> about() {
      return posts().stream()
          .flatMapToLong(post -> post.about().stream())
          .boxed()
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  public record Batch(long number, List<Post> posts, ActorRef<ToRelay> relay) implements Posting {
    public Batch {
      posts = List.copyOf(posts);
    }

    @Override
    public void answer(List<Verdict> verdicts) {
      relay.tell(new BatchDone(number, verdicts));
    }

    @Override
    public Object sender() {
      return relay;
    }

    @Override
    public boolean isSameAs(Amending other) {
      return other instanceof Batch it && number == it.number && relay.equals(it.relay);
    }
  }

  /// Redacts messages of a deleted account, which is no longer a member.
  ///
  /// @param messages messages that are not its own, or are already redacted, are left out
  public record RedactOwn(String author, Set<Long> messages, ActorRef<Outcome> replyTo)
      implements Amending {
    public RedactOwn {
      messages = Set.copyOf(messages);
    }

    @Override
    public Set<Long> about() {
      return messages;
    }

    @Override
    public Object sender() {
      return author;
    }

    @Override
    public boolean isSameAs(Amending other) {
      return equals(other);
    }
  }

  /// A message that does not come from a session: the first one of a conversation, from its
  /// author's request. Can be repeated, like every post.
  public record Submit(Post.Say post, ActorRef<Verdict> replyTo) implements Posting {
    @Override
    public List<Post> posts() {
      return List.of(post);
    }

    @Override
    public void answer(List<Verdict> verdicts) {
      replyTo.tell(verdicts.getFirst());
    }

    @Override
    public Object sender() {
      return List.of(post.sender(), post.id());
    }

    @Override
    public boolean isSameAs(Amending other) {
      return equals(other);
    }
  }

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// Rebuilds a projection of this room from its log, while the room keeps working.
  public record Rebuild(String projection, ActorRef<Outcome> replyTo) implements Command {}

  /// Steps of the removal of the room's oldest entries.
  public sealed interface AgingCommand extends Command {}

  /// Removes the entries that the room's retention does not keep, if there are any.
  public record Age() implements AgingCommand {}

  public sealed interface Outcome extends CborSerializable {}

  /// @param joinedAt the room's position when it answered `Join`; absent otherwise, and from older
  ///   nodes
  public record Done(Optional<Place> joinedAt) implements Outcome {}

  static final Done DONE = new Done(Optional.empty());

  public record Denied(Code code) implements Outcome {}

  /// Messages of the room to its relays, from any node.
  public sealed interface ToRelay extends CborSerializable {}

  /// The answer to `Attach`.
  public record Attached(ActorRef<Command> room, long lastSeq) implements ToRelay {}

  /// The room does not exist, or is deleted.
  public record NoRoom() implements ToRelay {}

  /// The answer to `Admit`, valid for the room as of `seq`.
  public record Admission(String user, Optional<Code> refusal, long seq) implements ToRelay {}

  public record Committed(long first, List<RoomEvent> events) implements ToRelay {
    public Committed {
      events = List.copyOf(events);
    }

    public long last() {
      return first + events.size() - 1;
    }
  }

  /// The answer to `Batch`: one verdict for each post, in their order.
  public record BatchDone(long number, List<Verdict> verdicts) implements ToRelay {
    public BatchDone {
      verdicts = List.copyOf(verdicts);
    }
  }

  /// A message of a feature's part of the room to its part of the relays.
  public non-sealed interface PartMessage extends ToRelay {}

  // messages to a room from itself or from its own node

  /// Sharding's stop message: the room has to leave this node.
  record Stop() implements Command {}

  record PasscodeChecked(Join join, boolean isRight) implements Command {}

  record NameReserved(Naming of, boolean isFree) implements Command {}

  /// The registry has not answered: the name may be reserved or not.
  record ReservationUnanswered(Naming of) implements Command {}

  /// A check that a command needs failed.
  record CheckFailed(ActorRef<Outcome> replyTo) implements Command {}

  record PartReadFailed(PartRead<?> read) implements Command {}

  record RepeatPartRead(PartRead<?> read) implements Command {}

  record LookedUp(Amending asked, PostLookUp found) implements Command {}

  record LookUpFailed() implements Command {}

  record RelayEnded(ActorRef<ToRelay> relay) implements Command {}

  /// Progress of the projections of this room. A result counts only if its `attempt` is the latest.
  sealed interface ProjectionCommand extends Command {}

  record LoadPositions() implements ProjectionCommand {}

  record PositionsLoaded(Map<String, Long> seqByProjection) implements ProjectionCommand {}

  record PositionsNotLoaded() implements ProjectionCommand {}

  record ProjectionDue(String projection) implements ProjectionCommand {}

  record EventsRead(String projection, long attempt, RoomLog.Events page)
      implements ProjectionCommand {}

  record Projected(String projection, long attempt, long to) implements ProjectionCommand {}

  /// Another incarnation of this room has moved the position.
  record ProjectedElsewhere(String projection, long attempt) implements ProjectionCommand {}

  record NotProjected(String projection, long attempt) implements ProjectionCommand {}

  record Looked(LogAging.Finding found) implements AgingCommand {}

  record AgeOn(LogAging.Finding found) implements AgingCommand {}

  record Aged(LogAging.Finding found, LogAging.Step step) implements AgingCommand {}

  record NotAged() implements AgingCommand {}

  /// @param message absent if the whole room is deleted
  record Erased(OptionalLong message, boolean isDone) implements Command {}

  record EraseAgain(OptionalLong message) implements Command {}

  record Idle() implements Command {}

  /// The time for the last writes is over.
  record StopNow() implements Command {}

  public static PersistenceId persistenceId(String room) {
    return PersistenceId.of(KEY.name(), room);
  }

  public static Behavior<Command> create(
      String id, RoomContext world, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Idle(), world.settings().idle());
          return new RoomBehavior(id, world, context, timers, shard);
        }));
  }
}
