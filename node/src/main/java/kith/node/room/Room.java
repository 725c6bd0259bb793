package kith.node.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.CborSerializable;
import kith.node.room.RoomRules.Decided;
import kith.node.room.RoomRules.Refused;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// One chat room, one in the whole cluster: decides what is added to its log and in which order,
/// and tells its relays.
///
/// What it persists is exactly what members see, so an entry's `seq` is the journal's sequence
/// number. When a write fails it stops: its relays watch it, come back through sharding, and find
/// what was really committed.
public final class Room
    extends EventSourcedBehaviorWithEnforcedReplies<Room.Command, RoomEvent, RoomState> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "room");

  private static final Duration ERASE_AGAIN = Duration.ofSeconds(30);

  public sealed interface Command extends CborSerializable {}

  public record Create(
      String by,
      String name,
      String topic,
      Visibility visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      ActorRef<Outcome> replyTo)
      implements Command {}

  public record Join(
      String user, Optional<String> passcode, Optional<String> tokenHash, ActorRef<Outcome> replyTo)
      implements Command {}

  public record Leave(String user, boolean forGood, ActorRef<Outcome> replyTo) implements Command {}

  public record Perform(String by, Act act, ActorRef<Outcome> replyTo) implements Command {}

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

    boolean isSameAs(Batch other) {
      return number == other.number && relay.equals(other.relay);
    }
  }

  private record PasscodeChecked(Join join, boolean isRight) implements Command {}

  private record NameClaimed(Command of, boolean isFree) implements Command {}

  /// What a command needed could not be found out now.
  private record NotFoundOut(ActorRef<Outcome> replyTo) implements Command {}

  private record FactsKnown(Batch batch, Map<Long, Post.Fact> facts) implements Command {}

  private record LookUpFailed() implements Command {}

  private record RelayEnded(ActorRef<RoomRelay.FromRoom> relay) implements Command {}

  private record Index() implements Command {}

  private record Erased(long message, boolean isDone) implements Command {}

  private record EraseAgain(long message) implements Command {}

  private record Idle() implements Command {}

  /// Sharding's word that the room is to leave this node.
  public record Stop() implements Command {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Done.class, name = "done"),
    @JsonSubTypes.Type(value = Denied.class, name = "denied"),
  })
  public sealed interface Outcome extends CborSerializable {}

  public record Done() implements Outcome {}

  public record Denied(Code code) implements Outcome {}

  private final String id;
  private final RoomSurroundings world;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;

  private final Set<ActorRef<RoomRelay.FromRoom>> relays = new HashSet<>();

  /// Batches that speak of earlier messages. One at a time looks them up and is committed before
  /// the next, so that two cannot decide on the same old facts. At most two of each relay wait: the
  /// one that is being looked up, and its latest.
  private final Queue<Batch> lookingUp = new ArrayDeque<>();

  /// Writes to the directory, one after the other: a late one must not bring back what a deletion
  /// took away.
  private CompletionStage<Void> indexed = CompletableFuture.completedFuture(null);

  public static Behavior<Command> create(
      String id, RoomSurroundings world, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          context.setReceiveTimeout(world.settings().idle(), new Idle());
          return new Room(id, world, context, timers, shard);
        }));
  }

  private Room(
      String id,
      RoomSurroundings world,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(persistenceId(id));
    this.id = id;
    this.world = world;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
  }

  public static PersistenceId persistenceId(String room) {
    return PersistenceId.of(KEY.name(), room);
  }

  @Override
  public RoomState emptyState() {
    return RoomState.absent(world.bounds());
  }

  @Override
  public CommandHandlerWithReply<Command, RoomEvent, RoomState> commandHandler() {
    return (room, command) ->
        switch (command) {
          case Create create -> onCreate(room, create);
          case Join join -> onJoin(room, join);
          case Leave leave -> onLeave(room, leave);
          case Perform perform -> onPerform(room, perform);
          case Look look ->
              Effect().reply(look.replyTo(), RoomView.answer(id, room, look.question(), now()));
          case Attach attach -> onAttach(room, attach);
          case Admit admit -> onAdmit(room, admit);
          case Batch batch -> onBatch(room, batch);
          case PasscodeChecked checked ->
              carryOut(
                  room, join(room, checked.join(), checked.isRight()), checked.join().replyTo());
          case NameClaimed claimed -> onNameClaimed(room, claimed);
          case NotFoundOut(var replyTo) -> Effect().reply(replyTo, new Denied(Code.UNAVAILABLE));
          case FactsKnown known -> onFactsKnown(room, known);
          case LookUpFailed _ -> onLookUpFailed();
          case Erased erased -> onErased(erased);
          case EraseAgain again -> onEraseAgain(again);
          case RelayEnded ended -> onRelayEnded(ended);
          case Index _ -> onIndex(room);
          case Idle _ -> onIdle();
          case Stop _ -> Effect().stop().thenNoReply();
        };
  }

  @Override
  public EventHandler<RoomState, RoomEvent> eventHandler() {
    return RoomState::with;
  }

  private ReplyEffect<RoomEvent, RoomState> onCreate(RoomState room, Create create) {
    if (room.phase() != RoomState.Phase.ABSENT)
      return Effect().reply(create.replyTo(), createdBefore(room, create));
    return create.visibility() == Visibility.PUBLIC
        ? claimName(create, create.name(), create.replyTo())
        : carryOut(room, new Decided(created(create)), create.replyTo());
  }

  /// Whoever asks again because an answer was lost has made the room.
  private static Outcome createdBefore(RoomState room, Create create) {
    return room.isMember(create.by()) ? new Done() : new Denied(Code.UNKNOWN_ROOM);
  }

  private RoomEvent created(Create create) {
    return new RoomEvent.Created(
        create.by(),
        now(),
        create.name(),
        create.topic(),
        create.visibility(),
        create.passcodeHash(),
        create.capacity(),
        create.retention());
  }

  private ReplyEffect<RoomEvent, RoomState> onJoin(RoomState room, Join join) {
    var check = RoomRules.passcodeToCheck(room, join.user(), join.tokenHash().isPresent());
    if (check.isEmpty() || join.passcode().isEmpty())
      return carryOut(
          room,
          RoomRules.join(room, join.user(), join.tokenHash(), Optional.empty(), now()),
          join.replyTo());
    context.pipeToSelf(
        world.passcodes().matches(join.passcode().get(), check.get()),
        (isRight, fault) ->
            fault == null ? new PasscodeChecked(join, isRight) : new NotFoundOut(join.replyTo()));
    return Effect().noReply();
  }

  private RoomRules.Decision join(RoomState room, Join join, boolean isRight) {
    return RoomRules.join(room, join.user(), join.tokenHash(), Optional.of(isRight), now());
  }

  private ReplyEffect<RoomEvent, RoomState> onLeave(RoomState room, Leave leave) {
    return carryOut(
        room, RoomRules.leave(room, leave.user(), leave.forGood(), now()), leave.replyTo());
  }

  private ReplyEffect<RoomEvent, RoomState> onPerform(RoomState room, Perform perform) {
    var decision = RoomRules.act(room, perform.by(), perform.act(), now());
    var name =
        perform.act() instanceof Act.ChangeSettings change
            ? newName(room, change)
            : Optional.<String>empty();
    return decision instanceof Decided && name.isPresent()
        ? claimName(perform, name.get(), perform.replyTo())
        : carryOut(room, decision, perform.replyTo());
  }

  /// The name a public room is about to have and does not have yet.
  private static Optional<String> newName(RoomState room, Act.ChangeSettings change) {
    var settings = room.settings();
    var visibility = change.visibility().orElse(settings.visibility());
    if (visibility == Visibility.PRIVATE) return Optional.empty();
    return settings.visibility() == Visibility.PRIVATE
        ? Optional.of(change.name().orElse(settings.name()))
        : change.name().filter(name -> !name.equals(settings.name()));
  }

  private ReplyEffect<RoomEvent, RoomState> claimName(
      Command command, String name, ActorRef<Outcome> replyTo) {
    context.pipeToSelf(
        world.directory().claim(id, name),
        (isFree, fault) ->
            fault == null ? new NameClaimed(command, isFree) : new NotFoundOut(replyTo));
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onNameClaimed(RoomState room, NameClaimed claimed) {
    return switch (claimed.of()) {
      case Create create when !claimed.isFree() ->
          Effect().reply(create.replyTo(), new Denied(Code.ROOM_NAME_TAKEN));
      case Create create when room.phase() == RoomState.Phase.ABSENT ->
          carryOut(room, new Decided(created(create)), create.replyTo());
      case Create create -> Effect().reply(create.replyTo(), createdBefore(room, create));
      case Perform perform when !claimed.isFree() ->
          Effect().reply(perform.replyTo(), new Denied(Code.ROOM_NAME_TAKEN));
      case Perform perform -> {
        var decision = RoomRules.act(room, perform.by(), perform.act(), now());
        // the directory has the new name already, which nobody will carry
        if (decision instanceof Refused) index(room);
        yield carryOut(room, decision, perform.replyTo());
      }
      case Command _ -> Effect().noReply();
    };
  }

  /// Persists, tells the relays, brings the directory up to date, and answers: in this order, so
  /// that whoever made a room finds it in the list at once.
  private ReplyEffect<RoomEvent, RoomState> carryOut(
      RoomState room, RoomRules.Decision decision, ActorRef<Outcome> replyTo) {
    return switch (decision) {
      case Refused refused -> Effect().reply(replyTo, new Denied(refused.code()));
      case Decided decided when decided.events().isEmpty() -> Effect().reply(replyTo, new Done());
      case Decided decided ->
          Effect()
              .persist(decided.events())
              .thenRun((RoomState after) -> {
                publish(room.lastSeq() + 1, decided.events());
                decided.events().forEach(event -> tellExpelled(room, event));
                consequences(after, decided.events(), replyTo);
              })
              .thenNoReply();
    };
  }

  private void tellExpelled(RoomState before, RoomEvent event) {
    switch (event) {
      case RoomEvent.Kicked it -> world.expelled().accept(it.user(), id);
      case RoomEvent.Banned it -> world.expelled().accept(it.user(), id);
      case RoomEvent.Deleted _ ->
          before.members().keySet().forEach(user -> world.expelled().accept(user, id));
      case RoomEvent ignored -> {}
    }
  }

  private void consequences(RoomState after, List<RoomEvent> events, ActorRef<Outcome> replyTo) {
    if (events.stream().anyMatch(Room::changesDirectoryAtOnce))
      index(after).whenComplete((_, _) -> replyTo.tell(new Done()));
    else {
      if (!timers.isTimerActive(new Index()))
        timers.startSingleTimer(new Index(), world.indexDelay());
      replyTo.tell(new Done());
    }
  }

  private static boolean changesDirectoryAtOnce(RoomEvent event) {
    return event instanceof RoomEvent.Created
        || event instanceof RoomEvent.SettingsChanged
        || event instanceof RoomEvent.Deleted;
  }

  private ReplyEffect<RoomEvent, RoomState> onAttach(RoomState room, Attach attach) {
    if (!room.isOpen()) {
      attach.relay().tell(new RoomRelay.NoRoom());
      // ids that mean nothing must not keep entities awake
      onIdle();
      return Effect().noReply();
    }
    attach(attach.relay());
    attach.relay().tell(new RoomRelay.Attached(context.getSelf(), room.lastSeq()));
    return Effect().noReply();
  }

  private void attach(ActorRef<RoomRelay.FromRoom> relay) {
    if (relays.add(relay)) context.watchWith(relay, new RelayEnded(relay));
  }

  private ReplyEffect<RoomEvent, RoomState> onAdmit(RoomState room, Admit admit) {
    var refusal =
        room.isMember(admit.user())
            ? Optional.<Code>empty()
            : Optional.of(RoomRules.notAMember(room));
    admit.relay().tell(new RoomRelay.Admission(admit.user(), refusal));
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onBatch(RoomState room, Batch batch) {
    if (!relays.contains(batch.relay())) onAttach(room, new Attach(batch.relay()));
    if (batch.posts().stream().allMatch(post -> post.about().isEmpty()))
      return decide(room, batch, Map.of(), () -> {});
    waitForLookUp(batch);
    return Effect().noReply();
  }

  private void waitForLookUp(Batch batch) {
    var underWay = lookingUp.peek();
    if (underWay == null) {
      lookingUp.add(batch);
      lookUp(batch);
    } else if (!underWay.isSameAs(batch)) {
      // sent again while it waits, or given up for another
      lookingUp.removeIf(
          waiting -> !waiting.isSameAs(underWay) && waiting.relay().equals(batch.relay()));
      lookingUp.add(batch);
    }
  }

  private void lookUp(Batch batch) {
    var seqs =
        batch.posts().stream()
            .flatMapToLong(post -> post.about().stream())
            .boxed()
            .collect(Collectors.toSet());
    context.pipeToSelf(
        world.log().facts(id, seqs),
        (facts, fault) -> fault == null ? new FactsKnown(batch, facts) : new LookUpFailed());
  }

  private ReplyEffect<RoomEvent, RoomState> onFactsKnown(RoomState room, FactsKnown known) {
    return decide(room, known.batch(), known.facts(), this::nextLookUp);
  }

  /// The relay gets no answer and tries again.
  private ReplyEffect<RoomEvent, RoomState> onLookUpFailed() {
    nextLookUp();
    return Effect().noReply();
  }

  private void nextLookUp() {
    lookingUp.remove();
    var next = lookingUp.peek();
    if (next != null) lookUp(next);
  }

  /// @param andThen done after the commit, if there is anything to commit
  private ReplyEffect<RoomEvent, RoomState> decide(
      RoomState room, Batch batch, Map<Long, Post.Fact> facts, Runnable andThen) {
    var decision = PostRules.decide(room, batch.posts(), facts, now());
    var done = new RoomRelay.BatchDone(batch.number(), decision.verdicts());
    if (decision.events().isEmpty()) {
      batch.relay().tell(done);
      andThen.run();
      return Effect().noReply();
    }
    return Effect()
        .persist(decision.events())
        .thenRun((RoomState _) -> {
          publish(room.lastSeq() + 1, decision.events());
          batch.relay().tell(done);
          decision.events().forEach(this::eraseRedacted);
          andThen.run();
        })
        .thenNoReply();
  }

  private void eraseRedacted(RoomEvent event) {
    if (event instanceof RoomEvent.Redacted redacted) erase(redacted.target());
  }

  /// Readers leave redacted texts out whether or not this has happened: the log knows what is
  /// redacted. What fails is tried again while the room is awake.
  private void erase(long message) {
    context.pipeToSelf(
        world.log().erase(id, message), (_, fault) -> new Erased(message, fault == null));
  }

  private ReplyEffect<RoomEvent, RoomState> onErased(Erased erased) {
    if (!erased.isDone()) {
      context.getLog().warn("text of a redacted message not erased room={}", id);
      context.scheduleOnce(ERASE_AGAIN, context.getSelf(), new EraseAgain(erased.message()));
    }
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onEraseAgain(EraseAgain again) {
    erase(again.message());
    return Effect().noReply();
  }

  private void publish(long first, List<RoomEvent> events) {
    var committed = new RoomRelay.Committed(first, events);
    relays.forEach(relay -> relay.tell(committed));
  }

  private ReplyEffect<RoomEvent, RoomState> onRelayEnded(RelayEnded ended) {
    relays.remove(ended.relay());
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onIndex(RoomState room) {
    index(room);
    return Effect().noReply();
  }

  private CompletionStage<Void> index(RoomState room) {
    var log = context.getLog();
    // what is not indexed now is indexed when the room changes or wakes again
    indexed =
        indexed
            .handle((_, _) -> room)
            .thenCompose(this::putOrRemove)
            .whenComplete((_, fault) -> {
              if (fault != null) log.warn("room directory not updated room={}", id, fault);
            });
    return indexed;
  }

  private CompletionStage<Void> putOrRemove(RoomState room) {
    return switch (room.phase()) {
      case ABSENT -> CompletableFuture.completedFuture(null);
      case OPEN -> world.directory().put(RoomView.summary(id, room));
      case DELETED ->
          world.directory().remove(id).thenCompose(_ -> world.log().eraseAll(id, room.lastSeq()));
    };
  }

  private ReplyEffect<RoomEvent, RoomState> onIdle() {
    if (relays.isEmpty()) shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  @Override
  public SignalHandler<RoomState> signalHandler() {
    return newSignalHandlerBuilder().onSignal(RecoveryCompleted.instance(), this::index).build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(world.settings().snapshotEvery(), 2);
  }

  @Override
  public boolean shouldSnapshot(RoomState room, RoomEvent event, long seq) {
    return event instanceof RoomEvent.Deleted;
  }

  @Override
  public SnapshotAdapter<RoomState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(RoomState room) {
        return RoomSnapshot.of(room);
      }

      @Override
      public RoomState fromJournal(Object kept) {
        return ((RoomSnapshot) kept).restored(world.bounds());
      }
    };
  }

  @Override
  public EventAdapter<RoomEvent, ?> eventAdapter() {
    return MarksAmendments.INSTANCE;
  }

  /// Times go into events and from there to people: more than milliseconds is noise.
  private Instant now() {
    return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
