package kith.terminal.net;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// What a session does about each thing that happens: a pure function.
public final class SessionUpdate {
  /// A connection that held this long was a good one: the next failure counts as the first.
  private static final long STEADY_MILLIS = 10_000;

  /// Shorter ones are not worth a try more.
  private static final long LONG_PAUSE_MILLIS = 2_000;

  /// Codes after which trying again cannot help.
  private static final Set<String> FOR_GOOD =
      Set.of(
          Code.BINARY_NOT_SUPPORTED.wire(),
          Code.HELLO_EXPECTED.wire(),
          Code.ORIGIN_NOT_ALLOWED.wire(),
          Code.DEVICE_ENDED.wire());

  private SessionUpdate() {}

  public static SessionStep update(SessionModel model, SessionInput input, SessionMoment moment) {
    var draft = new SessionDraft(model, moment);
    if (model.link() instanceof Link.Over) return draft.done();
    apply(draft, input);
    if (draft.link instanceof Link.Live live) {
      OpenRooms.ask(draft);
      Posts.send(draft, live.welcome());
      Reads.say(draft);
      Reads.sayDelivered(draft);
      Companies.watch(draft);
    }
    return draft.done();
  }

  private static void apply(SessionDraft draft, SessionInput input) {
    switch (input) {
      case SessionInput.Start() -> {
        if (draft.link instanceof Link.Idle) draft.authenticate();
      }
      case SessionCommand command -> apply(draft, command);
      case SessionInput.Stop() -> stop(draft);
      case SessionInput.Stored(var post) -> Posts.stored(draft, post);
      case SessionInput.NotStored(var post, var reason) -> Posts.notStored(draft, post, reason);
      case SessionInput.TokenGiven(var token) -> {
        if (draft.link instanceof Link.Authenticating) draft.dial(token);
      }
      case SessionInput.TokenRefused(var code, var message) -> draft.end(code, message);
      case SessionInput.TokenUnreachable(var reason) -> {
        if (draft.link instanceof Link.Authenticating) retry(draft, reason);
      }
      case SessionInput.Connected(var socket) -> connected(draft, socket);
      case SessionInput.Received(var socket, var frame) -> {
        if (heard(draft, socket)) received(draft, frame);
      }
      case SessionInput.Heard(var socket) -> {
        if (heard(draft, socket) && draft.link instanceof Link.Live live) draft.link = live.sure();
      }
      case SessionInput.Lost(var socket, var closeCode, var reason) -> {
        if (socket == draft.socket) lost(draft, closeCode, reason);
      }
      case SessionInput.Tick() -> tick(draft);
    }
  }

  private static void apply(SessionDraft draft, SessionCommand command) {
    switch (command) {
      case SessionCommand.Open(var room, var after) -> OpenRooms.open(draft, room, after);
      case SessionCommand.Close(var room) -> OpenRooms.close(draft, room);
      case SessionCommand.Post(var post) -> Posts.add(draft, post);
      case SessionCommand.History(var question) -> Questions.ask(draft, question);
      case SessionCommand.Read(var room, var seq) -> draft.seen = draft.seen.with(room, seq);
      case SessionCommand.Unread(var room, var seq) -> Reads.unread(draft, room, seq);
      case SessionCommand.Watch(var whom) -> draft.company = draft.company.watching(whom);
      case SessionCommand.Typing(var room) -> Companies.typing(draft, room);
      case SessionCommand.CountReceipts(var room, var seq) -> Companies.count(draft, room, seq);
      case SessionCommand.Idle(var is) -> Companies.idle(draft, is);
      case SessionCommand.Wake() -> wake(draft);
    }
  }

  private static void wake(SessionDraft draft) {
    if (!(draft.link instanceof Link.Waiting(var until))) return;
    if (until - draft.now() < LONG_PAUSE_MILLIS) return;
    draft.failures = 0;
    draft.authenticate();
  }

  private static void stop(SessionDraft draft) {
    draft.add(new SessionEffect.Drop(draft.socket));
    draft.end("stopped", "You closed the connection.");
  }

  private static void connected(SessionDraft draft, long socket) {
    if (socket != draft.socket || !(draft.link instanceof Link.Dialing(var token))) return;
    var resume = draft.snapshot().resume();
    draft.transmit(hello(draft, token, resume));
    resume.keySet().forEach(room -> OpenRooms.asked(draft, room));
    draft.link = new Link.Greeting(draft.now());
  }

  private static ClientFrame hello(SessionDraft draft, String token, Map<String, Long> resume) {
    var inbox = draft.hasInbox ? Optional.of(true) : Optional.<Boolean>empty();
    return new ClientFrame.Hello(Optional.of(token), resume, inbox);
  }

  private static boolean heard(SessionDraft draft, long socket) {
    if (socket != draft.socket) return false;
    if (draft.link instanceof Link.Live live) draft.link = live.heardAt(draft.now());
    return draft.link instanceof Link.Live || draft.link instanceof Link.Greeting;
  }

