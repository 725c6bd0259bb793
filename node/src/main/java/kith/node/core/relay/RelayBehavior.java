package kith.node.core.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Post;
import kith.node.core.room.Post.Verdict;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomLog;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The behavior of a [RoomRelay]: sends posts to the room, and the room's commits to this node's
/// sessions.
final class RelayBehavior extends AbstractMatchingBehavior<RoomRelay.Command> implements RelayHost {
  private final String room;
  private final RoomAccess rooms;
  private final ActorRef<Relays.Command> relays;
  private final TimerScheduler<RoomRelay.Command> timers;

  private final RelayAttachment attachment;
  private final PendingJoins openings = new PendingJoins();
  private final Subscribers subscribers;
  private final PostQueue outgoing;
  private final RelayBuffer buffer;
  private final GapDetector follower;
  private final RelayParts parts;
  private final ActorRef<Room.ToRelay> self;
  private final FanOutBatcher gathering;

  private long opens;
  private long sentAt;

  RelayBehavior(
      ActorContext<RoomRelay.Command> context,
      TimerScheduler<RoomRelay.Command> timers,
      String room,
      RoomAccess rooms,
      Framing framing,
      RelayParts.Kinds parts,
      ActorRef<Relays.Command> relays) {
    super(context);
    this.room = room;
    this.rooms = rooms;
    this.relays = relays;
    this.timers = timers;
    var settings = rooms.settings();
    this.self = context.messageAdapter(Room.ToRelay.class, RoomRelay.FromRoom::new);
    this.attachment = new RelayAttachment(context, timers, room, rooms, self);
    this.outgoing =
        new PostQueue(settings.batchEntries(), settings.batchBytes(), settings.waitingBatches());
    this.buffer = new RelayBuffer(framing, room, 0, settings.relayEntries(), settings.relayBytes());
    this.subscribers = new Subscribers(room, buffer);
    this.follower = new GapDetector(buffer);
    this.gathering = new FanOutBatcher(settings.relayEntries(), System.nanoTime());
    this.parts = new RelayParts(parts, this);
    timers.startTimerWithFixedDelay(new RoomRelay.Retry(), settings.postRetry());
  }

  @Override
  public Behavior<RoomRelay.Command> onMessage(RoomRelay.Command command) {
    return switch (command) {
      case RoomRelay.Open open -> onOpen(open);
      case RoomRelay.Close(var session) -> onGone(session);
      case RoomRelay.SessionEnded(var session) -> onGone(session);
      case RoomRelay.Read read -> onRead(read);
      case RoomRelay.LogReaches(var seq) -> onLogReaches(seq);
      case RoomRelay.Submit submit -> onSubmit(submit);
      case RoomRelay.FromRoom(var message) -> onMessage(message);
      case RoomRelay.PartCommand asked -> then(() -> parts.on(asked));
      case RoomRelay.Retry _ -> onRetry();
      case RoomRelay.AttachAgain _ -> then(attachment::askAgain);
      case RoomRelay.RenewLease _ -> onRenewLease();
      case RoomRelay.RoomEnded(var ended) -> onRoomEnded(ended);
      case RoomRelay.TellGathered _ -> onTellGathered();
      case RoomRelay.Missed(var page) -> onMissed(page);
      case RoomRelay.MissedUnread _ -> onMissedUnread();
      case RoomRelay.Linger _ -> onLinger();
      case RoomRelay.Stop _ -> onStop();
    };
  }

  private Behavior<RoomRelay.Command> onMessage(Room.ToRelay message) {
    return switch (message) {
      case Room.Committed committed -> onCommitted(committed);
      case Room.BatchDone done -> onBatchDone(done);
      case Room.Admission admission -> onAdmission(admission);
      case Room.Attached attached -> onAttached(attached);
      case Room.NoRoom _ -> onNoRoom();
      case Room.PartMessage word -> then(() -> parts.onMessage(word));
    };
  }

  // sessions

  private Behavior<RoomRelay.Command> onOpen(RoomRelay.Open open) {
    opens++;
    var isFirst = openings.add(open, deadline());
    getContext().watchWith(open.session(), new RoomRelay.SessionEnded(open.session()));
    timers.cancel(new RoomRelay.Linger());
    if (isFirst && attachment.isThere()) askAdmission(open.user());
    return this;
  }

  private Instant deadline() {
    return rooms.clock().instant().plus(rooms.settings().postDeadline());
  }

  private void askAdmission(String user) {
    attachment.tell(new Room.Admit(user, self));
  }

  private Behavior<RoomRelay.Command> onAdmission(Room.Admission admission) {
    if (admission.refusal().isPresent()) refuse(admission.user(), admission.refusal().get());
    else if (admission.seq() >= buffer.last()) admit(admission.user(), admission.seq());
    // entries after the admission were already read from the log: one may have removed the user
    else if (openings.users().contains(admission.user())) askAdmission(admission.user());
    return this;
  }

