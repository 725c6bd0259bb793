package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.rest.KeptMessages;

/// The calls about pinned messages.
public record KeptCalls(Rest rest) {
  public KeptMessages.RoomPins pins(String room, OptionalLong before, int limit) {
    var query = "?limit=" + limit + (before.isEmpty() ? "" : "&before=" + before.getAsLong());
    return rest.get(Rest.of(room) + "/pins" + query, KeptMessages.RoomPins.class);
  }
}
