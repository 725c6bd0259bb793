package kith.node.feature.typing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.relay.RelayHost;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.RoomRelay;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;

/// The part of a relay that collects the typing users on all nodes and sends them to its sessions
/// at intervals.
public final class RelayTyping implements RelayPart<RelayTyping.Command, RoomTyping.Reported> {

  public sealed interface Command extends RoomRelay.PartCommand {}

  /// A user who has the room open is typing.
  public record Report(Typist typist, ActorRef<ToSession> session) implements Command {}

  private record Publish() implements Command {}

  /// All users typing now.
  public record Changed(String room, List<Typist> typists) implements RoomRelay.PartWord {}

  public static RelayPart.Factory factory() {
    return new RelayPart.Factory() {
      @Override
      public RelayPart<?, ?> create(RelayHost relay) {
        return new RelayTyping(relay);
      }

      @Override
      public Class<? extends RoomRelay.PartCommand> commands() {
        return Command.class;
      }

      @Override
      public Optional<Class<? extends Room.PartMessage>> messages() {
        return Optional.of(RoomTyping.Reported.class);
      }
    };
  }

  private final RelayHost host;
  private final TypingUsers typists = new TypingUsers();
  private final Map<String, Typist> unreported = new HashMap<>();
  private boolean isChanged;

  private RelayTyping(RelayHost host) {
    this.host = host;
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Report(var typist, var session) -> {
        if (host.hasSession(session)) report(typist);
      }
      case Publish _ -> publish();
    }
  }

  @Override
  public void onMessage(RoomTyping.Reported message) {
    add(message.typist());
    publishUnlessJustDone();
  }

  private void report(Typist typist) {
    add(typist);
    if (unreported.size() < Portions.TYPING_USERS) unreported.put(typist.user(), typist);
    publishUnlessJustDone();
  }

  private void add(Typist typist) {
    isChanged |= typists.add(typist, host.clock().instant());
  }

  /// A message or an edit ends its author's typing.
  @Override
  public void published(Entry entry) {
    if (entry instanceof Entry.Message || entry instanceof Entry.Edited) stopped(entry.by());
  }

  @Override
  public void departed(String user) {
    stopped(user);
  }

  private void stopped(String user) {
    isChanged |= typists.remove(user);
  }

  private void publishUnlessJustDone() {
    if (!host.timers().isTimerActive(new Publish())) publish();
  }

  private void publish() {
    isChanged |= typists.expire(host.clock().instant());
    if (isChanged) {
      var changed = new Changed(host.room(), typists.all());
      host.sessions().forEach(session -> session.tell(changed));
    }
    isChanged = false;
    host.attachedRoom()
        .ifPresent(room ->
            unreported
                .values()
                .forEach(typist -> room.tell(new RoomTyping.Report(typist, host.self()))));
    unreported.clear();
    if (!typists.isEmpty()) host.timers().startSingleTimer(new Publish(), Intervals.LIVE_TYPING);
  }
}
