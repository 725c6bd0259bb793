package kith.node.core.session;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.RoomLog;
import kith.node.core.room.Rooms;
import kith.node.core.session.Session.Command;
import kith.node.feature.contacts.SessionContacts;
import kith.node.feature.inbox.SessionInbox;
import kith.node.feature.presence.AccountStatus;
import kith.node.feature.presence.PresenceFrames;
import kith.node.feature.receipts.SessionReceipts;
import kith.node.gateway.socket.SocketEvent;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A session that has said hello: checks what its client says and passes it to the rooms' relays,
/// and passes on what those say, as fast as the socket takes it.
final class OpenSession extends AbstractMatchingBehavior<Command> {
  private static final Duration ATTACH_AGAIN = Duration.ofSeconds(1);

  private final TimerScheduler<Command> timers;
  private final SessionContext world;
  private final Outbound outbound;
  private final Access caller;
  private final OpenRooms rooms;
  private final SessionInbox inbox;
  private final PresenceFrames presence;
  private final SessionContacts contacts;
  private final SessionReceipts receipts;
  private final SessionPosts posts;
  private final SessionHistory history;
  private final RateLimit rate;
  private ActorRef<Account.Command> account;
  private Relations circle;

  static Behavior<Command> create(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionContext world,
      Outbound outbound,
      Access caller,
      Account.Attached attached,
      ClientFrame.Hello hello) {
    var session = new OpenSession(context, timers, world, outbound, caller, attached, hello);
    session.welcome(attached);
    session.inbox.follow();
    session.contacts.follow(session.account);
    session.presence.begin();
    hello.resume().forEach((room, after) -> session.onOpen(room, OptionalLong.of(after)));
    return session;
  }

  private OpenSession(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionContext world,
      Outbound outbound,
      Access caller,
      Account.Attached attached,
      ClientFrame.Hello hello) {
    super(context);
    this.timers = timers;
    this.world = world;
    this.outbound = outbound;
    this.caller = caller;
    this.account = attached.account();
    this.circle = attached.circle().orElse(Relations.EMPTY);
    this.rooms = new OpenRooms(context, world, outbound, caller.user(), this::circle);
    this.inbox =
        new SessionInbox(
            context, timers, world, outbound, caller.user(), account, hello.inbox().orElse(false));
    this.contacts = new SessionContacts(context, outbound, hello.inbox().orElse(false));
    this.presence =
        new PresenceFrames(context, timers, world, outbound, caller.user(), rooms, attached);
    this.receipts =
        new SessionReceipts(
            timers,
            world,
            outbound,
            caller.user(),
            rooms,
            inbox,
            circle,
            presence::isInvisible,
            hello.inbox().orElse(false));
    inbox.onReads(receipts::read);
    var settings = world.settings();
    var now = world.nanoClock().getAsLong();
    this.rate = new RateLimit(settings.sendsPerSecond(), settings.sendBurst(), now);
    this.posts = new SessionPosts(world, outbound, caller.user(), rooms, inbox, rate);
    this.history = new SessionHistory(context, world, outbound, rooms, rate, this::circle);
    context.watchWith(account, new Session.AccountLost());
  }

