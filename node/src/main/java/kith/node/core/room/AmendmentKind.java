package kith.node.core.room;

import java.util.List;
import kith.protocol.frame.Entry;

/// Shows readers an earlier message with the changes by a feature's events. History, resume and the
/// room's own rules all read amendments the same way.
public interface AmendmentKind {
  /// The first letter of the marks in the journal. `e` (edits) and `r` (redactions) are the core's.
  char letter();

  /// The message with these amendments, given oldest first.
  Entry.Message amend(Entry.Message message, List<RoomEvent.PartEvent> amendments);
}
