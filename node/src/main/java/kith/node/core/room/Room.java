package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.relay.RoomRelay;
import kith.node.feature.mentions.Mention;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.typing.TypingUsers;
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

/// One chat room, one in the whole cluster: what it is told, and what it answers. [RoomBehavior]
/// says what it does.
public final class Room {
  private Room() {}

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "room");

  public sealed interface Command extends CborSerializable {}

  /// May give the room a name, which has to be its alone if the room is public.
  public sealed interface Naming extends Command {
    ActorRef<Outcome> replyTo();
  }

  public record Create(
      String by,
      String name,
      String topic,
      Visibility visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      ActorRef<Outcome> replyTo)
      implements Naming {}

  /// Makes the room of two people, if it is not there yet.
  public record Converse(String by, String with, ActorRef<Outcome> replyTo) implements Command {}

  public record Join(
      String user, Optional<String> passcode, Optional<String> tokenHash, ActorRef<Outcome> replyTo)
      implements Command {}

  public record Leave(String user, boolean forGood, ActorRef<Outcome> replyTo) implements Command {}

  public record Perform(String by, RoomAction act, ActorRef<Outcome> replyTo) implements Naming {}

  public record Look(RoomView.Question question, ActorRef<RoomView.Answer> replyTo)
      implements Command {}

  /// A relay is here, or still here: it wants every commit from now on.
  public record Attach(ActorRef<RoomRelay.FromRoom> relay) implements Command {}

  public record Admit(String user, ActorRef<RoomRelay.FromRoom> relay) implements Command {}

  public record Batch(long number, List<Post> posts, ActorRef<RoomRelay.FromRoom> relay)
      implements Command {
    public Batch {
      posts = List.copyOf(posts);
    }

    /// The messages that its posts speak of.
    Set<Long> about() {
      return posts.stream()
          .flatMapToLong(post -> post.about().stream())
          .boxed()
          .collect(Collectors.toUnmodifiableSet());
    }

    boolean isSameAs(Batch other) {
      return number == other.number && relay.equals(other.relay);
    }
  }

  /// Somebody on the relay's node writes something just now: the other nodes are to know.
  public record Typing(TypingUsers.Typist typist, ActorRef<RoomRelay.FromRoom> relay)
      implements Command {}

  /// How far some members have the room.
  public record Hear(List<Receipt> receipts) implements Command {
    /// In names: so many stay well below what one message between nodes may have.
    private static final int MOST_WEIGHT = 8_000;

    public Hear {
      receipts = List.copyOf(receipts);
    }

    public static List<Hear> inPortions(Collection<Receipt> receipts) {
      var portions = new ArrayList<Hear>();
      var some = new ArrayList<Receipt>();
      int weight = 0;
      for (var receipt : receipts) {
        if (!some.isEmpty() && weight + receipt.weight() > MOST_WEIGHT) {
          portions.add(new Hear(some));
          some.clear();
          weight = 0;
        }
        some.add(receipt);
        weight += receipt.weight();
      }
      if (!some.isEmpty()) portions.add(new Hear(some));
      return portions;
    }
  }

  /// A relay that is attached wants to know how far all members have it, from now on.
  public record Listen(ActorRef<RoomRelay.FromRoom> relay) implements Command {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Done.class, name = "done"),
    @JsonSubTypes.Type(value = Denied.class, name = "denied"),
  })
  public sealed interface Outcome extends CborSerializable {}

  /// @param joinedAt where the room was when it answered `Join`; absent else, and from older nodes
  public record Done(Optional<Place> joinedAt) implements Outcome {}

  static final Done DONE = new Done(Optional.empty());

  public record Denied(Code code) implements Outcome {}

  // what a room tells itself, or its own node tells it

  /// Sharding's word that the room is to leave this node.
  record Stop() implements Command {}

  record PasscodeChecked(Join join, boolean isRight) implements Command {}

  public record NameClaimed(Naming of, boolean isFree) implements Command {}

  /// The name may be claimed or not.
  public record ClaimUnanswered(Naming of) implements Command {}

  /// What a command needed could not be found out now.
  record NotFoundOut(ActorRef<Outcome> replyTo) implements Command {}

  record FactsKnown(Batch batch, Map<Long, Post.Fact> facts) implements Command {}

  record LookUpFailed() implements Command {}

  record RelayEnded(ActorRef<RoomRelay.FromRoom> relay) implements Command {}

  /// Who was mentioned is written down, and perhaps more is to be read from the log after `goesOn`.
  public record MentionsKept(List<Mention> mentions, OptionalLong goesOn) implements Command {}

  public record MentionsNotKept() implements Command {}

  public record MentionsAgain() implements Command {}

  public record ReceiptsLoaded(Optional<List<Receipt>> receipts) implements Command {}

  public record LoadReceipts() implements Command {}

  public record TellReceipts() implements Command {}

  public record Index() implements Command {}

  record Erased(long message, boolean isDone) implements Command {}

  record EraseAgain(long message) implements Command {}

  record Idle() implements Command {}

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