  private void admit(String user, long seq) {
    for (var open : openings.answered(user)) {
      subscribers.enter(user, seq, open.session());
      open.session().tell(new RoomRelay.Opened(room, getContext().getSelf(), buffer.last()));
    }
  }

  private void refuse(String user, Code code) {
    openings.answered(user).forEach(open -> refuse(open, code));
    lingerIfEmpty();
  }

  private void refuse(RoomRelay.Open open, Code code) {
    if (!subscribers.has(open.session())) getContext().unwatch(open.session());
    open.session().tell(new RoomRelay.NotOpened(room, code));
  }

  private Behavior<RoomRelay.Command> onGone(ActorRef<ToSession> session) {
    getContext().unwatch(session);
    subscribers.leave(session);
    parts.each(part -> part.sessionGone(session));
    openings.forget(session);
    lingerIfEmpty();
    return this;
  }

  private void dismiss(ActorRef<ToSession> session, Code code) {
    session.tell(new RoomRelay.Closed(room, code));
    onGone(session);
  }

  private void dismiss(String user, long seq, Code code) {
    subscribers.of(user, seq).forEach(session -> dismiss(session, code));
  }

  private Behavior<RoomRelay.Command> onRead(RoomRelay.Read read) {
    read.session().tell(subscribers.answer(read));
    return this;
  }

  /// Either this relay has missed what the room committed, which its answer to the attachment
  /// shows, or the room does not know the entry itself.
  private Behavior<RoomRelay.Command> onLogReaches(long seq) {
    if (seq <= buffer.last()) return this;
    attachment.tell(new Room.LogReaches(seq));
    attachment.ask();
    return this;
  }

  // posts

  private Behavior<RoomRelay.Command> onSubmit(RoomRelay.Submit submit) {
    if (!subscribers.has(submit.session())) answer(submit, new Post.Refused(Code.ROOM_NOT_OPEN));
    else if (!outgoing.add(submit, deadline())) answer(submit, new Post.Refused(Code.RATE_LIMITED));
    else flush();
    return this;
  }

  private Behavior<RoomRelay.Command> then(Runnable deed) {
    deed.run();
    return this;
  }

  private void flush() {
    if (attachment.isThere()) outgoing.next().ifPresent(this::sendFirst);
  }

  private void sendFirst(PostQueue.Batch batch) {
    sentAt = System.nanoTime();
    rooms.metrics().batchSent(batch.posts().size());
    send(batch);
  }

  private void send(PostQueue.Batch batch) {
    attachment.tell(new Room.Batch(batch.number(), batch.posts(), self));
  }

  private Behavior<RoomRelay.Command> onBatchDone(Room.BatchDone done) {
    var batch = outgoing.done(done.number());
    if (!batch.isEmpty()) rooms.metrics().batchAnswered(sentAt);
    for (var i = 0; i < batch.size(); i++) answer(batch.get(i), done.verdicts().get(i));
    flush();
    return this;
  }

  private void answer(RoomRelay.Submit submit, Verdict verdict) {
    submit.session().tell(new RoomRelay.Answered(room, submit.post().id(), verdict));
  }

  /// Sends unanswered posts again with the same ids, and refuses posts past their deadline.
  private Behavior<RoomRelay.Command> onRetry() {
    var now = rooms.clock().instant();
    readMissed();
    for (var late : outgoing.expired(now)) answer(late, new Post.Refused(Code.UNAVAILABLE));
    outgoing.unanswered().ifPresent(this::send);
    flush();
    openings.expired(now).forEach(late -> refuse(late, Code.UNAVAILABLE));
    if (attachment.isThere()) openings.users().forEach(this::askAdmission);
    lingerIfEmpty();
    parts.each(RelayPart::retry);
    return this;
  }

  // the room

  void attachUntilAnswered() {
    attachment.askUntilAnswered();
  }

  private Behavior<RoomRelay.Command> onAttached(Room.Attached attached) {
    if (attachment.isNow(attached.room())) {
      openings.users().forEach(this::askAdmission);
      // the previous incarnation may have ended without an answer to this batch
      outgoing.unanswered().ifPresent(this::send);
      parts.each(RelayPart::attached);
    }
    onTellGathered();
    follower.roomIsAt(attached.lastSeq());
    readMissed();
    flush();
    return this;
  }

  private Behavior<RoomRelay.Command> onRenewLease() {
    attachment.ask();
    parts.each(RelayPart::leaseRenewed);
    return this;
  }

  private Behavior<RoomRelay.Command> onRoomEnded(ActorRef<Room.Command> ended) {
    if (!attachment.isOver(ended)) return this;
    // without sessions: attaching again would only delay a node that shuts down
    if (isEmpty()) leave();
    else attachment.askUntilAnswered();
    return this;
  }

