package kith.node.feature.receipts;

import java.util.List;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import org.apache.pekko.actor.typed.ActorRef;

/// Read and delivery receipts. The room merges the reports of its members, relays gather and
/// forward receipts, and sessions show those that each viewer may see. The inbox stores the
/// positions.
///
/// @param mostMembers the number of members that a room can have
public record ReceiptsFeature(ReceiptLog kept, ReceiptSettings settings, int mostMembers)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("receipts");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(RoomReceipts.factory(kept, settings.namedMembers()));
  }

  @Override
  public List<RelayPart.Factory> relayParts() {
    return List.of(RelayReceipts.factory(mostMembers));
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ReceiptsSessionPart.Factory(relays, settings.countedMessages()));
  }
}
