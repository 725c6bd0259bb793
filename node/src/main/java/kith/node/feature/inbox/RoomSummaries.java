package kith.node.feature.inbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Place;

/// What lists of rooms need to know of many rooms at once, found out without waking any of them.
public interface RoomSummaries {

  /// Those of `rooms` that exist.
  CompletionStage<List<RoomSummary>> of(Collection<String> rooms);

  /// What was counted up to the seq given for each room, or up to its end if that comes first.
  CompletionStage<Map<String, Place>> at(Map<String, Long> seqByRoom);
}
