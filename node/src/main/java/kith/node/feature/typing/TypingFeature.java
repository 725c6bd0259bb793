package kith.node.feature.typing;

import java.util.List;
import kith.node.core.relay.RelayPart;
import kith.node.core.room.RoomPart;
import kith.node.feature.Feature;

/// Who is typing: from session to relay, through the room to the other relays, and to their
/// sessions. Nothing is stored.
public record TypingFeature() implements Feature {
  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(RoomTyping.factory());
  }

  @Override
  public List<RelayPart.Factory> relayParts() {
    return List.of(RelayTyping.factory());
  }
}
