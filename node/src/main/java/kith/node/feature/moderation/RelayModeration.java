package kith.node.feature.moderation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.core.relay.RelayHost;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.RoomRelay;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import org.apache.pekko.actor.typed.ActorRef;

/// The part of a relay that sends each session the moderation state of its user, and nothing else.
final class RelayModeration implements RelayPart<RelayModeration.Command, RoomModeration.Standing> {

  sealed interface Command extends RoomRelay.PartCommand {}

  /// A session has the room open.
  record Follow(String user, ActorRef<ToSession> session) implements Command {}

  record Changed(String room, Concern concern) implements RoomRelay.PartWord {}

  static final class Factory implements RelayPart.Factory {
    @Override
    public RelayPart<?, ?> create(RelayHost relay) {
      return new RelayModeration(relay);
    }

    @Override
    public Class<? extends RoomRelay.PartCommand> commands() {
      return Command.class;
    }

    @Override
    public Optional<Class<? extends Room.PartMessage>> messages() {
      return Optional.of(RoomModeration.Standing.class);
    }
  }

  private final RelayHost host;
  private final Map<ActorRef<ToSession>, String> usersBySession = new HashMap<>();
  private Optional<RoomModeration.Standing> standing = Optional.empty();

  private RelayModeration(RelayHost host) {
    this.host = host;
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Follow(var user, var session) -> {
        if (!host.hasSession(session)) return;
        usersBySession.put(session, user);
        standing.ifPresent(now -> tell(session, user, now));
      }
    }
  }

  @Override
  public void onMessage(RoomModeration.Standing now) {
    standing = Optional.of(now);
    usersBySession.forEach((session, user) -> tell(session, user, now));
  }

  private void tell(ActorRef<ToSession> session, String user, RoomModeration.Standing now) {
    session.tell(new Changed(host.room(), Concern.of(user, now)));
  }

  @Override
  public void attached() {
    ask();
  }

  /// The last answer, or the last change, may be lost.
  @Override
  public void leaseRenewed() {
    ask();
  }

  private void ask() {
    host.tellRoom(new RoomModeration.Ask(host.self()));
  }

  @Override
  public void sessionGone(ActorRef<ToSession> session) {
    usersBySession.remove(session);
  }
}
