package kith.node.feature.presence;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.account.Account;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.OpenRooms;
import kith.node.core.session.Outbound;
import kith.node.core.session.RateLimit;
import kith.node.core.session.Session;
import kith.node.core.session.SessionContext;
import kith.node.feature.typing.SessionTyping;
import kith.node.feature.typing.TypingUsers;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a client says and hears about who is there and who types: checked, and passed on.
public final class PresenceFrames {
  private static final int STATUS_BURST = 10;
  private static final Duration CHOOSE = Duration.ofSeconds(3);

  private final ActorContext<Session.Command> context;
  private final SessionContext world;
  private final Outbound outbound;
  private final String user;
  private final OpenRooms rooms;
  private final SessionPresence presence;
  private final SessionTyping typing;
  private final RateLimit statusRate;
  private Relations circle;
  private Optional<Status> wanted = Optional.empty();

  public PresenceFrames(
      ActorContext<Session.Command> context,
      TimerScheduler<Session.Command> timers,
      SessionContext world,
      Outbound outbound,
      String user,
      OpenRooms rooms,
      Account.Attached attached) {
    this.context = context;
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.rooms = rooms;
    this.circle = attached.circle().orElse(Relations.EMPTY);
    this.presence =
        new SessionPresence(
            context, timers, world, outbound, user, circle, AccountStatus.in(attached));
    this.typing = new SessionTyping(world.nanoClock(), outbound, user);
    this.statusRate = new RateLimit(1, STATUS_BURST, world.nanoClock().getAsLong());
  }

  public void begin() {
    presence.begin();
  }

  public void isActive() {
    presence.isActive();
  }

  public void circleIs(Relations now) {
    circle = now;
    presence.circleIs(now);
  }

  public boolean isInvisible() {
    return presence.isInvisible();
  }

  public void chosen(Status status) {
    presence.chosen(status);
  }

  // what the client says

  public void on(ClientFrame.Watch watch, RateLimit rate) {
    var wait = rate.take(world.nanoClock().getAsLong());
    if (wait > 0) tooMuch(watch.room(), wait);
    else if (watch.users().size() > Presence.MOST_WATCHED)
      refuse(
          Code.BAD_FIELD,
          "The field 'users' must have at most " + Presence.MOST_WATCHED + " names.",
          watch.room());
    else if (watch.room().isPresent() && !rooms.isOpen(watch.room().get()))
      refuse(Code.ROOM_NOT_OPEN, "Open the room first.", watch.room());
    else presence.watch(watch.room(), watch.users());
  }

  private void refuse(Code code, String message, Optional<String> room) {
    outbound.refuse(code, message, room, OptionalLong.empty());
  }

  private void tooMuch(Optional<String> room, long waitMillis) {
    outbound.refuse(Code.RATE_LIMITED, "Too much at once.", room, OptionalLong.of(waitMillis));
  }

  public void on(ClientFrame.ChangeStatus change, ActorRef<Account.Command> account) {
    var wait = statusRate.take(world.nanoClock().getAsLong());
    if (wait > 0) tooMuch(Optional.empty(), wait);
    else if (change.status() == Status.OFFLINE)
      refuse(Code.BAD_FIELD, "The field 'status' is not one that can be chosen.", Optional.empty());
    else presence.is(change.status()).ifPresent(status -> choose(status, account));
  }

  /// What is asked last counts, and it is asked until the account answers.
  private void choose(Status status, ActorRef<Account.Command> account) {
    wanted = Optional.of(status);
    context.ask(
        Account.Answer.class,
        account,
        CHOOSE,
        replyTo -> new AccountStatus.Choose(status, replyTo),
        (_, fault) -> new Session.StatusAnswered(status, fault == null));
  }

  /// More than anybody types is passed over in silence.
  public void on(ClientFrame.Typing frame) {
    if (!typing.mayType() || !presence.mayBeSeenTyping()) return;
    var typist = new TypingUsers.Typist(user, circle.blocked());
    rooms
        .relay(frame.room())
        .ifPresent(relay -> relay.tell(new RoomRelay.Type(typist, rooms.self())));
  }

  // what the node says

  public void on(Session.OfPresence word, ActorRef<Account.Command> account) {
    switch (word) {
      case Session.FromPresence(var told) -> presence.on(told);
      case Session.MembersKnown(var number, var members) -> presence.onMembers(number, members);
      case Session.AskRoomAgain _ -> presence.askRoom();
      case Session.LookWhetherQuiet _ -> presence.lookWhetherQuiet();
      case Session.StatusAnswered(var asked, var isDone) -> {
        if (!wanted.equals(Optional.of(asked))) return;
        wanted = Optional.empty();
        if (!isDone) choose(asked, account);
      }
    }
  }

  public void on(RoomRelay.Typing typists) {
    typing.on(typists, circle);
  }

  public void arrived(String room, String who) {
    presence.arrived(room, who);
  }

  public void departed(String room, String who) {
    presence.departed(room, who);
  }

  public void left(String room) {
    presence.left(room);
    typing.left(room);
  }

  /// The socket takes more again.
  public void tell() {
    presence.tell();
    typing.tell();
  }
}
