package kith.node.feature.inbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Place;

/// Reads the summaries and counts of many rooms at once, without starting any of them.
public interface RoomSummaries {

  /// The summaries of those `rooms` that exist.
  CompletionStage<List<RoomSummary>> of(Collection<String> rooms);

  /// The counts up to the seq given for each room, or up to its end if that comes first.
  CompletionStage<Map<String, Place>> at(Map<String, Long> seqByRoom);
}
