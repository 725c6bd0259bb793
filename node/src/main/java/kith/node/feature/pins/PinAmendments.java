package kith.node.feature.pins;

import java.util.List;
import java.util.Optional;
import kith.node.core.room.AmendmentKind;
import kith.node.core.room.RoomEvent;
import kith.protocol.frame.Entry;

/// Shows a message with its pin.
final class PinAmendments implements AmendmentKind {
  static final char LETTER = 'p';

  @Override
  public char letter() {
    return LETTER;
  }

  @Override
  public Entry.Message amend(Entry.Message message, List<RoomEvent.PartEvent> amendments) {
    var latest = amendments.getLast();
    return latest instanceof Pinned it && !it.removed()
        ? message.withPin(Optional.of(new Entry.Pin(it.at(), it.by())))
        : message;
  }
}
