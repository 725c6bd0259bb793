package kith.node.feature.reactions;

import java.util.List;
import kith.node.core.room.AmendmentKind;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;

/// Shows a message with its reactions.
final class ReactionAmendments implements AmendmentKind {
  static final char LETTER = '+';

  @Override
  public char letter() {
    return LETTER;
  }

  @Override
  public Entry.Message amend(Entry.Message message, List<RoomEvent.PartEvent> amendments) {
    return message.withReactions(Reactions.after(amendments).shown());
  }
}
