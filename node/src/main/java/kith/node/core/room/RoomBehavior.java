package kith.node.core.room;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.node.feature.conversations.Conversations;
import kith.node.feature.directory.RoomListing;
import kith.node.feature.inbox.RoomSummary;
import kith.node.feature.mentions.MentionFeed;
import kith.node.feature.receipts.Receipt;
import kith.node.feature.receipts.RoomReceipts;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// What a [Room] does: decides what is added to its log and in which order, and tells its relays.
///
/// What it persists is exactly what members see, so an entry's `seq` is the journal's sequence
/// number. When a write fails it stops: its relays watch it, come back through sharding, and find
/// what was really committed.
final class RoomBehavior
    extends EventSourcedBehaviorWithEnforcedReplies<Room.Command, RoomEvent, RoomState> {

  private final String id;
  private final RoomContext world;
  private final ActorContext<Room.Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final RoomListing listing;
  private final Erasure erasure;
  private final MentionFeed mentions;
  private final RoomReceipts receipts;

  private final FactLookups lookUps = new FactLookups();
  private final Set<ActorRef<RoomRelay.FromRoom>> relays = new HashSet<>();
  private boolean isAwake;
  private boolean isUsed;

  RoomBehavior(
      String id,
      RoomContext world,
      ActorContext<Room.Command> context,
      TimerScheduler<Room.Command> timers,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(Room.persistenceId(id));
    this.id = id;
    this.world = world;
    this.context = context;
    this.shard = shard;
    this.listing = new RoomListing(id, world, context, timers);
    this.erasure = new Erasure(id, world.log(), context);
    this.mentions = new MentionFeed(id, world, context);
    this.receipts = new RoomReceipts(id, world.receipts(), context, timers);
  }

  @Override
  public RoomState emptyState() {
    return RoomState.absent(world.bounds());
  }

  @Override
  public CommandHandlerWithReply<Room.Command, RoomEvent, RoomState> commandHandler() {
    return (room, command) -> {
      isUsed |= !(command instanceof Room.Idle);
      return switch (command) {
        case Room.Naming naming -> onNaming(room, naming);
        case Room.NameClaimed claimed -> onNameClaimed(room, claimed);
        case Room.ClaimUnanswered(var of) -> onClaimUnanswered(room, of);
        case Room.Converse converse ->
            carryOut(room, Conversations.begin(room, converse, now()), converse.replyTo());
        case Room.Join join -> onJoin(room, join);
        case Room.PasscodeChecked checked -> onPasscodeChecked(room, checked);
        case Room.NotFoundOut(var replyTo) -> deny(replyTo, Code.UNAVAILABLE);
        case Room.Leave leave -> onLeave(room, leave);
        case Room.Look(var question, var replyTo) ->
            Effect().reply(replyTo, RoomView.answer(id, room, question, now()));
        case Room.Attach(var relay) -> onAttach(room, relay);
        case Room.RelayEnded(var relay) -> just(() -> onRelayEnded(relay));
        case Room.Admit admit -> onAdmit(room, admit);
        case Room.Batch batch -> onBatch(room, batch);
        case Room.Typing typing -> just(() -> passOn(typing));
        case Room.FactsKnown(var batch, var facts) -> post(room, batch, facts, this::nextLookUp);
        // the relay gets no answer and tries again
        case Room.LookUpFailed _ -> just(this::nextLookUp);
        case Room.Erased erased -> just(() -> erasure.ended(erased));
        case Room.EraseAgain(var message) -> just(() -> erasure.erase(message));
        case Room.MentionsKept kept -> just(() -> mentions.kept(room, kept));
        case Room.MentionsNotKept _ -> just(mentions::notKept);
        case Room.MentionsAgain _ -> just(mentions::again);
        case Room.Hear(var some) -> onHear(room, some);
        case Room.Listen(var relay) -> onListen(room, relay);
        case Room.ReceiptsLoaded(var found) -> just(() -> receipts.loaded(room, found));
        case Room.LoadReceipts _ -> just(receipts::loadAgain);
        case Room.TellReceipts _ -> just(() -> receipts.tell(room));
        case Room.Index _ -> just(() -> listing.write(room));
        case Room.Idle _ -> onIdle();
        case Room.Stop _ -> Effect().stop().thenNoReply();
      };
    };
  }

  @Override
  public EventHandler<RoomState, RoomEvent> eventHandler() {
    return RoomState::with;
  }

  private ReplyEffect<RoomEvent, RoomState> just(Runnable deed) {
    deed.run();
    return Effect().noReply();
  }

  // what changes the room

  private ReplyEffect<RoomEvent, RoomState> onNaming(RoomState room, Room.Naming command) {
    var decision = decide(room, command);
    var name = RoomRules.newName(room, command);
    if (decision instanceof Refused || name.isEmpty())
      return carryOut(room, decision, command.replyTo());
    return just(() -> listing.claim(name.get(), command));
  }

  private Decision decide(RoomState room, Room.Naming command) {
    return switch (command) {
      case Room.Create create -> RoomRules.create(room, create, now());
      case Room.Perform(var by, var act, _) -> RoomRules.act(room, by, act, now());
    };
  }

  private ReplyEffect<RoomEvent, RoomState> onNameClaimed(
      RoomState room, Room.NameClaimed claimed) {
    var command = claimed.of();
    if (!claimed.isFree()) return deny(command.replyTo(), Code.ROOM_NAME_TAKEN);
    var decision = decide(room, command);
    // the directory has the new name already, which nobody will carry
    if (decision instanceof Refused) listing.write(room);
    return carryOut(room, decision, command.replyTo());
  }

  private ReplyEffect<RoomEvent, RoomState> onClaimUnanswered(RoomState room, Room.Naming command) {
    // as above, if the claim was made
    listing.write(room);
    return deny(command.replyTo(), Code.UNAVAILABLE);
  }

  private ReplyEffect<RoomEvent, RoomState> onJoin(RoomState room, Room.Join join) {
    var check = RoomRules.passcodeToCheck(room, join.user(), join.tokenHash().isPresent());
    if (check.isEmpty() || join.passcode().isEmpty()) return join(room, join, Optional.empty());
    context.pipeToSelf(
        world.passcodes().matches(join.passcode().get(), check.get()),
        (isRight, fault) ->
            fault == null
                ? new Room.PasscodeChecked(join, isRight)
                : new Room.NotFoundOut(join.replyTo()));
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onPasscodeChecked(
      RoomState room, Room.PasscodeChecked checked) {
    return join(room, checked.join(), Optional.of(checked.isRight()));
  }

  private ReplyEffect<RoomEvent, RoomState> join(
      RoomState room, Room.Join join, Optional<Boolean> passcode) {
    var decision = RoomRules.join(room, join.user(), join.tokenHash(), passcode, now());
    return carryOut(room, decision, join.replyTo(), RoomBehavior::joined);
  }

  private static Room.Done joined(RoomState room) {
    return new Room.Done(Optional.of(new Place(room.lastSeq(), room.tally().counts())));
  }

  private ReplyEffect<RoomEvent, RoomState> onLeave(RoomState room, Room.Leave leave) {
    var decision = RoomRules.leave(room, leave.user(), leave.forGood(), now());
    return carryOut(room, decision, leave.replyTo());
  }

  /// Persists, tells the relays, brings the directory up to date, and answers: in this order, so
  /// that whoever made a room finds it in the list at once.
  private ReplyEffect<RoomEvent, RoomState> carryOut(
      RoomState room, Decision decision, ActorRef<Room.Outcome> replyTo) {
    return carryOut(room, decision, replyTo, _ -> Room.DONE);
  }

  private ReplyEffect<RoomEvent, RoomState> carryOut(
      RoomState room,
      Decision decision,
      ActorRef<Room.Outcome> replyTo,
      Function<RoomState, Room.Done> answer) {
    return switch (decision) {
      case Refused(var code) -> deny(replyTo, code);
      case Decided(var events) when events.isEmpty() -> Effect().reply(replyTo, answer.apply(room));
      case Decided(var events) -> {
        var began = System.nanoTime();
        yield Effect()
            .persist(events)
            .thenRun((RoomState after) -> {
              committed(events, began);
              publish(after, events);
              receipts.arrived(after, events);
              tellExpelled(room, events);
              var done = answer.apply(after);
              listing.changed(after, events).whenComplete((_, _) -> replyTo.tell(done));
            })
            .thenNoReply();
      }
    };
  }

  private ReplyEffect<RoomEvent, RoomState> deny(ActorRef<Room.Outcome> replyTo, Code code) {
    return Effect().reply(replyTo, new Room.Denied(code));
  }

  private void tellExpelled(RoomState before, List<RoomEvent> events) {
    for (var event : events)
      RoomRules.expelled(before, event).forEach(user -> world.expelled().accept(user, id));
  }

  // relays

  private ReplyEffect<RoomEvent, RoomState> onAttach(
      RoomState room, ActorRef<RoomRelay.FromRoom> relay) {
    attach(room, relay);
    // ids that mean nothing must not keep entities awake
    return room.isOpen() ? Effect().noReply() : sleep();
  }

  private void attach(RoomState room, ActorRef<RoomRelay.FromRoom> relay) {
    if (!room.isOpen()) {
      relay.tell(new RoomRelay.NoRoom());
      return;
    }
    if (relays.add(relay)) context.watchWith(relay, new Room.RelayEnded(relay));
    relay.tell(new RoomRelay.Attached(context.getSelf(), room.lastSeq()));
  }

  private void onRelayEnded(ActorRef<RoomRelay.FromRoom> relay) {
    relays.remove(relay);
    receipts.ended(relay);
  }

  private ReplyEffect<RoomEvent, RoomState> onHear(RoomState room, List<Receipt> some) {
    if (!room.isOpen()) return sleep();
    return just(() -> receipts.hear(room, some));
  }

  private ReplyEffect<RoomEvent, RoomState> onListen(
      RoomState room, ActorRef<RoomRelay.FromRoom> relay) {
    if (!room.isOpen()) return sleep();
    if (!relays.contains(relay)) attach(room, relay);
    return just(() -> receipts.listen(room, relay));
  }

  private ReplyEffect<RoomEvent, RoomState> onAdmit(RoomState room, Room.Admit admit) {
    var refusal =
        room.isMember(admit.user())
            ? Optional.<Code>empty()
            : Optional.of(RoomRules.notAMember(room));
    admit.relay().tell(new RoomRelay.Admission(admit.user(), refusal, room.lastSeq()));
    return Effect().noReply();
  }

  private void publish(RoomState after, List<RoomEvent> events) {
    var committed = new RoomRelay.Committed(after.lastSeq() - events.size() + 1, events);
    relays.forEach(relay -> relay.tell(committed));
    world.news().accept(RoomSummary.of(id, after, events));
  }

  private void passOn(Room.Typing typing) {
    if (!relays.contains(typing.relay())) return;
    var elsewhere = new RoomRelay.TypingElsewhere(typing.typist());
    for (var relay : relays) if (!relay.equals(typing.relay())) relay.tell(elsewhere);
  }

  // posts

  private ReplyEffect<RoomEvent, RoomState> onBatch(RoomState room, Room.Batch batch) {
    if (!relays.contains(batch.relay())) attach(room, batch.relay());
    if (batch.about().isEmpty()) return post(room, batch, Map.of(), () -> {});
    return just(() -> lookUps.add(batch).ifPresent(this::lookUp));
  }

  private void lookUp(Room.Batch batch) {
    context.pipeToSelf(
        world.log().facts(id, batch.about()),
        (facts, fault) ->
            fault == null ? new Room.FactsKnown(batch, facts) : new Room.LookUpFailed());
  }

  private void nextLookUp() {
    lookUps.next().ifPresent(this::lookUp);
  }

  /// @param andThen done after the commit, if there is anything to commit
  private ReplyEffect<RoomEvent, RoomState> post(
      RoomState room, Room.Batch batch, Map<Long, Post.Fact> facts, Runnable andThen) {
    var decision = PostRules.decide(room, batch.posts(), facts, now());
    var done = new RoomRelay.BatchDone(batch.number(), decision.verdicts());
    if (decision.events().isEmpty()) {
      batch.relay().tell(done);
      andThen.run();
      return Effect().noReply();
    }
    var began = System.nanoTime();
    return Effect()
        .persist(decision.events())
        .thenRun((RoomState after) -> {
          committed(decision.events(), began);
          publish(after, decision.events());
          batch.relay().tell(done);
          erasure.follow(decision.events());
          mentions.follow(room.lastSeq() + 1, decision.events());
          andThen.run();
        })
        .thenNoReply();
  }

  private void committed(List<RoomEvent> events, long began) {
    var messages = 0;
    for (var event : events) if (event instanceof RoomEvent.Posted) messages++;
    world.metrics().committed(events.size(), messages, began);
  }

  // house-keeping

  /// A timer that runs all the time asks whether there was anything since it asked before. A
  /// receive timeout would be set again with each message.
  private ReplyEffect<RoomEvent, RoomState> onIdle() {
    if (!isUsed) return sleep();
    isUsed = false;
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> sleep() {
    if (relays.isEmpty()) shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  @Override
  public SignalHandler<RoomState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onAwake)
        .onSignal(PostStop.instance(), _ -> onStopped())
        .build();
  }

  /// What the incarnation before this one could not say any more is said now.
  private void onAwake(RoomState room) {
    isAwake = true;
    world.metrics().roomWoke();
    listing.write(room);
    if (room.isOpen()) world.news().accept(RoomSummary.of(id, room));
    mentions.awake(room);
  }

  private void onStopped() {
    if (isAwake) world.metrics().roomSlept();
    isAwake = false;
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
    return new SnapshotMapping(world.bounds());
  }

  @Override
  public EventAdapter<RoomEvent, ?> eventAdapter() {
    return AmendmentMarker.INSTANCE;
  }

  /// Times go into events and from there to people: more than milliseconds is noise.
  private Instant now() {
    return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
