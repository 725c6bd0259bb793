package kith.node.feature.presence;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Account;
import kith.node.core.room.RoomView;
import kith.node.core.session.RateLimit;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import org.apache.pekko.actor.typed.ActorRef;

/// Presence in one session: reports the [OwnStatus] of its user, and shows the client the
/// [WatchedUsers] that it has on the screen.
public final class PresenceSessionPart
    implements SessionPart.WithCommands<PresenceSessionPart.Command>,
        SessionPart.WithFrames<ClientFrame.OfPresence> {

  sealed interface Command extends Session.PartCommand {}

  record FromPresence(Presence.ToSession changes) implements Command {}

  /// The users watched by a client who are members of the room.
  record MembersKnown(long number, Optional<RoomView.Answer> answer) implements Command {}

  record AskRoomAgain() implements Command {}

  record CheckIdle() implements Command {}

  private record StatusAnswered(Status asked, boolean isDone) implements Command {}

  /// Asks a room without opening it.
  public interface AskRoom {
    CompletionStage<RoomView.Answer> look(String room, RoomView.Question question);
  }

  /// The session part of this feature.
  ///
  /// @param idleAfter a user who has sent nothing for this long is idle
  public record Factory(
      Duration idleAfter,
      PresenceSettings bounds,
      ActorRef<Presence.Command> presence,
      AskRoom rooms)
      implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new PresenceSessionPart(host, this);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }

    @Override
    public Optional<Class<? extends ClientFrame.OfFeature>> frames() {
      return Optional.of(ClientFrame.OfPresence.class);
    }
  }

  private final SessionHost host;
  private final OwnStatus status;
  private final WatchedUsers watched;
  private final RateLimit statusRate;
  private final int mostWatched;
  private Optional<Status> wanted = Optional.empty();

  private PresenceSessionPart(SessionHost host, Factory services) {
    this.host = host;
    ActorRef<Presence.ToSession> fromPresence =
        host.context().messageAdapter(Presence.ToSession.class, FromPresence::new);
    this.status = new OwnStatus(host, services, fromPresence);
    this.watched = new WatchedUsers(host, services, fromPresence, status);
    this.statusRate =
        host.newRate(services.bounds().statusPerSecond(), services.bounds().statusBurst());
    this.mostWatched = services.bounds().watchedUsers();
  }

  /// The user has chosen not to be seen.
  public boolean isInvisible() {
    return status.isInvisible();
  }

  @Override
  public void begin(Account.Attached attached) {
    status.begin(AccountStatus.in(attached));
  }

  @Override
  public void accountChanged(Account.Attached attached) {
    chosen(AccountStatus.in(attached));
  }

  @Override
  public void fromAccount(Account.PartWord word) {
    if (word instanceof AccountStatus.Chosen(var chosen)) chosen(chosen);
  }

  private void chosen(Status chosen) {
    if (status.chosen(chosen)) watched.ownStatusChanged();
  }

  @Override
  public void relationsChanged(Relations before, Relations now) {
    status.report();
    watched.relationsChanged();
  }

  // frames

  /// A client pings and watches without its user doing anything.
  @Override
  public void received(ClientFrame frame) {
    if (!(frame instanceof ClientFrame.Ping || frame instanceof ClientFrame.Watch)) status.active();
  }

  @Override
  public void on(ClientFrame.OfPresence frame) {
    switch (frame) {
      case ClientFrame.Watch watch -> onWatch(watch);
      case ClientFrame.ChangeStatus(var asked) -> onChangeStatus(asked);
    }
  }

  private void onWatch(ClientFrame.Watch watch) {
    if (!host.isWithinRate(watch.room())) return;
    if (watch.users().size() > mostWatched)
      refuse(
          Code.BAD_FIELD,
          "The field 'users' must have at most " + mostWatched + " names.",
          watch.room());
    else if (watch.room().isPresent() && !host.rooms().isOpen(watch.room().get()))
      refuse(Code.ROOM_NOT_OPEN, "Open the room first.", watch.room());
    else watched.watch(watch.room(), watch.users());
  }

  private void onChangeStatus(Status asked) {
    if (!host.isWithin(statusRate, Optional.empty())) return;
    if (asked == Status.OFFLINE)
      refuse(Code.BAD_FIELD, "The field 'status' must not be 'offline'.", Optional.empty());
    else status.change(asked).ifPresent(this::choose);
  }

  private void refuse(Code code, String message, Optional<String> room) {
    host.outbound().refuse(code, message, room, OptionalLong.empty());
  }

  /// The last choice wins. It is repeated until the account answers.
  private void choose(Status choice) {
    wanted = Optional.of(choice);
    host.context()
        .ask(
            Account.Answer.class,
            host.account(),
            Intervals.ACCOUNT_RETRY,
            replyTo -> new AccountStatus.Choose(choice, replyTo),
            (_, fault) -> new StatusAnswered(choice, fault == null));
  }

  private void onStatusAnswered(Status asked, boolean isDone) {
    if (!wanted.equals(Optional.of(asked))) return;
    wanted = Optional.empty();
    if (!isDone) choose(asked);
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case FromPresence(var changes) -> watched.on(changes);
      case MembersKnown(var number, var members) -> watched.onMembers(number, members);
      case AskRoomAgain _ -> watched.askRoom();
      case CheckIdle _ -> status.checkIdle();
      case StatusAnswered(var asked, var isDone) -> onStatusAnswered(asked, isDone);
    }
  }

  // rooms and the socket

  @Override
  public void arrived(String room, String user) {
    watched.arrived(room, user);
  }

  @Override
  public void departed(String room, String user) {
    watched.departed(room, user);
  }

  @Override
  public void left(String room) {
    watched.left(room);
  }

  @Override
  public void drained() {
    watched.flush();
  }
}
