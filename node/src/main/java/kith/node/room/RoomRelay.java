package kith.node.room;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kith.node.CborSerializable;
import kith.node.config.NodeSettings;
import kith.node.room.Post.Verdict;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;

/// A room's outpost on one node, alive while somebody there has the room open: gathers what they
/// post into batches, and hands each commit to all of them, encoded once.
///
/// Its attachment to the room is a lease, renewed every few tens of seconds and at once when the
/// room dies, so that the room may move without anybody here noticing more than a moment's delay.
public final class RoomRelay extends AbstractMatchingBehavior<RoomRelay.Command> {

  public sealed interface Command {}

  /// How far a relay's arm goes: to the room, wherever it lives, and to its log.
  interface Reach {
    void tell(String room, Room.Command command);

    NodeSettings.Rooms settings();

    Clock clock();

    RoomLog log();
  }

  /// A session opens the room: from `after` on, or from now on.
  public record Open(String user, OptionalLong after, ActorRef<ToSession> session)
      implements Command {}

  public record Close(ActorRef<ToSession> session) implements Command {}

  /// A session that fell behind, or has just opened the room, reads on after `after`. The answer
  /// has the same `number`: only the answer to its last question tells a session where it stands.
  public record Read(long after, long number, ActorRef<ToSession> session) implements Command {}

  public record Submit(Post post, ActorRef<ToSession> session) implements Command {}

  record Stop() implements Command {}

  private record SessionEnded(ActorRef<ToSession> session) implements Command {}

  private record RoomEnded(ActorRef<Room.Command> room) implements Command {}

  private record RenewLease() implements Command {}

  private record Retry() implements Command {}

  private record Linger() implements Command {}

  private record Missed(RoomLog.Page page) implements Command {}

  private record MissedUnread() implements Command {}

