package kith.node.core.session;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.account.PageCollector;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// One socket of one device, from its handshake to its end. This file has its first phases: waiting
/// for the socket, for the `hello`, and for the account. It continues as an [OpenSession].
public final class Session {
  public sealed interface Command {}

  /// A command of a feature's part. Each has exactly one owner, checked when the node starts.
  public non-sealed interface PartCommand extends Command {}

  /// The handshake is answered; `socket` is the writing end.
  public record Connected(SocketWriter socket) implements Command {}

  public record FromSocket(SocketEvent event) implements Command {}

  record FromAccount(Account.AttachReply reply) implements Command {}

  record DeviceOver(Account.DeviceEnded ended) implements Command {}

  record AccountLost() implements Command {}

  record AttachAgain() implements Command {}

  record FromRelay(RoomRelay.ToSession message) implements Command {}

  record RelayEnded(String room, ActorRef<RoomRelay.Command> relay) implements Command {}

  /// The entries after a position, read from the log because the relay's buffer has dropped them.
  record LogRead(RoomRelay.OnlyInLog from, Optional<RoomLog.Page> page) implements Command {}

  /// Whether the log contains the position that a client claims to have, which is beyond the end
  /// that the relay knows. Empty if the log could not be read.
  record PositionChecked(RoomRelay.Chunk chunk, Optional<Boolean> exists) implements Command {}

  record ReadAgain(String room, long number) implements Command {}

  record HistoryRead(ClientFrame.History asked, Optional<RoomLog.Page> page) implements Command {}

  /// The rate limit that all sessions of the account on this node share.
  record Shared(RateLimit ofAccount) implements Command {}

  /// The files of the first waiting message.
  record FilesFound(Attachments.Claim claim) implements Command {}

  record HelloOverdue() implements Command {}

  /// The client may not use this server any more.
  record Dismissed(Code code) implements Command {}

  record GoAway(long reconnectAfterMillis) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final SessionContext services;
  private final InetAddress address;
  private final ActorRef<Sessions.Command> sessions;

  private Session(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionContext services,
      InetAddress address,
      ActorRef<Sessions.Command> sessions) {
    this.sessions = sessions;
    this.address = address;
    this.context = context;
    this.timers = timers;
    this.services = services;
  }

  /// @param caller known already if the handshake carried a token
  /// @param address of the client
  static Behavior<Command> create(
      SessionContext services,
      Optional<Access> caller,
      InetAddress address,
      ActorRef<Sessions.Command> sessions) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startSingleTimer(new HelloOverdue(), services.settings().hello());
          return new Session(context, timers, services, address, sessions).awaitingSocket(caller);
        }));
  }

  private Behavior<Command> awaitingSocket(Optional<Access> caller) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Connected.class,
            connected ->
                awaitingHello(
                    new Outbound(
                        connected.socket(),
                        services.settings().outboundBytes(),
                        services.metrics()),
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
      var caller = hello.token().map(services.identity()::caller).orElse(known);
      if (caller.isEmpty()) return close(outbound, Closing.UNAUTHENTICATED);
      attach(services, context, caller.get(), isLive(hello));
      timers.startTimerWithFixedDelay(new AttachAgain(), Intervals.RETRY_FOR_CLIENT);
      return awaitingAccount(outbound, caller.get(), hello);
    } catch (Malformed malformed) {
      return close(outbound, new Closing(Closing.POLICY, malformed.code(), malformed.sentence()));
    }
  }

  private static boolean isLive(ClientFrame.Hello hello) {
    return hello.inbox().orElse(false);
  }

  static void attach(
      SessionContext services, ActorContext<Command> context, Access caller, boolean live) {
    services
        .identity()
        .attach(
            caller,
            live,
            context.messageAdapter(Account.AttachReply.class, FromAccount::new),
            context.messageAdapter(Account.DeviceEnded.class, DeviceOver::new));
  }

  private Behavior<Command> awaitingAccount(
      Outbound outbound, Access caller, ClientFrame.Hello hello) {
    var pages = new PageCollector<Account.Attached>();
    return Behaviors.withStash(
        services.settings().unhandledFrames() + Portions.SOCKET_EVENTS,
        stash ->
            Behaviors.receiveMessage(command ->
                switch (command) {
                  case FromAccount(Account.Attached page) -> {
                    var attached = pages.add(page.page(), page);
                    yield attached.isEmpty()
                        ? Behaviors.same()
                        : stash.unstashAll(open(outbound, caller, hello, attached.get()));
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
                    attach(services, context, caller, isLive(hello));
                    yield Behaviors.same();
                  }
                  case HelloOverdue _ -> close(outbound, Closing.UNAVAILABLE);
                  case GoAway(var after) -> goAway(outbound, after);
                  case Command ignored -> Behaviors.same();
                }));
  }

  private Behavior<Command> open(
      Outbound outbound, Access caller, ClientFrame.Hello hello, List<Account.Attached> pages) {
    timers.cancel(new HelloOverdue());
    timers.cancel(new AttachAgain());
    sessions.tell(new Sessions.Authenticated(caller.user(), context.getSelf()));
    var attached = Account.Attached.of(pages);
    var host =
        new SessionHost(
            context, timers, services, outbound, caller, address, isLive(hello), attached);
    return OpenSession.create(host, attached, hello);
  }

  static Closing refusal(Code code) {
    return switch (code) {
      case DEVICE_ENDED -> Closing.deviceEnded(code, "This device was logged out.");
      case ACCOUNT_DISABLED, SECOND_FACTOR_SETUP_REQUIRED ->
          Closing.deviceEnded(code, code.sentence());
      case TOO_MANY_CONNECTIONS ->
          new Closing(Closing.TRY_AGAIN_LATER, code, "This account has too many connections.");
      case UNAVAILABLE -> Closing.UNAVAILABLE;
      case Code ignored -> Closing.UNAUTHENTICATED;
    };
  }

  /// Handles an event of the socket that is not a frame.
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
