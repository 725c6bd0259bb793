package kith.node.core.room;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.core.room.RoomRules.Decided;
import kith.node.core.room.RoomRules.Decision;
import kith.node.core.room.RoomRules.Refused;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
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

/// Implements [Room]: decides which events are added to its log and in which order, and sends them
/// to its relays.
///
/// It persists exactly the events that members see, so an entry's `seq` is the journal's sequence
/// number. A failed write stops the room: its relays watch it, attach again through sharding, and
/// find the events that were committed.
final class RoomBehavior
    extends EventSourcedBehaviorWithEnforcedReplies<Room.Command, RoomEvent, RoomState>
    implements RoomHost {
  private final String id;
  private final RoomContext node;
  private final ActorContext<Room.Command> context;
  private final TimerScheduler<Room.Command> timers;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final PasscodeGuard guard;
  private final Erasure erasure;
  private final Projections projections;
  private final Aging aging;
  private final RoomParts parts;
  private final RoomPosts posts;

  private final Set<ActorRef<Room.ToRelay>> relays = new HashSet<>();
  private boolean isAwake;
  private boolean isUsed;
  private boolean isStopping;

  RoomBehavior(
      String id,
      RoomContext node,
      ActorContext<Room.Command> context,
      TimerScheduler<Room.Command> timers,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(Room.persistenceId(id));
    this.id = id;
    this.node = node;
    this.context = context;
    this.timers = timers;
    this.shard = shard;
    this.guard = new PasscodeGuard(node.settings().passcodes().wrong());
    this.erasure = new Erasure(id, node.log(), context);
    this.projections = new Projections(id, node, context, timers);
    this.aging = new Aging(id, node, context);
    this.parts = new RoomParts(node.parts(), node.commandOwners(), this);
    this.posts =
        new RoomPosts(id, this, context, node.log(), parts.rules(node.rules()), parts.ready());
  }

  @Override
  public RoomState emptyState() {
    return RoomState.absent(node.bounds());
  }

  @Override
  public CommandHandlerWithReply<Room.Command, RoomEvent, RoomState> commandHandler() {
    return (room, command) -> {
      isUsed |= !(command instanceof Room.Idle);
      return switch (command) {
        case Room.Naming naming -> onNaming(room, naming);
        case Room.Administer administer -> onAdminister(room, administer);
        case Room.NameReserved reserved -> onNameReserved(room, reserved);
        case Room.ReservationUnanswered(var of) -> onReservationUnanswered(room, of);
        case Room.Join join -> onJoin(room, join);
        case Room.PasscodeChecked checked -> onPasscodeChecked(room, checked);
        case Room.CheckFailed(var replyTo) -> onPasscodeNotChecked(replyTo);
        case Room.Leave leave -> onLeave(room, leave);
        case Room.Look(var question, var replyTo) ->
            Effect()
                .reply(
                    replyTo,
                    RoomView.answer(id, room, question, guard.seen(), parts::approval, now()));
        case Room.Attach(var relay) -> onAttach(room, relay);
        case Room.LogReaches(var seq) -> onLogReaches(room, seq);
        case Room.RelayEnded(var relay) -> just(() -> onRelayEnded(relay));
        case Room.Admit admit -> onAdmit(room, admit);
        case Room.Batch batch -> onBatch(room, batch);
        case Room.RedactOwn asked -> posts.on(asked);
        case Room.Submit submit -> posts.on(room, submit);
        case Room.LookedUp looked -> posts.onLookedUp(room, looked);
        // the sender gets no answer and tries again
        case Room.LookUpFailed _ -> just(posts::nextLookUp);
        case Room.Erased erased -> just(() -> erasure.ended(erased));
        case Room.EraseAgain(var message) -> just(() -> erasure.erase(room, message));
        case Room.PartReadFailed(var read) ->
            just(() ->
                timers.startSingleTimer(
                    read, new Room.RepeatPartRead(read), Intervals.PART_READ_RETRY));
        case Room.RepeatPartRead(var read) -> just(() -> read(read));
        case Room.PartCommand asked -> onPart(room, asked);
        case Room.ProjectionCommand progress -> onProjection(room, progress);
        case Room.Rebuild rebuild -> onRebuild(room, rebuild);
        case Room.AgingCommand step -> onAging(room, step);
        case Room.Idle _ -> onIdle(room);
        case Room.Stop _ -> onStop(room);
        case Room.StopNow _ -> Effect().stop().thenNoReply();
      };
    };
  }

  @Override
  public EventHandler<RoomState, RoomEvent> eventHandler() {
    return RoomState::with;
  }

  private ReplyEffect<RoomEvent, RoomState> just(Runnable deed) {
    deed.run();
    return noReply();
  }

  ReplyEffect<RoomEvent, RoomState> noReply() {
    return Effect().noReply();
  }

  // commands that change the room

  private ReplyEffect<RoomEvent, RoomState> onNaming(RoomState room, Room.Naming command) {
    var decision = decide(room, command);
    var name = RoomRules.newName(room, command);
    if (decision instanceof Refused || name.isEmpty())
      return carryOut(room, decision, command.replyTo());
    return just(() -> reserve(name.get(), command));
  }

  private Decision decide(RoomState room, Room.Naming command) {
    return switch (command) {
      case Room.Create create -> RoomRules.create(room, create, now());
      case Room.Perform(var by, var act, _) -> RoomRules.act(room, by, act, now());
    };
  }

  private void reserve(String name, Room.Naming command) {
    context.pipeToSelf(
        node.names().reserve(id, name),
        (isFree, fault) ->
            fault == null
                ? new Room.NameReserved(command, isFree)
                : new Room.ReservationUnanswered(command));
  }

  private ReplyEffect<RoomEvent, RoomState> onNameReserved(
      RoomState room, Room.NameReserved reserved) {
    var command = reserved.of();
    if (!reserved.isFree()) return deny(command.replyTo(), Code.ROOM_NAME_TAKEN);
    var decision = decide(room, command);
    if (decision instanceof Refused) node.names().release(id, room);
    return carryOut(room, decision, command.replyTo());
  }

  private ReplyEffect<RoomEvent, RoomState> onReservationUnanswered(
      RoomState room, Room.Naming command) {
    // the name may have been reserved despite the failure
    node.names().release(id, room);
    return deny(command.replyTo(), Code.UNAVAILABLE);
  }

  private ReplyEffect<RoomEvent, RoomState> onJoin(RoomState room, Room.Join join) {
    var check = RoomRules.passcodeToCheck(room, join.user(), join.tokenHash().isPresent());
    if (join.owner().isPresent() || check.isEmpty() || join.passcode().isEmpty())
      return join(room, join, Applicant.Passcode.NONE);
    if (!guard.take(now())) return deny(join.replyTo(), Code.TOO_MANY_ATTEMPTS);
    context.pipeToSelf(
        node.passcodes().matches(join.passcode().get(), check.get()),
        (isRight, fault) ->
            fault == null
                ? new Room.PasscodeChecked(join, isRight)
                : new Room.CheckFailed(join.replyTo()));
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onPasscodeChecked(
      RoomState room, Room.PasscodeChecked checked) {
    if (checked.isRight()) guard.giveBack();
    else guard.wrong(checked.join().user(), now());
    return join(
        room,
        checked.join(),
        checked.isRight() ? Applicant.Passcode.RIGHT : Applicant.Passcode.WRONG);
  }

  private ReplyEffect<RoomEvent, RoomState> onPasscodeNotChecked(ActorRef<Room.Outcome> replyTo) {
    guard.giveBack();
    return deny(replyTo, Code.UNAVAILABLE);
  }

  private ReplyEffect<RoomEvent, RoomState> join(
      RoomState room, Room.Join join, Applicant.Passcode passcode) {
    var user = join.user();
    var applicant =
        new Applicant(user, join.owner(), join.tokenHash(), passcode, parts.approval(user));
    var decision = RoomRules.join(room, applicant, now());
    return carryOut(room, decision, join.replyTo(), RoomBehavior::joined);
  }

  private static Room.Done joined(RoomState room) {
    return new Room.Done(Optional.of(new Place(room.lastSeq(), room.tally().counts())));
  }

  private ReplyEffect<RoomEvent, RoomState> onAdminister(RoomState room, Room.Administer asked) {
    var decision = RoomRules.administer(room, asked.by(), asked.act(), now());
    return asked.act() instanceof RoomAction.Enter
        ? carryOut(room, decision, asked.replyTo(), RoomBehavior::joined)
        : carryOut(room, decision, asked.replyTo());
  }

  private ReplyEffect<RoomEvent, RoomState> onLeave(RoomState room, Room.Leave leave) {
    var decision = RoomRules.leave(room, leave.user(), leave.forGood(), now());
    return carryOut(room, decision, leave.replyTo());
  }

  ReplyEffect<RoomEvent, RoomState> carryOut(
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
      case Decided(var events) ->
          persist(
              room,
              events,
              commit -> {
                var done = answer.apply(commit.after());
                committed(commit).whenComplete((_, _) -> replyTo.tell(done));
              });
    };
  }

  private ReplyEffect<RoomEvent, RoomState> deny(ActorRef<Room.Outcome> replyTo, Code code) {
    return Effect().reply(replyTo, new Room.Denied(code));
  }

  // after a commit

  ReplyEffect<RoomEvent, RoomState> persist(
      RoomState before, List<RoomEvent> events, Consumer<Commit> then) {
    var began = System.nanoTime();
    return Effect()
        .persist(events)
        .thenRun((RoomState after) -> {
          count(events, began);
          then.accept(Commit.of(id, before, after, events));
        })
        .thenNoReply();
  }

  private void count(List<RoomEvent> events, long began) {
    var messages = 0;
    for (var event : events) if (event instanceof RoomEvent.Posted) messages++;
    node.metrics().committed(events.size(), messages, began);
  }

  /// Starts every effect of a commit.
  ///
  /// @return done when the sender of the command may be answered: the creator of a room finds it in
  ///   the directory at once
  CompletionStage<Void> committed(Commit commit) {
    var committed = new Room.Committed(commit.firstSeq(), commit.events());
    relays.forEach(relay -> relay.tell(committed));
    parts.each(part -> part.committed(commit));
    tellExpelled(commit);
    erasure.follow(commit);
    aging.follow(commit);
    return projections.follow(commit);
  }

  private void tellExpelled(Commit commit) {
    for (var event : commit.events())
      RoomRules.expelled(commit.before(), event).forEach(user -> node.expelled().accept(user, id));
  }

  // relays

  private ReplyEffect<RoomEvent, RoomState> onAttach(RoomState room, ActorRef<Room.ToRelay> relay) {
    attach(room, relay);
    // unknown ids must not keep entities awake
    return room.isOpen() ? Effect().noReply() : sleep(room);
  }

  @Override
  public void attach(RoomState room, ActorRef<Room.ToRelay> relay) {
    if (!room.isOpen()) {
      relay.tell(new Room.NoRoom());
      return;
    }
    if (relays.add(relay)) context.watchWith(relay, new Room.RelayEnded(relay));
    relay.tell(new Room.Attached(context.getSelf(), room.lastSeq()));
  }

  private ReplyEffect<RoomEvent, RoomState> onLogReaches(RoomState room, long seq) {
    if (seq <= room.lastSeq()) return Effect().noReply();
    context
        .getLog()
        .warn("room={} log-reaches={} known={} action=restart", id, seq, room.lastSeq());
    return Effect().stop().thenNoReply();
  }

  private void onRelayEnded(ActorRef<Room.ToRelay> relay) {
    relays.remove(relay);
    parts.each(part -> part.relayEnded(relay));
  }

  private ReplyEffect<RoomEvent, RoomState> onAdmit(RoomState room, Room.Admit admit) {
    var refusal =
        room.isMember(admit.user())
            ? Optional.<Code>empty()
            : Optional.of(RoomRules.notAMember(room));
    admit.relay().tell(new Room.Admission(admit.user(), refusal, room.lastSeq()));
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onBatch(RoomState room, Room.Batch batch) {
    if (!relays.contains(batch.relay())) attach(room, batch.relay());
    return posts.on(room, batch);
  }

  // features

  private ReplyEffect<RoomEvent, RoomState> onPart(RoomState room, Room.PartCommand command) {
    return room.isOpen() ? just(() -> parts.on(room, command)) : sleep(room);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ActorContext<Room.Command> actor() {
    return context;
  }

  @Override
  public TimerScheduler<Room.Command> timers() {
    return timers;
  }

  @Override
  public <T> void read(
      Supplier<CompletionStage<T>> read, Function<T, ? extends Room.PartCommand> result) {
    read(new PartRead<>(read, result));
  }

  private <T> void read(PartRead<T> read) {
    context.pipeToSelf(
        read.read().get(),
        (found, fault) ->
            fault == null ? read.result().apply(found) : new Room.PartReadFailed(read));
  }

  @Override
  public boolean isAttached(ActorRef<Room.ToRelay> relay) {
    return relays.contains(relay);
  }

  @Override
  public void tellAll(Room.ToRelay message) {
    relays.forEach(relay -> relay.tell(message));
  }

  @Override
  public void tellOthers(ActorRef<Room.ToRelay> except, Room.ToRelay message) {
    for (var relay : relays) if (!relay.equals(except)) relay.tell(message);
  }

  // projections

  private ReplyEffect<RoomEvent, RoomState> onProjection(
      RoomState room, Room.ProjectionCommand progress) {
    projections.on(room, progress);
    return isStopping && projections.areSettled(room)
        ? Effect().stop().thenNoReply()
        : Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> onRebuild(RoomState room, Room.Rebuild rebuild) {
    if (room.lastSeq() == 0) return deny(rebuild.replyTo(), Code.UNKNOWN_ROOM);
    projections
        .rebuild(room, rebuild.projection())
        .whenComplete((_, fault) ->
            rebuild.replyTo().tell(fault == null ? Room.DONE : new Room.Denied(Code.UNAVAILABLE)));
    return Effect().noReply();
  }

  // retention

  private ReplyEffect<RoomEvent, RoomState> onAging(RoomState room, Room.AgingCommand step) {
    if (room.lastSeq() == 0) return sleep(room);
    return aging
        .on(room, step)
        .map(event ->
            persist(
                room,
                List.of(event),
                commit -> {
                  var _ = committed(commit);
                }))
        .orElseGet(() -> Effect().noReply());
  }

  // housekeeping

  /// A periodic timer checks whether a command has arrived since the last check. A receive timeout
  /// would be reset by each message.
  private ReplyEffect<RoomEvent, RoomState> onIdle(RoomState room) {
    if (!isUsed) return sleep(room);
    isUsed = false;
    return Effect().noReply();
  }

  private ReplyEffect<RoomEvent, RoomState> sleep(RoomState room) {
    if (relays.isEmpty() && projections.areSettled(room) && aging.isSettled())
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().noReply();
  }

  /// Waits a moment for this incarnation's projections of its own commits: the next incarnation may
  /// not start before somebody needs the room.
  private ReplyEffect<RoomEvent, RoomState> onStop(RoomState room) {
    if (projections.areSettled(room)) return Effect().stop().thenNoReply();
    isStopping = true;
    projections.stopping(room);
    timers.startSingleTimer(new Room.StopNow(), ClusterIntervals.LAST_ROOM_WRITES);
    return Effect().noReply();
  }

  @Override
  public SignalHandler<RoomState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onAwake)
        .onSignal(PostStop.instance(), _ -> onStopped())
        .build();
  }

  private void onAwake(RoomState room) {
    isAwake = true;
    node.metrics().roomWoke();
    erasure.awake(room);
    parts.each(part -> part.awake(room));
    projections.awake(room);
    aging.awake(room);
  }

  private void onStopped() {
    if (isAwake) node.metrics().roomSlept();
    isAwake = false;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(node.settings().snapshotEvery(), 2);
  }

  @Override
  public boolean shouldSnapshot(RoomState room, RoomEvent event, long seq) {
    return event instanceof RoomEvent.Deleted;
  }

  @Override
  public SnapshotAdapter<RoomState> snapshotAdapter() {
    return new SnapshotMapping(node.bounds());
  }

  @Override
  public EventAdapter<RoomEvent, ?> eventAdapter() {
    return AmendmentMarker.INSTANCE;
  }

  /// People see the times of events: milliseconds are precise enough.
  Instant now() {
    return node.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
