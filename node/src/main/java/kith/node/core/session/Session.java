package kith.node.core.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomView;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.inbox.RoomSummary;
import kith.node.feature.presence.Presence;
import kith.node.gateway.socket.SocketEvent;
import kith.node.gateway.socket.SocketWriter;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// One socket of one device, from its handshake to its end. Here are its first phases: a socket
/// comes, says hello, and is attached to its account; then it goes on as an [OpenSession].
public final class Session {
  // what was on its way to the account's node when that died has to be said again
  private static final Duration ATTACH_AGAIN = Duration.ofMillis(500);

  public sealed interface Command {}

  /// The handshake is answered; this is the writing end.
  public record Connected(SocketWriter socket) implements Command {}

  public record FromSocket(SocketEvent event) implements Command {}

  record FromAccount(Account.AttachReply reply) implements Command {}

  record DeviceOver(Account.DeviceEnded ended) implements Command {}

  public record AccountLost() implements Command {}

  record AttachAgain() implements Command {}

  record FromRelay(RoomRelay.ToSession word) implements Command {}

  record RelayEnded(String room, ActorRef<RoomRelay.Command> relay) implements Command {}

  /// What follows on a place, read from the log because the relay does not have it any more.
  record LogRead(RoomRelay.OnlyInLog from, Optional<RoomLog.Page> page) implements Command {}

  /// Whether the log may hold the place that a client says it has got to, beyond the chunk's end.
  record PlaceChecked(RoomRelay.Chunk chunk, boolean mayExist) implements Command {}

  record ReadAgain(String room, long number) implements Command {}

  record HistoryRead(ClientFrame.History asked, Optional<RoomLog.Page> page) implements Command {}

  public record FromInbox(AccountInbox.Word word) implements Command {}

  public record FollowAgain() implements Command {}

  public record FromNews(InboxNews.ToSession word) implements Command {}

  public record HeadlinesRead(Optional<List<RoomSummary>> headlines) implements Command {}

  public record LookAgain() implements Command {}

  public record TellOwnPosts() implements Command {}

  public record FromContacts(kith.node.feature.contacts.AccountContacts.Contacts word)
      implements Command {}

  /// Concerns who is there, and how one is seen oneself.
  public sealed interface OfPresence extends Command {}

  public record FromPresence(Presence.ToSession told) implements OfPresence {}

  /// Which of those a client watches are members of the room.
  public record MembersKnown(long number, Optional<RoomView.Answer> answer) implements OfPresence {}

  public record AskRoomAgain() implements OfPresence {}

  public record StatusAnswered(Status asked, boolean isDone) implements OfPresence {}

  public record LookWhetherQuiet() implements OfPresence {}

  public record TellDelivered() implements Command {}

  record Shared(RateLimit ofAccount) implements Command {}

  record HelloOverdue() implements Command {}

  public record GoAway(long reconnectAfterMillis) implements Command {}

  /// More than a socket gives before it waits.
  private static final int MOST_UNHANDLED = 64;

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final SessionContext world;
  private final ActorRef<Sessions.Command> sessions;

  private Session(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionContext world,
      ActorRef<Sessions.Command> sessions) {
    this.sessions = sessions;
    this.context = context;
    this.timers = timers;
    this.world = world;
  }