  /// What the room says, from whatever node it lives on.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Attached.class, name = "attached"),
    @JsonSubTypes.Type(value = NoRoom.class, name = "no-room"),
    @JsonSubTypes.Type(value = Admission.class, name = "admission"),
    @JsonSubTypes.Type(value = Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = BatchDone.class, name = "batch-done"),
  })
  public sealed interface FromRoom extends Command, CborSerializable {}

  public record Attached(ActorRef<Room.Command> room, long lastSeq) implements FromRoom {}

  public record NoRoom() implements FromRoom {}

  public record Admission(String user, Optional<Code> refusal) implements FromRoom {}

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

  /// What sessions on this node are told. Stays on this node.
  public sealed interface ToSession {
    String room();
  }

  public record Opened(String room, ActorRef<Command> relay, long last) implements ToSession {}

  public record NotOpened(String room, Code code) implements ToSession {}

  /// Entries from `first` to `last`, as the bytes of one frame that all sessions share.
  public record Published(String room, long first, long last, ByteString frame)
      implements ToSession {}

  /// The answer to `Read`: a chunk, or `frame` empty if there is nothing after what was asked. From
  /// `isLive` on, all that is published comes by itself.
  public record Chunk(
      String room, long number, long first, long last, ByteString frame, boolean isLive)
      implements ToSession {}

  /// The answer to `Read` when it is not in the buffer any more: it has to be read from the log,
  /// but only to `last`. What comes after may be for members that the reader is no longer one of.
  public record OnlyInLog(String room, long number, long after, long last) implements ToSession {}

  public record Answered(String room, String id, Verdict verdict) implements ToSession {}

  public record Closed(String room, Code code) implements ToSession {}

  private static final class Listener {
    final String user;
    boolean isLive;

    Listener(String user) {
      this.user = user;
    }
  }

  private record Opening(Open open, Instant deadline) {}

  private final String room;
  private final Reach rooms;
  private final ActorRef<Relays.Command> relays;
  private final TimerScheduler<Command> timers;
  private final Outgoing outgoing;
  private final RelayBuffer buffer;

  private final Map<ActorRef<ToSession>, Listener> listeners = new HashMap<>();
  private final Map<String, List<Opening>> awaitingAdmission = new HashMap<>();

  private Optional<ActorRef<Room.Command>> attachedTo = Optional.empty();
  private boolean hasAttachedOnce;
  private boolean isReadingMissed;
  private long latestKnown;
  private long opens;

  static Behavior<Command> create(String room, Reach rooms, ActorRef<Relays.Command> relays) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var relay = new RoomRelay(context, timers, room, rooms, relays);
          relay.attach();
          return relay;
        }));
  }

  private RoomRelay(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String room,
      Reach rooms,
      ActorRef<Relays.Command> relays) {
    super(context);
    this.room = room;
    this.rooms = rooms;
    this.relays = relays;
    this.timers = timers;
    var settings = rooms.settings();
    this.outgoing = new Outgoing(settings.batchEntries(), settings.batchBytes());
    this.buffer = new RelayBuffer(room, 0, settings.relayEntries(), settings.relayBytes());
    timers.startTimerWithFixedDelay(new RenewLease(), settings.lease());
    timers.startTimerWithFixedDelay(new Retry(), settings.postRetry());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Open open -> onOpen(open);
      case Close close -> onGone(close.session());
      case Read read -> onRead(read);
      case Submit submit -> onSubmit(submit);
      case Attached attached -> onAttached(attached);
      case NoRoom _ -> onNoRoom();
      case Admission admission -> onAdmission(admission);
      case Committed committed -> onCommitted(committed);
      case BatchDone done -> onBatchDone(done);
      case Missed missed -> onMissed(missed.page());
      case MissedUnread _ -> onMissedUnread();
      case RoomEnded ended -> onRoomEnded(ended);
      case RenewLease _ -> onRenewLease();
      case Retry _ -> onRetry();
      case SessionEnded ended -> onGone(ended.session());
      case Linger _ -> onLinger();
      case Stop _ -> onStop();
    };
  }

  private void attach() {
    rooms.tell(room, new Room.Attach(getContext().getSelf().narrow()));
  }

  private Behavior<Command> onOpen(Open open) {
    opens++;
    forget(opening -> opening.open().session().equals(open.session()));
    var waiting = awaitingAdmission.computeIfAbsent(open.user(), _ -> new ArrayList<>());
    waiting.add(new Opening(open, deadline()));
    getContext().watchWith(open.session(), new SessionEnded(open.session()));
    timers.cancel(new Linger());
    if (waiting.size() == 1 && attachedTo.isPresent()) askAdmission(open.user());
    return this;
  }

  private Instant deadline() {
    return rooms.clock().instant().plus(rooms.settings().postDeadline());
  }

  private void askAdmission(String user) {
    rooms.tell(room, new Room.Admit(user, getContext().getSelf().narrow()));
  }

  private Behavior<Command> onAdmission(Admission admission) {
    var openings = awaitingAdmission.remove(admission.user());
    if (openings == null) return this;
    for (var opening : openings) {
      if (admission.refusal().isPresent()) refuse(opening.open(), admission.refusal().get());
      else {
        // a session that closed and opened again in one breath may be here already, and live
        listeners.putIfAbsent(opening.open().session(), new Listener(admission.user()));
        opening.open().session().tell(new Opened(room, getContext().getSelf(), buffer.last()));
      }
    }
    lingerIfEmpty();
    return this;
  }

  private void refuse(Open open, Code code) {
    if (!listeners.containsKey(open.session())) getContext().unwatch(open.session());
    open.session().tell(new NotOpened(room, code));
  }

  private Behavior<Command> onGone(ActorRef<ToSession> session) {
    getContext().unwatch(session);
    listeners.remove(session);
    forget(opening -> opening.open().session().equals(session));
    lingerIfEmpty();
    return this;
  }

  private void forget(Predicate<Opening> which) {
    awaitingAdmission.values().forEach(openings -> openings.removeIf(which));
    awaitingAdmission.values().removeIf(List::isEmpty);
  }

  private Behavior<Command> onRead(Read read) {
    var listener = listeners.get(read.session());
    if (listener == null) read.session().tell(new Closed(room, Code.NOT_A_MEMBER));
    else if (read.after() >= buffer.last()) {
      listener.isLive = true;
      read.session().tell(nothingAfter(read));
    } else {
      var found = buffer.following(read.after());
      listener.isLive = found.isPresent() && found.get().last() == buffer.last();
      read.session().tell(found.map(chunk -> chunk(read, chunk)).orElse(onlyInLog(read)));
    }
    return this;
  }

  private ToSession nothingAfter(Read read) {
    var nothing = ByteString.emptyByteString();
    return new Chunk(room, read.number(), read.after() + 1, buffer.last(), nothing, true);
  }

  private ToSession chunk(Read read, RelayBuffer.Chunk found) {
    var isLive = found.last() == buffer.last();
    return new Chunk(room, read.number(), found.first(), found.last(), found.frame(), isLive);
  }

  private ToSession onlyInLog(Read read) {
    return new OnlyInLog(room, read.number(), read.after(), buffer.last());
  }

  private Behavior<Command> onSubmit(Submit submit) {
    if (!listeners.containsKey(submit.session()))
      answer(submit, new Post.Refused(Code.ROOM_NOT_OPEN));
    else if (!outgoing.add(submit, deadline())) answer(submit, new Post.Refused(Code.RATE_LIMITED));
    else flush();
    return this;
  }

  private void flush() {
    if (attachedTo.isEmpty()) return;
    outgoing.next().ifPresent(this::send);
  }

  private void send(Outgoing.Batch batch) {
    rooms.tell(
        room, new Room.Batch(batch.number(), batch.posts(), getContext().getSelf().narrow()));
  }

  private Behavior<Command> onBatchDone(BatchDone done) {
    var batch = outgoing.done(done.number());
    for (var i = 0; i < batch.size(); i++) answer(batch.get(i), done.verdicts().get(i));
    flush();
    return this;
  }

  private void answer(Submit submit, Verdict verdict) {
    submit.session().tell(new Answered(room, submit.post().id(), verdict));
  }

  /// What was not answered is asked again under its own ids; what waited too long is given back to
  /// its sender.
  private Behavior<Command> onRetry() {
    if (attachedTo.isEmpty()) attach();
    readMissed();
    for (var late : outgoing.expired(rooms.clock().instant()))
      answer(late, new Post.Refused(Code.UNAVAILABLE));
    outgoing.unanswered().ifPresent(this::send);
    flush();
    retryOpenings();
    return this;
  }

  private void retryOpenings() {
    var now = rooms.clock().instant();
    Predicate<Opening> isLate = opening -> !opening.deadline().isAfter(now);
    awaitingAdmission.values().stream()
        .flatMap(List::stream)
        .filter(isLate)
        .forEach(late -> refuse(late.open(), Code.UNAVAILABLE));
    forget(isLate);
    if (attachedTo.isPresent()) awaitingAdmission.keySet().forEach(this::askAdmission);
    lingerIfEmpty();
  }

  private Behavior<Command> onAttached(Attached attached) {
    if (!attachedTo.equals(Optional.of(attached.room()))) {
      attachedTo.ifPresent(getContext()::unwatch);
      getContext().watchWith(attached.room(), new RoomEnded(attached.room()));
      attachedTo = Optional.of(attached.room());
      awaitingAdmission.keySet().forEach(this::askAdmission);
      // the room before may have died with it
      outgoing.unanswered().ifPresent(this::send);
    }
    if (!hasAttachedOnce) {
      hasAttachedOnce = true;
      buffer.restart(attached.lastSeq());
    }
    latestKnown = Math.max(latestKnown, attached.lastSeq());
    readMissed();
    flush();
    return this;
  }

  private Behavior<Command> onRoomEnded(RoomEnded ended) {
    if (!attachedTo.equals(Optional.of(ended.room()))) return this;
    attachedTo = Optional.empty();
    // nobody here needs the room: asking for it would only hold up a node that shuts down
    if (isEmpty()) leave();
    else attach();
    return this;
  }

  /// There never was such a room, or it is gone.
  private Behavior<Command> onNoRoom() {
    for (var user : List.copyOf(awaitingAdmission.keySet()))
      onAdmission(new Admission(user, Optional.of(Code.UNKNOWN_ROOM)));
    for (var session : List.copyOf(listeners.keySet())) dismiss(session, Code.ROOM_DELETED);
    // nothing to come back to: ids that mean nothing must not leave relays behind
    leave();
    return this;
  }

  private Behavior<Command> onCommitted(Committed committed) {
    latestKnown = Math.max(latestKnown, committed.last());
    if (!hasAttachedOnce || committed.last() <= buffer.last()) return this;
    if (committed.first() > buffer.last() + 1 || isReadingMissed) {
      readMissed();
      return this;
    }
    var entries = new ArrayList<Entry>();
    for (var seq = buffer.last() + 1; seq <= committed.last(); seq++)
      entries.add(Entries.of(seq, committed.events().get((int) (seq - committed.first()))));
    publish(entries);
    return this;
  }

  private void readMissed() {
    if (isReadingMissed || latestKnown <= buffer.last()) return;
    isReadingMissed = true;
    getContext()
        .pipeToSelf(
            rooms.log().after(room, buffer.last(), rooms.settings().pageEntries()),
            (page, fault) -> fault == null ? new Missed(page) : new MissedUnread());
  }

  private Behavior<Command> onMissed(RoomLog.Page page) {
    isReadingMissed = false;
    if (page.gapFrom().isPresent() && !page.entries().isEmpty())
      buffer.restart(page.entries().getFirst().seq() - 1);
    publish(page.entries());
    // an empty page means that the database is behind what the room said: the next lease asks again
    if (!page.entries().isEmpty()) readMissed();
    return this;
  }

  private Behavior<Command> onMissedUnread() {
    isReadingMissed = false;
    return this;
  }

  private Behavior<Command> onRenewLease() {
    attach();
    return this;
  }

  /// Whoever has to go gets nothing of what comes after, so a chunk ends where somebody goes.
  private void publish(List<Entry> entries) {
    var first = 0;
    for (var i = 0; i < entries.size(); i++) {
      var isLast = i == entries.size() - 1;
      if (isLast || sendsAway(entries.get(i))) {
        publishTogether(entries.subList(first, i + 1));
        first = i + 1;
      }
    }
  }

  private static boolean sendsAway(Entry entry) {
    return entry instanceof Entry.Left
        || entry instanceof Entry.Kicked
        || entry instanceof Entry.Banned
        || entry instanceof Entry.Deleted;
  }

  private void publishTogether(List<Entry> entries) {
    for (var chunk : buffer.add(entries)) {
      var published = new Published(room, chunk.first(), chunk.last(), chunk.frame());
      listeners.forEach((session, listener) -> {
        if (listener.isLive) session.tell(published);
      });
    }
    entries.forEach(this::consequences);
  }

  private void consequences(Entry entry) {
    switch (entry) {
      case Entry.Left it -> dismiss(it.by(), Code.NOT_A_MEMBER);
      case Entry.Kicked it -> dismiss(it.user(), Code.KICKED);
      case Entry.Banned it -> dismiss(it.user(), Code.BANNED);
      case Entry.Deleted _ -> onNoRoom();
      case Entry.Redacted it ->
          buffer.redact(it.target(), new Entry.Redaction(it.seq(), it.at(), it.by()));
      case Entry ignored -> {}
    }
  }

  private void dismiss(String user, Code code) {
    var theirs = new ArrayList<ActorRef<ToSession>>();
    listeners.forEach((session, listener) -> {
      if (listener.user.equals(user)) theirs.add(session);
    });
    theirs.forEach(session -> dismiss(session, code));
  }

  private void dismiss(ActorRef<ToSession> session, Code code) {
    session.tell(new Closed(room, code));
    onGone(session);
  }

  private void lingerIfEmpty() {
    // a client that reconnects at once finds the buffer still warm
    if (isEmpty() && !timers.isTimerActive(new Linger()))
      timers.startSingleTimer(new Linger(), rooms.settings().lease());
  }

  private Behavior<Command> onLinger() {
    if (isEmpty()) leave();
    return this;
  }

  private boolean isEmpty() {
    return listeners.isEmpty() && awaitingAdmission.isEmpty();
  }

  private void leave() {
    relays.tell(new Relays.Leaving(room, getContext().getSelf(), opens));
  }

  /// Who came while this relay was on its way out goes to the next one. Sessions that it had
  /// answered watch it, and open the room again.
  private Behavior<Command> onStop() {
    awaitingAdmission.values().stream()
        .flatMap(List::stream)
        .forEach(opening -> relays.tell(new Relays.Open(room, opening.open())));
    for (var post : outgoing.all()) answer(post, new Post.Refused(Code.UNAVAILABLE));
    return Behaviors.stopped();
  }
}