  /// The room does not exist, or was deleted.
  private Behavior<RoomRelay.Command> onNoRoom() {
    for (var user : openings.users()) refuse(user, Code.UNKNOWN_ROOM);
    for (var session : subscribers.all()) dismiss(session, Code.ROOM_DELETED);
    // stops at once: requests for unknown room ids must not leave relays running
    leave();
    return this;
  }

  // commits

  private Behavior<RoomRelay.Command> onCommitted(Room.Committed committed) {
    if (!gathering.isNext(committed)) onTellGathered();
    gathering.add(committed);
    var wait = gathering.nanosToWait(subscribers.size(), System.nanoTime());
    if (wait == 0) return onTellGathered();
    if (!timers.isTimerActive(new RoomRelay.TellGathered()))
      timers.startSingleTimer(new RoomRelay.TellGathered(), Duration.ofNanos(wait));
    return this;
  }

  private Behavior<RoomRelay.Command> onTellGathered() {
    if (gathering.isEmpty()) return this;
    var next = follower.next(gathering.take(System.nanoTime()));
    publish(next);
    if (next.isEmpty()) readMissed();
    return this;
  }

  private void readMissed() {
    follower
        .read()
        .ifPresent(after -> {
          rooms.metrics().relayCaughtUp();
          getContext()
              .pipeToSelf(
                  rooms.log().after(room, after, rooms.settings().pageEntries()),
                  (page, fault) ->
                      fault == null ? new RoomRelay.Missed(page) : new RoomRelay.MissedUnread());
        });
  }

  private Behavior<RoomRelay.Command> onMissed(RoomLog.Page page) {
    publish(follower.wasRead(page));
    // an empty page: the database does not have the room's latest entries yet; a retry reads again
    if (!page.entries().isEmpty()) readMissed();
    return this;
  }

  private Behavior<RoomRelay.Command> onMissedUnread() {
    follower.readFailed();
    return this;
  }

  private void publish(List<Entry> entries) {
    for (var portion : Removals.portions(entries)) {
      subscribers.publish(portion);
      portion.forEach(this::consequences);
      portion.forEach(entry -> parts.each(part -> part.published(entry)));
    }
  }

  private void consequences(Entry entry) {
    switch (entry) {
      case Entry.Joined it -> tellAll(new RoomRelay.Arrived(room, it.by()));
      case Entry.Left it -> depart(it.by(), it.seq(), Code.NOT_A_MEMBER);
      case Entry.Kicked it -> depart(it.user(), it.seq(), Code.KICKED);
      case Entry.Banned it -> depart(it.user(), it.seq(), Code.BANNED);
      case Entry.Deleted _ -> onNoRoom();
      case Entry.Redacted it ->
          buffer.redact(it.target(), new Entry.Redaction(it.seq(), it.at(), it.by()));
      case Entry.Truncated it -> buffer.truncate(it.first());
      case Entry ignored -> {}
    }
  }

  private void depart(String user, long seq, Code code) {
    dismiss(user, seq, code);
    parts.each(part -> part.departed(user));
    tellAll(new RoomRelay.Departed(room, user));
  }

  private void tellAll(ToSession word) {
    subscribers.all().forEach(session -> session.tell(word));
  }

  // for the parts

  @Override
  public String room() {
    return room;
  }

  @Override
  public ActorRef<Room.ToRelay> self() {
    return self;
  }

  @Override
  public TimerScheduler<RoomRelay.Command> timers() {
    return timers;
  }

  @Override
  public Clock clock() {
    return rooms.clock();
  }

  @Override
  public void tellRoom(Room.Command command) {
    attachment.tell(command);
  }

  @Override
  public Optional<ActorRef<Room.Command>> attachedRoom() {
    return attachment.room();
  }

  @Override
  public Collection<ActorRef<ToSession>> sessions() {
    return subscribers.all();
  }

  @Override
  public boolean hasSession(ActorRef<ToSession> session) {
    return subscribers.has(session);
  }

  @Override
  public long lastSeq() {
    return buffer.last();
  }

  // stopping

  private void lingerIfEmpty() {
    // keeps the buffer for clients that reconnect soon
    if (isEmpty() && !timers.isTimerActive(new RoomRelay.Linger()))
      timers.startSingleTimer(new RoomRelay.Linger(), rooms.settings().lease());
  }

  private Behavior<RoomRelay.Command> onLinger() {
    if (isEmpty()) leave();
    return this;
  }

  private boolean isEmpty() {
    return subscribers.isEmpty() && openings.isEmpty();
  }

  private void leave() {
    relays.tell(new Relays.Leaving(room, getContext().getSelf(), opens));
  }

  /// Passes sessions that still wait for an answer to the next relay. Sessions that were answered
  /// watch this relay, and open the room again.
  private Behavior<RoomRelay.Command> onStop() {
    for (var open : openings.all()) relays.tell(new Relays.Open(room, open));
    for (var post : outgoing.all()) answer(post, new Post.Refused(Code.UNAVAILABLE));
    return Behaviors.stopped();
  }
}
