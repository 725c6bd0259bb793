package kith.node.feature.typing;

import java.util.Optional;
import kith.node.core.room.Room;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import org.apache.pekko.actor.typed.ActorRef;

/// Forwards typing reports from one relay to all others. Stores nothing.
public final class RoomTyping implements RoomPart.WithCommands<RoomTyping.Command> {

  public sealed interface Command extends Room.PartCommand {}

  /// A member on the relay's node is typing.
  public record Report(TypingUsers.Typist typist, ActorRef<Room.ToRelay> relay)
      implements Command {}

  /// A member on another node is typing.
  public record Reported(TypingUsers.Typist typist) implements Room.PartMessage {}

  private final RoomHost host;

  private RoomTyping(RoomHost host) {
    this.host = host;
  }

  public static RoomPart.Factory factory() {
    return new RoomPart.Factory() {
      @Override
      public RoomPart create(RoomHost room) {
        return new RoomTyping(room);
      }

      @Override
      public Optional<Class<? extends Room.PartCommand>> commands() {
        return Optional.of(Command.class);
      }
    };
  }

  @Override
  public void on(RoomState room, Command command) {
    switch (command) {
      case Report(var typist, var relay) -> {
        if (host.isAttached(relay)) host.tellOthers(relay, new Reported(typist));
      }
    }
  }
}