  private void welcome(Account.Attached attached) {
    getContext().getLog().debug("session open user={} device={}", caller.user(), caller.device());
    outbound.say(
        new ServerFrame.Welcome(
            caller.user(),
            caller.device(),
            getContext().getSelf().path().name(),
            world.node(),
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
            world.limits(),
            attached.rooms()));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Session.FromSocket(SocketEvent.Received(var text)) -> onText(text.toArrayUnsafe());
      case Session.FromSocket(SocketEvent.Drained _) -> onDrained();
      case Session.FromSocket(var event) -> Session.end(outbound, event);
      case Session.FromRelay(var word) -> onRelay(word);
      case Session.RelayEnded(var room, var relay) -> onRelayEnded(room, relay);
      case Session.LogRead(var from, var page) -> onLogRead(from, page);
      case Session.HistoryRead(var asked, var page) -> then(() -> history.read(asked, page));
      case Session.PlaceChecked(var chunk, var mayExist) -> onPlaceChecked(chunk, mayExist);
      case Session.ReadAgain(var room, var number) -> onReadAgain(room, number);
      case Session.FromAccount(var reply) -> onAccount(reply);
      case Session.AccountLost _ -> onAttachAgain();
      case Session.AttachAgain _ -> onAttachAgain();
      case Session.DeviceOver(var ended) ->
          Session.close(outbound, Closing.deviceEnded(ended.code(), ended.message()));
      case Session.FromInbox(var word) -> then(() -> inbox.on(word));
      case Session.FollowAgain _ -> then(inbox::follow);
      case Session.FromNews(var word) -> then(() -> inbox.on(word));
      case Session.HeadlinesRead(var headlines) -> then(() -> inbox.onRead(headlines));
      case Session.LookAgain _ -> then(inbox::lookAgain);
      case Session.TellOwnPosts _ -> then(inbox::tellOwnPosts);
      case Session.FromContacts(var word) -> then(() -> contacts.on(word));
      case Session.OfPresence word -> then(() -> presence.on(word, account));
      case Session.TellDelivered _ -> then(receipts::tellDelivered);
      case Session.Shared(var shared) -> then(() -> posts.sharing(shared));
      case Session.GoAway(var after) -> Session.goAway(outbound, after);
      case Session.Connected _, Session.HelloOverdue _ -> this;
    };
  }

  private Behavior<Command> then(Runnable deed) {
    deed.run();
    return this;
  }

  /// What was posted last is read, also if the client is gone already.
  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (!(signal instanceof PostStop)) return Behaviors.unhandled();
    inbox.ends();
    return this;
  }

  private Behavior<Command> onText(byte[] text) {
    world.metrics().received(text.length);
    try {
      var frame = Json.clientFrame(text, 0, text.length);
      if (isOfAPerson(frame)) presence.isActive();
      var isAnswered = onFrame(frame);
      if (isAnswered) outbound.handled();
    } catch (Malformed malformed) {
      outbound.malformed(malformed);
      outbound.handled();
    }
    return this;
  }

  /// A client pings and looks at others by itself.
  private static boolean isOfAPerson(ClientFrame frame) {
    return !(frame instanceof ClientFrame.Ping || frame instanceof ClientFrame.Watch);
  }

  /// False if the frame counts as handled only later, when its answer is there.
  private boolean onFrame(ClientFrame frame) {
    switch (frame) {
      case ClientFrame.Hello _ ->
          outbound.problem(Code.HELLO_REPEATED, "This socket has said 'hello' already.");
      case ClientFrame.Ping ping -> onPing(ping);
      case ClientFrame.Open(var room, var after) -> onOpen(room, after);
      case ClientFrame.Close(var room) -> onClose(room);
      case ClientFrame.Read(var room, var seq) -> onPlace(room, seq, this::onRead);
      case ClientFrame.Delivered(var room, var seq) -> onPlace(room, seq, receipts::delivered);
      case ClientFrame.Receipts(var room, var seqs) -> onReceipts(room, seqs);
      case ClientFrame.Unread(var room, var seq) -> onPlace(room, seq, inbox::unread);
      case ClientFrame.Watch watch -> presence.on(watch, rate);
      case ClientFrame.ChangeStatus change -> presence.on(change, account);
      case ClientFrame.Typing typing -> presence.on(typing);
      case ClientFrame.Post post -> {
        return posts.on(post);
      }
      case ClientFrame.History asked -> {
        return history.on(asked);
      }
    }
    return true;
  }

  private void onPing(ClientFrame.Ping ping) {
    if (ping.id().isPresent() && !FrameRules.isId(ping.id().get()))
      outbound.problem(Code.BAD_FIELD, FrameRules.BAD_ID);
    else outbound.say(new ServerFrame.Pong(ping.id()));
  }

  private void onOpen(String room, OptionalLong after) {
    var wait = rate.take(world.nanoClock().getAsLong());
    if (wait > 0)
      outbound.roomProblem(Code.RATE_LIMITED, "Too much at once.", room, OptionalLong.of(wait));
    else if (!Rooms.isId(room))
      outbound.roomProblem(Code.UNKNOWN_ROOM, "There is no such room.", room, OptionalLong.empty());
    else if (after.orElse(0) < 0)
      outbound.roomProblem(
          Code.BAD_FIELD, "The field 'after' must not be negative.", room, OptionalLong.empty());
    else rooms.open(room, after.orElse(-1));
  }

  private void onClose(String room) {
    posts.refuse(room, rooms.close(room), Code.ROOM_NOT_OPEN);
    presence.left(room);
    receipts.closed(room);
  }

  private void onPlace(String room, long seq, BiConsumer<String, Long> tell) {
    var wait = rate.take(world.nanoClock().getAsLong());
    if (wait > 0)
      outbound.roomProblem(Code.RATE_LIMITED, "Too much at once.", room, OptionalLong.of(wait));
    else if (seq < 1 || !Rooms.isId(room))
      outbound.roomProblem(
          Code.BAD_FIELD, "The field 'seq' must be positive.", room, OptionalLong.empty());
    else tell.accept(room, seq);
  }

  private void onRead(String room, long seq) {
    inbox.read(room, seq);
    receipts.read(room, seq);
  }

  private void onReceipts(String room, List<Long> seqs) {
    if (seqs.size() > SessionReceipts.MOST_ASKED || seqs.stream().anyMatch(seq -> seq < 1))
      outbound.roomProblem(
          Code.BAD_FIELD,
          "The field 'seqs' must have at most " + SessionReceipts.MOST_ASKED + " positive numbers.",
          room,
          OptionalLong.empty());
    else onPlace(room, 1, (_, _) -> receipts.asked(room, seqs));
  }

  private Behavior<Command> onDrained() {
    outbound.drained();
    rooms.readOn();
    inbox.tell();
    presence.tell();
    contacts.tell();
    receipts.tell();
    return this;
  }

  private Behavior<Command> onRelay(RoomRelay.ToSession word) {
    switch (word) {
      case RoomRelay.Published published -> rooms.published(published);
      case RoomRelay.Answered answered -> posts.on(answered);
      case RoomRelay.Opened opened -> {
        rooms.opened(opened);
        receipts.opened(opened.room());
      }
      case RoomRelay.Received received -> receipts.on(received);
      case RoomRelay.Counted counted -> receipts.on(counted);
      case RoomRelay.NotOpened(var room, var code) -> {
        posts.refuse(room, rooms.notOpened(room, code), code);
        presence.left(room);
      }
      case RoomRelay.Chunk chunk -> rooms.chunk(chunk);
      case RoomRelay.OnlyInLog from -> rooms.readLog(from);
      case RoomRelay.Closed(var room, var code) -> {
        rooms.dismissed(room, code);
        presence.left(room);
        receipts.closed(room);
      }
      case RoomRelay.Typing typing -> presence.on(typing);
      case RoomRelay.Arrived(var room, var user) -> presence.arrived(room, user);
      case RoomRelay.Departed(var room, var user) -> presence.departed(room, user);
    }
    return this;
  }

  private Behavior<Command> onRelayEnded(String room, ActorRef<RoomRelay.Command> relay) {
    posts.lost(room);
    rooms.relayEnded(room, relay);
    return this;
  }

  private Behavior<Command> onLogRead(RoomRelay.OnlyInLog from, Optional<RoomLog.Page> page) {
    rooms.logRead(from, page);
    return this;
  }

  private Behavior<Command> onPlaceChecked(RoomRelay.Chunk chunk, boolean mayExist) {
    rooms.placeChecked(chunk, mayExist);
    return this;
  }

  private Behavior<Command> onReadAgain(String room, long number) {
    rooms.readAgain(room, number);
    return this;
  }

  private Behavior<Command> onAccount(Account.AttachReply reply) {
    return switch (reply) {
      case Account.AttachRefused(var code) -> Session.close(outbound, Session.refusal(code));
      case Account.Attached attached -> {
        timers.cancel(new Session.AttachAgain());
        getContext().unwatch(account);
        account = attached.account();
        getContext().watchWith(account, new Session.AccountLost());
        inbox.accountIs(account);
        contacts.follow(account);
        attached.circle().ifPresent(this::circleIs);
        attached.words().forEach(this::onPart);
        yield this;
      }
      case Account.CircleChanged(var now) -> then(() -> circleIs(now));
      case Account.PartWord word -> then(() -> onPart(word));
    };
  }

  private void onPart(Account.PartWord word) {
    if (word instanceof AccountStatus.Chosen(var status)) presence.chosen(status);
  }

  Relations circle() {
    return circle;
  }

  private void circleIs(Relations now) {
    circle = now;
    receipts.circleIs(now);
    inbox.circleIs(now);
    presence.circleIs(now);
  }

  /// The account moves, or its node died: it is asked again until it answers, wherever it is then.
  private Behavior<Command> onAttachAgain() {
    timers.startSingleTimer(new Session.AttachAgain(), ATTACH_AGAIN);
    Session.attach(world, getContext(), caller);
    return this;
  }
}
