package kith.terminal.net;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// The session's reaction to each input, as a pure function.
public final class SessionUpdate {
  /// After a connection of this length, the next failure counts as the first.
  private static final long STABLE_MILLIS = 10_000;

  /// `Wake` does not shorten waits below this.
  private static final long LONG_WAIT_MILLIS = 2_000;

  /// The least time between two attempts that keys of the user cause.
  private static final long BETWEEN_WAKES_MILLIS = 5_000;

  /// The least time between two attempts that the user asks for.
  private static final long BETWEEN_RECONNECTS_MILLIS = 1_000;

  /// Codes after which a retry is useless.
  private static final Set<String> FATAL =
      Set.of(
          Code.BINARY_NOT_SUPPORTED.wire(),
          Code.HELLO_EXPECTED.wire(),
          Code.ORIGIN_NOT_ALLOWED.wire(),
          Code.DEVICE_ENDED.wire(),
          Code.SIGN_IN_AGAIN.wire());

  private SessionUpdate() {}

  public static SessionStep update(SessionModel model, SessionInput input, SessionMoment moment) {
    var step = new SessionStepBuilder(model, moment);
    if (model.phase() instanceof SessionPhase.Ended) return step.build();
    apply(step, input);
    if (step.phase instanceof SessionPhase.Live live) {
      OpenRooms.request(step);
      Posts.send(step, live.welcome());
      ReadPositions.send(step);
      ReadPositions.sendDelivered(step);
      Presence.watch(step);
    }
    return step.build();
  }

  private static void apply(SessionStepBuilder step, SessionInput input) {
    switch (input) {
      case SessionInput.Start() -> {
        if (step.phase instanceof SessionPhase.Idle) step.authenticate();
      }
      case SessionCommand command -> apply(step, command);
      case SessionInput.Stop() -> stop(step);
      case SessionInput.Stored(var post) -> Posts.stored(step, post);
      case SessionInput.NotStored(var post, var reason) -> Posts.notStored(step, post, reason);
      case SessionInput.TokenGiven(var token) -> {
        if (step.phase instanceof SessionPhase.Authenticating) step.dial(token);
      }
      case SessionInput.TokenRefused(var code, var message) -> step.end(code, message);
      case SessionInput.TokenUnreachable(var reason) -> {
        if (step.phase instanceof SessionPhase.Authenticating) retry(step, reason);
      }
      case SessionInput.Connected(var socket) -> connected(step, socket);
      case SessionInput.Received(var socket, var frame) -> {
        if (heard(step, socket)) received(step, frame);
      }
      case SessionInput.Heard(var socket) -> {
        if (heard(step, socket) && step.phase instanceof SessionPhase.Live live)
          step.phase = live.confirmed();
      }
      case SessionInput.Lost(var socket, var closeCode, var reason) -> {
        if (socket == step.socket) lost(step, closeCode, reason);
      }
      case SessionInput.Tick() -> tick(step);
    }
  }

  private static void apply(SessionStepBuilder step, SessionCommand command) {
    switch (command) {
      case SessionCommand.Open(var room, var after) -> OpenRooms.open(step, room, after);
      case SessionCommand.Close(var room) -> OpenRooms.close(step, room);
      case SessionCommand.Post(var post) -> Posts.add(step, PendingPost.fresh(post));
      case SessionCommand.Retry(var post) -> Posts.add(step, PendingPost.again(post));
      case SessionCommand.Forget(var post) -> Posts.forget(step, post);
      case SessionCommand.KeepUpload(var upload) -> step.add(new SessionEffect.StoreUpload(upload));
      case SessionCommand.History(var question) -> HistoryQueries.ask(step, question);
      case SessionCommand.Read(var room, var seq) -> step.read = step.read.with(room, seq);
      case SessionCommand.Unread(var room, var seq) -> ReadPositions.unread(step, room, seq);
      case SessionCommand.Watch(var watch) -> step.presence = step.presence.watching(watch);
      case SessionCommand.Typing(var room) -> Presence.typing(step, room);
      case SessionCommand.CountReceipts(var room, var seq) -> Presence.count(step, room, seq);
      case SessionCommand.Idle(var is) -> Presence.idle(step, is);
      case SessionCommand.Wake() -> wake(step);
      case SessionCommand.Reconnect() -> reconnect(step);
    }
  }

