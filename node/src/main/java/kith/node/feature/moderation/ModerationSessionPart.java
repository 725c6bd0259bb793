package kith.node.feature.moderation;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.account.Account;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.protocol.frame.ClientFrame;
import org.apache.pekko.actor.typed.ActorRef;

/// Sends one client the moderation state of its user: in its open rooms as reported by their
/// relays, and a moderator's open tasks in all other rooms. Hides a muted user's typing from the
/// others.
///
/// While the socket is full, only the latest state of each room is kept.
final class ModerationSessionPart
    implements SessionPart.WithCommands<ModerationSessionPart.Command> {
  sealed interface Command extends Session.PartCommand {}

  private record Waits(Backlog pending) implements Command {}

  record Factory(ActorRef<BacklogNews.Command> news, Clock clock) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ModerationSessionPart(host, this);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final SessionHost host;
  private final ActorRef<BacklogNews.Command> news;
  private final Clock clock;

  /// The state of the open rooms.
  private final Map<String, Concern> concerns = new HashMap<>();

  /// The open tasks in all rooms that have some.
  private final Map<String, Concern> pending = new HashMap<>();

  private final Map<String, Concern> sent = new HashMap<>();
  private final Set<String> unsent = new LinkedHashSet<>();

  private ModerationSessionPart(SessionHost host, Factory services) {
    this.host = host;
    this.news = services.news();
    this.clock = services.clock();
  }

  /// A bot's token may cover only some of its rooms.
  @Override
  public void begin(Account.Attached attached) {
    if (!host.isLive() || host.isOfBot()) return;
    var session = host.context().messageAdapter(Backlog.class, Waits::new);
    news.tell(new BacklogNews.Connected(host.user(), session));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Waits(var it) -> {
        if (it.isNothing()) pending.remove(it.room());
        else pending.put(it.room(), Concern.of(it));
        unsent.add(it.room());
        drained();
      }
    }
  }

  @Override
  public void opened(String room) {
    var rooms = host.rooms();
    rooms
        .relay(room)
        .ifPresent(relay -> relay.tell(new RelayModeration.Follow(host.user(), rooms.self())));
  }

  @Override
  public void fromRelay(RoomRelay.PartWord word) {
    if (!(word instanceof RelayModeration.Changed(var room, var concern))) return;
    // a message of the relay may arrive after the room was closed on this socket
    if (host.rooms().relay(room).isEmpty()) return;
    concerns.put(room, concern);
    unsent.add(room);
    drained();
  }

  @Override
  public void drained() {
    var outbound = host.outbound();
    unsent.removeIf(room -> outbound.hasRoom() && send(room));
    if (!unsent.isEmpty()) outbound.signalWhenDrained();
  }

  private boolean send(String room) {
    var concern = concern(room);
    if (!concern.equals(sent.getOrDefault(room, Concern.NONE))) {
      host.outbound().send(concern.frame(room));
      keep(room, concern);
    }
    return true;
  }

  /// The state that the relay of an open room sends has more, and comes earlier.
  private Concern concern(String room) {
    var open = concerns.get(room);
    return open != null ? open : pending.getOrDefault(room, Concern.NONE);
  }

  private void keep(String room, Concern concern) {
    if (concern.equals(Concern.NONE)) sent.remove(room);
    else sent.put(room, concern);
  }

  @Override
  public boolean isSilenced(String room) {
    return concerns.getOrDefault(room, Concern.NONE).isMuted(clock.instant());
  }

  /// From now on the news are authoritative, even if they do not contain this room: its user may no
  /// longer be a moderator. They may be older than the relay's last message; the next news correct
  /// that.
  @Override
  public void left(String room) {
    concerns.remove(room);
    keep(room, sent.getOrDefault(room, Concern.NONE).withoutMute());
    unsent.add(room);
    drained();
  }
}
