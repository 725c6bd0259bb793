package kith.node.core.session;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.account.Account;
import kith.node.core.account.PageCollector;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Rooms;
import kith.node.core.session.Session.Command;
import kith.node.platform.config.Intervals;
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
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A session after its `hello`: checks the client's frames and passes them to the relays of rooms,
/// and passes the relays' entries to the client as fast as the socket takes them. The parts of
/// features do everything else.
final class OpenSession extends AbstractMatchingBehavior<Command> {
  private final TimerScheduler<Command> timers;
  private final SessionContext services;
  private final Outbound outbound;
  private final SessionHost host;
  private final SessionParts parts;
  private final OpenRooms rooms;
  private final SessionPosts posts;
  private final SessionHistory history;
  private final PageCollector<Account.Attached> pages = new PageCollector<>();

  /// The time until the session attaches again, unless it is complete before.
  private Duration retry = Intervals.RETRY;

  static Behavior<Command> create(
      SessionHost host, Account.Attached attached, ClientFrame.Hello hello) {
    host.parts().create(host, hello);
    var session = new OpenSession(host);
    session.begin(attached, hello);
    return session;
  }

  private OpenSession(SessionHost host) {
    super(host.context());
    this.host = host;
    this.timers = host.timers();
    this.services = host.services();
    this.outbound = host.outbound();
    this.parts = host.parts();
    this.rooms = host.rooms();
    this.posts = new SessionPosts(host);
    this.history = new SessionHistory(host);
  }

  private void begin(Account.Attached attached, ClientFrame.Hello hello) {
    getContext().watchWith(attached.account(), new Session.AccountLost());
    getContext().getLog().debug("session open user={} device={}", host.user(), host.device());
    outbound.send(
        new ServerFrame.Welcome(
            host.user(),
            host.device(),
            getContext().getSelf().path().name(),
            services.node(),
            services.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            services.limits(),
            attached.shownRooms().stream().filter(host::covers).toList(),
            Optional.of(services.features().names())));
    host.begin(attached);
    attachUntilComplete();
    hello.resume().forEach((room, after) -> onOpen(room, OptionalLong.of(after)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Session.FromSocket(SocketEvent.Received(var text)) -> onText(text.toArrayUnsafe());
      case Session.FromSocket(SocketEvent.Drained _) -> onDrained();
      case Session.FromSocket(var event) -> Session.end(outbound, event);
      case Session.FromRelay(var message) -> onRelay(message);
      case Session.RelayEnded(var room, var relay) -> onRelayEnded(room, relay);
      case Session.LogRead(var from, var page) -> then(() -> rooms.logRead(from, page));
      case Session.HistoryRead(var asked, var page) -> then(() -> history.read(asked, page));
      case Session.PositionChecked(var chunk, var exists) ->
          then(() -> rooms.positionChecked(chunk, exists));
      case Session.ReadAgain(var room, var number) -> then(() -> rooms.readAgain(room, number));
      case Session.FromAccount(var reply) -> onAccount(reply);
      case Session.AccountLost _ -> onAccountLost();
      case Session.AttachAgain _ -> then(this::attach);
      case Session.DeviceOver(var ended) ->
          Session.close(outbound, Closing.deviceEnded(ended.code(), ended.message()));
      case Session.Dismissed(var code) ->
          Session.close(outbound, new Closing(Closing.TRY_AGAIN_LATER, code, code.sentence()));
      case Session.PartCommand ofPart -> then(() -> parts.on(ofPart));
      case Session.FilesFound found -> then(() -> posts.found(found));
      case Session.Shared(var ofAccount) -> then(() -> posts.share(ofAccount));
      case Session.GoAway(var after) -> Session.goAway(outbound, after);
      case Session.Connected _, Session.HelloOverdue _ -> this;
    };
  }

  private Behavior<Command> then(Runnable action) {
    action.run();
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (!(signal instanceof PostStop)) return Behaviors.unhandled();
    parts.each(SessionPart::ends);
    return this;
  }

  // frames

  private Behavior<Command> onText(byte[] text) {
    services.metrics().received(text.length);
    try {
      var frame = Json.clientFrame(text, 0, text.length);
      parts.each(part -> part.received(frame));
      var isHandled = onFrame(frame);
      if (isHandled) outbound.handled();
    } catch (Malformed malformed) {
      outbound.malformed(malformed);
      outbound.handled();
    }
    return this;
  }

  /// False if the frame counts as handled only later, after an answer.
  private boolean onFrame(ClientFrame frame) {
    if (!host.mayWrite() && isWriting(frame)) {
      refuse(frame);
      return true;
    }
    switch (frame) {
      case ClientFrame.Hello _ ->
          outbound.problem(Code.HELLO_REPEATED, "This socket has already sent 'hello'.");
      case ClientFrame.Ping ping -> onPing(ping);
      case ClientFrame.Open(var room, var after) -> onOpen(room, after);
      case ClientFrame.Close(var room) -> onClose(room);
      case ClientFrame.OfFeature ofPart -> parts.on(ofPart);
      case ClientFrame.Post post -> {
        return posts.on(post);
      }
      case ClientFrame.History asked -> {
        return history.on(asked);
      }
    }
    return true;
  }

  private static boolean isWriting(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Post _ -> true;
      case ClientFrame.Watch _, ClientFrame.Receipts _ -> false;
      case ClientFrame.OfFeature _ -> true;
      case ClientFrame ignored -> false;
    };
  }