  /// The back-off continues where it was, so that typing during an outage causes few attempts.
  private static void wake(SessionStepBuilder step) {
    if (!(step.phase instanceof SessionPhase.Waiting(var until))) return;
    if (until - step.now() < LONG_WAIT_MILLIS || !isAfter(step, BETWEEN_WAKES_MILLIS)) return;
    step.woken = step.now();
    step.authenticate();
  }

  private static void reconnect(SessionStepBuilder step) {
    boolean isWaiting = step.phase instanceof SessionPhase.Waiting;
    if (!isWaiting || !isAfter(step, BETWEEN_RECONNECTS_MILLIS)) return;
    step.woken = step.now();
    step.failures = 0;
    step.authenticate();
  }

  private static boolean isAfter(SessionStepBuilder step, long millis) {
    return step.now() >= step.woken + millis;
  }

  private static void stop(SessionStepBuilder step) {
    step.add(new SessionEffect.Drop(step.socket));
    step.end("stopped", "You closed the connection.");
  }

  private static void connected(SessionStepBuilder step, long socket) {
    if (socket != step.socket || !(step.phase instanceof SessionPhase.Dialing(var token))) return;
    var resume = step.snapshot().resume();
    step.transmit(hello(step, token, resume));
    resume.keySet().forEach(room -> OpenRooms.requested(step, room));
    step.phase = new SessionPhase.Greeting(step.now());
  }

  private static ClientFrame hello(
      SessionStepBuilder step, String token, Map<String, Long> resume) {
    var inbox = step.hasInbox ? Optional.of(true) : Optional.<Boolean>empty();
    return new ClientFrame.Hello(Optional.of(token), resume, inbox);
  }

  private static boolean heard(SessionStepBuilder step, long socket) {
    if (socket != step.socket) return false;
    if (step.phase instanceof SessionPhase.Live live) step.phase = live.heardAt(step.now());
    return step.phase instanceof SessionPhase.Live || step.phase instanceof SessionPhase.Greeting;
  }