  /// @param caller known already if the handshake carried a token
  static Behavior<Command> create(
      SessionContext world, Optional<Access> caller, ActorRef<Sessions.Command> sessions) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startSingleTimer(new HelloOverdue(), world.settings().hello());
          return new Session(context, timers, world, sessions).awaitingSocket(caller);
        }));
  }

  private Behavior<Command> awaitingSocket(Optional<Access> caller) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Connected.class,
            connected ->
                awaitingHello(
                    new Outbound(
                        connected.socket(), world.settings().outboundBytes(), world.metrics()),
                    caller))
        .onAnyMessage(command -> isOver(command) ? Behaviors.stopped() : Behaviors.same())
        .build();
  }

  private static boolean isOver(Command command) {
    return command instanceof HelloOverdue
        || command instanceof GoAway
        || (command instanceof FromSocket(SocketEvent.Ended()));
  }

  private Behavior<Command> awaitingHello(Outbound outbound, Optional<Access> caller) {
    return Behaviors.receiveMessage(command ->
        switch (command) {
          case FromSocket(SocketEvent.Received(var text)) -> {
            var next = hello(outbound, caller, text.toArrayUnsafe());
            outbound.handled();
            yield next;
          }
          case FromSocket(var event) -> end(outbound, event);
          case HelloOverdue _ -> close(outbound, Closing.HELLO_TIMEOUT);
          case GoAway(var after) -> goAway(outbound, after);
          case Command ignored -> Behaviors.same();
        });
  }

  private Behavior<Command> hello(Outbound outbound, Optional<Access> known, byte[] text) {
    try {
      if (!(Json.clientFrame(text, 0, text.length) instanceof ClientFrame.Hello hello))
        return close(outbound, Closing.HELLO_EXPECTED);
      var caller = hello.token().map(world.identity()::caller).orElse(known);
      if (caller.isEmpty()) return close(outbound, Closing.UNAUTHENTICATED);
      attach(world, context, caller.get());
      timers.startTimerWithFixedDelay(new AttachAgain(), ATTACH_AGAIN);
      return awaitingAccount(outbound, caller.get(), hello);
    } catch (Malformed malformed) {
      return close(outbound, new Closing(Closing.POLICY, malformed.code(), malformed.sentence()));
    }
  }

  static void attach(SessionContext world, ActorContext<Command> context, Access caller) {
    world
        .identity()
        .attach(
            caller,
            context.messageAdapter(Account.AttachReply.class, FromAccount::new),
            context.messageAdapter(Account.DeviceEnded.class, DeviceOver::new));
  }

  private Behavior<Command> awaitingAccount(
      Outbound outbound, Access caller, ClientFrame.Hello hello) {
    return Behaviors.withStash(
        MOST_UNHANDLED,
        stash ->
            Behaviors.receiveMessage(command ->
                switch (command) {
                  case FromAccount(Account.Attached attached) -> {
                    timers.cancel(new HelloOverdue());
                    timers.cancel(new AttachAgain());
                    sessions.tell(new Sessions.Authenticated(caller.user(), context.getSelf()));
                    yield stash.unstashAll(
                        OpenSession.create(
                            context, timers, world, outbound, caller, attached, hello));
                  }
                  case FromAccount(Account.AttachRefused(var code)) ->
                      close(outbound, refusal(code));
                  case FromSocket(SocketEvent.Received _), FromSocket(SocketEvent.Drained _) -> {
                    stash.stash(command);
                    yield Behaviors.same();
                  }
                  case FromSocket(var event) -> end(outbound, event);
                  case DeviceOver(var ended) ->
                      close(outbound, Closing.deviceEnded(ended.code(), ended.message()));
                  case AttachAgain _ -> {
                    attach(world, context, caller);
                    yield Behaviors.same();
                  }
                  case HelloOverdue _ -> close(outbound, Closing.UNAVAILABLE);
                  case GoAway(var after) -> goAway(outbound, after);
                  case Command ignored -> Behaviors.same();
                }));
  }

  static Closing refusal(Code code) {
    return switch (code) {
      case DEVICE_ENDED -> Closing.deviceEnded(code, "This device was logged out.");
      case TOO_MANY_CONNECTIONS ->
          new Closing(Closing.TRY_AGAIN_LATER, code, "This account has too many connections.");
      case UNAVAILABLE -> Closing.UNAVAILABLE;
      case Code ignored -> Closing.UNAUTHENTICATED;
    };
  }

  /// What the socket itself says, when it is not a frame.
  static Behavior<Command> end(Outbound outbound, SocketEvent event) {
    return switch (event) {
      case SocketEvent.Violated(var code, var closeCode) ->
          close(outbound, Closing.violated(code, closeCode));
      case SocketEvent.Silent(var code) -> close(outbound, Closing.silent(code));
      case SocketEvent.Ended _ -> Behaviors.stopped();
      case SocketEvent.Drained _, SocketEvent.Received _ -> Behaviors.same();
    };
  }

  static Behavior<Command> close(Outbound outbound, Closing closing) {
    outbound.goodbye(closing.closeCode(), closing.code(), closing.message(), OptionalLong.empty());
    return Behaviors.stopped();
  }

  static Behavior<Command> goAway(Outbound outbound, long reconnectAfterMillis) {
    var why = Closing.GOING_AWAY;
    outbound.goodbye(
        why.closeCode(), why.code(), why.message(), OptionalLong.of(reconnectAfterMillis));
    return Behaviors.stopped();
  }
}