  private static void received(SessionDraft draft, ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Welcome welcome -> welcomed(draft, welcome);
      case ServerFrame.Entries(var room, var entries) -> OpenRooms.arrived(draft, room, entries);
      case ServerFrame.Complete(var room, var seq) -> OpenRooms.complete(draft, room, seq);
      case ServerFrame.Gap gap -> OpenRooms.gap(draft, gap);
      case ServerFrame.Ack(var id, var room, var seq, var at) ->
          Posts.sent(draft, room, id, seq, at);
      case ServerFrame.Page page -> Questions.answered(draft, page);
      case ServerFrame.Closed closed -> OpenRooms.closed(draft, closed);
      case ServerFrame.Problem problem -> refused(draft, problem);
      case ServerFrame.Inbox inbox -> Reads.listed(draft, inbox);
      case ServerFrame.Presence(var users, var whole) ->
          draft.emit(new SessionEvent.Presence(users, whole));
      case ServerFrame.Typing(var room, var users) ->
          draft.emit(new SessionEvent.Typing(room, users));
      case ServerFrame.Contacts contacts -> draft.emit(new SessionEvent.Contacts(contacts));
      case ServerFrame.Receipts receipts -> draft.emit(new SessionEvent.Receipts(receipts));
      case ServerFrame.Pong _ -> {
        if (draft.link instanceof Link.Live live) draft.link = live.sure();
      }
      case ServerFrame.Goodbye goodbye -> leave(draft, goodbye);
    }
  }

  private static void welcomed(SessionDraft draft, ServerFrame.Welcome welcome) {
    draft.link =
        new Link.Live(
            welcome, draft.now(), draft.now(), OptionalLong.empty(), true, Optional.empty());
    draft.fresh = false;
    draft.emit(new ConnectionState.Online(welcome));
    Companies.welcomed(draft);
    Questions.repeat(draft);
  }

  private static void refused(SessionDraft draft, ServerFrame.Problem problem) {
    if (problem.id().isPresent()) {
      Posts.refused(draft, problem, problem.id().get());
      Questions.refused(draft, problem, problem.id().get());
    } else if (problem.room().isPresent()) {
      OpenRooms.refused(draft, problem, problem.room().get());
    }
  }

  private static void leave(SessionDraft draft, ServerFrame.Goodbye goodbye) {
    draft.add(new SessionEffect.Drop(draft.socket));
    gone(draft, goodbye.code(), goodbye.message(), goodbye.reconnectAfterMillis());
  }

  private static void lost(SessionDraft draft, OptionalLong closeCode, String reason) {
    var code =
        switch ((int) closeCode.orElse(0)) {
          case 1003 -> Code.BINARY_NOT_SUPPORTED.wire();
          case 1008 -> Code.HELLO_EXPECTED.wire();
          case 1012 -> Code.GOING_AWAY.wire();
          case 4401 -> Code.UNAUTHENTICATED.wire();
          case 4403 -> Code.DEVICE_ENDED.wire();
          default -> "";
        };
    gone(draft, code, reason, OptionalLong.empty());
  }

  private static void gone(
      SessionDraft draft, String code, String reason, OptionalLong reconnectAfter) {
    switch (draft.link) {
      case Link.Dialing _, Link.Greeting _ -> {}
      case Link.Live live -> {
        if (draft.now() - live.since() >= STEADY_MILLIS) draft.failures = 0;
      }
      case Link.Idle _, Link.Authenticating _, Link.Waiting _, Link.Over _ -> {
        return;
      }
    }
    forgetSocket(draft);
    if (FOR_GOOD.contains(code)) {
      draft.end(code, reason);
    } else if (!code.equals(Code.UNAUTHENTICATED.wire())) {
      draft.nextNode();
      if (reconnectAfter.isPresent())
        draft.waitUntil(draft.now() + reconnectAfter.getAsLong(), reason);
      else retry(draft, reason);
    } else if (draft.fresh) {
      draft.end(code, reason);
    } else {
      draft.fresh = true;
      draft.authenticate();
    }
  }

  private static void forgetSocket(SessionDraft draft) {
    draft.socket++;
    draft.closing.clear();
    draft.rooms.replaceAll((_, place) -> place.shut());
    draft.outbox.replaceAll(Pending::unsent);
    draft.seen = draft.seen.unsure();
  }

  private static void retry(SessionDraft draft, String reason) {
    draft.waitUntil(draft.later(draft.failures), reason);
    draft.failures++;
  }

  private static void tick(SessionDraft draft) {
    switch (draft.link) {
      case Link.Waiting(var until) -> {
        if (draft.now() >= until) draft.authenticate();
      }
      case Link.Greeting(var since) -> {
        if (draft.now() >= since + SessionModel.HELLO_MILLIS) hangUp(draft);
      }
      case Link.Live live -> {
        if (draft.now() >= live.silentAfter(draft.snapshot().isWaiting())) wonder(draft, live);
      }
      case Link.Idle _, Link.Authenticating _, Link.Dialing _, Link.Over _ -> {}
    }
  }

  private static void wonder(SessionDraft draft, Link.Live live) {
    if (live.pinged().isPresent()) {
      hangUp(draft);
    } else {
      draft.transmit(new ClientFrame.Ping(Optional.empty()));
      draft.link = live.pingedAt(draft.now());
    }
  }

  private static void hangUp(SessionDraft draft) {
    draft.add(new SessionEffect.Drop(draft.socket));
    gone(draft, "", "The server does not answer.", OptionalLong.empty());
  }
}