  private static void received(SessionStepBuilder step, ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Welcome welcome -> welcomed(step, welcome);
      case ServerFrame.Entries(var room, var entries) -> OpenRooms.arrived(step, room, entries);
      case ServerFrame.Complete(var room, var seq) -> OpenRooms.complete(step, room, seq);
      case ServerFrame.Gap gap -> OpenRooms.gap(step, gap);
      case ServerFrame.Ack(var id, var room, var seq, var at) ->
          Posts.sent(step, room, id, seq, at);
      case ServerFrame.Page page -> HistoryQueries.onPage(step, page);
      case ServerFrame.Closed closed -> OpenRooms.closed(step, closed);
      case ServerFrame.Problem problem -> refused(step, problem);
      case ServerFrame.Inbox inbox -> ReadPositions.onInbox(step, inbox);
      case ServerFrame.Presence(var users, var whole) ->
          step.emit(new SessionEvent.Presence(users, whole));
      case ServerFrame.Typing(var room, var users) ->
          step.emit(new SessionEvent.Typing(room, users));
      case ServerFrame.Contacts contacts -> step.emit(new SessionEvent.Contacts(contacts));
      case ServerFrame.Requests requests -> step.emit(new SessionEvent.Requests(requests));
      case ServerFrame.Receipts receipts -> step.emit(new SessionEvent.Receipts(receipts));
      case ServerFrame.Call call -> step.emit(new SessionEvent.Called(call));
      case ServerFrame.Answer answer -> step.emit(new SessionEvent.Answered(answer));
      case ServerFrame.Notices notices -> step.emit(new SessionEvent.Notices(notices));
      case ServerFrame.JoinRequests it -> step.emit(new SessionEvent.JoinRequests(it));
      case ServerFrame.Thread it -> step.emit(new SessionEvent.Thread(it));
      case ServerFrame.Reminder it -> step.emit(new SessionEvent.Reminder(it));
      case ServerFrame.Moderation it -> step.emit(new SessionEvent.Moderation(it));
      case ServerFrame.Pong _ -> {
        if (step.phase instanceof SessionPhase.Live live) step.phase = live.confirmed();
      }
      case ServerFrame.Goodbye goodbye -> leave(step, goodbye);
    }
  }

  private static void welcomed(SessionStepBuilder step, ServerFrame.Welcome welcome) {
    step.phase =
        new SessionPhase.Live(
            welcome, step.now(), step.now(), OptionalLong.empty(), true, Optional.empty());
    step.fresh = false;
    step.emit(new ConnectionState.Online(welcome));
    Presence.onWelcome(step);
    HistoryQueries.repeat(step);
  }

  private static void refused(SessionStepBuilder step, ServerFrame.Problem problem) {
    if (problem.id().isPresent()) {
      Posts.refused(step, problem, problem.id().get());
      HistoryQueries.refused(step, problem, problem.id().get());
    } else if (problem.room().isPresent()) {
      OpenRooms.refused(step, problem, problem.room().get());
    }
  }

  private static void leave(SessionStepBuilder step, ServerFrame.Goodbye goodbye) {
    step.add(new SessionEffect.Drop(step.socket));
    disconnected(step, goodbye.code(), goodbye.message(), goodbye.reconnectAfterMillis());
  }

  private static void lost(SessionStepBuilder step, OptionalLong closeCode, String reason) {
    var code =
        switch ((int) closeCode.orElse(0)) {
          case 1003 -> Code.BINARY_NOT_SUPPORTED.wire();
          case 1008 -> Code.HELLO_EXPECTED.wire();
          case 1012 -> Code.GOING_AWAY.wire();
          case 4401 -> Code.UNAUTHENTICATED.wire();
          case 4403 -> Code.DEVICE_ENDED.wire();
          default -> "";
        };
    disconnected(step, code, reason, OptionalLong.empty());
  }

  private static void disconnected(
      SessionStepBuilder step, String code, String reason, OptionalLong reconnectAfter) {
    switch (step.phase) {
      case SessionPhase.Dialing _, SessionPhase.Greeting _ -> {}
      case SessionPhase.Live live -> {
        if (step.now() - live.since() >= STABLE_MILLIS) step.failures = 0;
      }
      case SessionPhase.Idle _,
          SessionPhase.Authenticating _,
          SessionPhase.Waiting _,
          SessionPhase.Ended _ -> {
        return;
      }
    }
    forgetSocket(step);
    if (FATAL.contains(code)) {
      step.end(code, reason);
    } else if (!code.equals(Code.UNAUTHENTICATED.wire())) {
      step.nextNode();
      if (reconnectAfter.isPresent())
        step.waitUntil(step.now() + reconnectAfter.getAsLong(), reason);
      else retry(step, reason);
    } else if (step.fresh) {
      step.end(code, reason);
    } else {
      step.fresh = true;
      step.authenticate();
    }
  }

  private static void forgetSocket(SessionStepBuilder step) {
    step.socket++;
    step.closing.clear();
    step.rooms.replaceAll((_, place) -> place.closed());
    step.outbox.replaceAll(PendingPost::unsent);
    step.read = step.read.unconfirmed();
  }

  private static void retry(SessionStepBuilder step, String reason) {
    step.waitUntil(step.retryTime(step.failures), reason);
    step.failures++;
  }

  private static void tick(SessionStepBuilder step) {
    switch (step.phase) {
      case SessionPhase.Waiting(var until) -> {
        if (step.now() >= until) step.authenticate();
      }
      case SessionPhase.Greeting(var since) -> {
        if (step.now() >= since + SessionModel.HELLO_MILLIS) hangUp(step);
      }
      case SessionPhase.Live live -> {
        if (step.now() >= live.silentAfter(step.snapshot().isWaiting())) pingOrHangUp(step, live);
      }
      case SessionPhase.Idle _,
          SessionPhase.Authenticating _,
          SessionPhase.Dialing _,
          SessionPhase.Ended _ -> {}
    }
  }

  private static void pingOrHangUp(SessionStepBuilder step, SessionPhase.Live live) {
    if (live.pinged().isPresent()) {
      hangUp(step);
    } else {
      step.transmit(new ClientFrame.Ping(Optional.empty()));
      step.phase = live.pingedAt(step.now());
    }
  }

  private static void hangUp(SessionStepBuilder step) {
    step.add(new SessionEffect.Drop(step.socket));
    disconnected(step, "", "The server does not answer.", OptionalLong.empty());
  }
}