  private void refuse(ClientFrame frame) {
    var why = "The token of this bot permits reading only.";
    if (frame instanceof ClientFrame.Post post)
      outbound.problem(Code.BOT_NOT_ALLOWED, why, post.id(), post.room());
    else outbound.problem(Code.BOT_NOT_ALLOWED, why);
  }

  private void onPing(ClientFrame.Ping ping) {
    if (ping.id().isPresent() && !FrameRules.isId(ping.id().get()))
      outbound.problem(Code.BAD_FIELD, FrameRules.BAD_ID);
    else outbound.send(new ServerFrame.Pong(ping.id()));
  }

  private void onOpen(String room, OptionalLong after) {
    if (!host.isWithinRate(Optional.of(room))) return;
    if (!host.covers(room))
      outbound.roomProblem(
          Code.BOT_NOT_ALLOWED,
          "The token of this bot is not for this room.",
          room,
          OptionalLong.empty());
    else if (!Rooms.isId(room))
      outbound.roomProblem(Code.UNKNOWN_ROOM, "There is no such room.", room, OptionalLong.empty());
    else if (after.orElse(0) < 0)
      outbound.roomProblem(
          Code.BAD_FIELD, "The field 'after' must not be negative.", room, OptionalLong.empty());
    else rooms.open(room, after.orElse(-1));
  }

  private void onClose(String room) {
    posts.refuse(room, rooms.close(room), Code.ROOM_NOT_OPEN);
    left(room);
  }

  private void left(String room) {
    parts.each(part -> part.left(room));
  }

  private Behavior<Command> onDrained() {
    outbound.drained();
    rooms.readOn();
    parts.each(SessionPart::drained);
    return this;
  }

  // relays

  private Behavior<Command> onRelay(RoomRelay.ToSession message) {
    switch (message) {
      case RoomRelay.Published published -> rooms.published(published);
      case RoomRelay.Answered answered -> posts.on(answered);
      case RoomRelay.Opened opened -> {
        rooms.opened(opened);
        parts.each(part -> part.opened(opened.room()));
      }
      case RoomRelay.NotOpened(var room, var code) -> {
        posts.refuse(room, rooms.notOpened(room, code), code);
        // a late answer to an `open` before the last `close` does not concern a room opened since
        if (!rooms.isOpen(room)) left(room);
      }
      case RoomRelay.Chunk chunk -> rooms.chunk(chunk);
      case RoomRelay.OnlyInLog from -> rooms.readLog(from);
      case RoomRelay.Closed(var room, var code) -> {
        rooms.dismissed(room, code);
        left(room);
      }
      case RoomRelay.Arrived(var room, var user) -> parts.each(part -> part.arrived(room, user));
      case RoomRelay.Departed(var room, var user) -> parts.each(part -> part.departed(room, user));
      case RoomRelay.PartWord word -> parts.each(part -> part.fromRelay(word));
    }
    return this;
  }

  private Behavior<Command> onRelayEnded(String room, ActorRef<RoomRelay.Command> relay) {
    posts.lost(room);
    rooms.relayEnded(room, relay);
    return this;
  }

  // the account

  private Behavior<Command> onAccount(Account.AttachReply reply) {
    return switch (reply) {
      case Account.AttachRefused(var code) -> Session.close(outbound, Session.refusal(code));
      case Account.Attached page ->
          then(() ->
              pages.add(page.page(), page).map(Account.Attached::of).ifPresent(this::attached));
      case Account.PolicyChanged(var now) -> then(() -> host.policyIs(now));
      case Account.PartWord word -> then(() -> onWord(word));
    };
  }

  private void onWord(Account.PartWord word) {
    parts.each(part -> part.fromAccount(word));
    if (parts.areComplete()) timers.cancel(new Session.AttachAgain());
  }

  private void attached(Account.Attached attached) {
    timers.cancel(new Session.AttachAgain());
    getContext().unwatch(host.account());
    getContext().watchWith(attached.account(), new Session.AccountLost());
    host.attached(attached);
    attachUntilComplete();
  }

  /// The account's actor has ended. Asks until the account answers, possibly from another node.
  private Behavior<Command> onAccountLost() {
    retry = Intervals.RETRY;
    attach();
    return this;
  }

  private void attach() {
    Session.attach(services, getContext(), host.caller(), host.isLive());
    attachLater();
  }

  /// Messages that follow the answer may be lost, or may be late while the database is slow.
  private void attachUntilComplete() {
    if (parts.areComplete()) retry = Intervals.RETRY;
    else attachLater();
  }

  private void attachLater() {
    timers.startSingleTimer(new Session.AttachAgain(), retry);
    retry = Intervals.doubled(retry, Intervals.RAREST_ATTACH);
  }
}
