package kith.node.feature.typing;

import java.util.List;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.platform.config.SessionSettings;
import org.apache.pekko.actor.typed.ActorRef;

/// Typing reports pass from session to relay, through the room to the other relays, and to their
/// sessions. Nothing is stored.
public record TypingFeature(SessionSettings settings) implements Feature {
  @Override
  public List<String> names() {
    return List.of("typing");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(RoomTyping.factory());
  }

  @Override
  public List<RelayPart.Factory> relayParts() {
    return List.of(RelayTyping.factory());
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new TypingSessionPart.Factory(settings));
  }
}
