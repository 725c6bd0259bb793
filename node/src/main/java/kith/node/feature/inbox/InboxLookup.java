package kith.node.feature.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.feature.mentions.MentionIndex;
import kith.node.platform.config.Portions;

/// Reads a member's list of rooms without starting any of the rooms.
public record InboxLookup(RoomSummaries headlines, MentionIndex mentions) {

  /// The summaries of the rooms that exist, with the mentions of the user after the seq given for
  /// each.
  ///
  /// @param ignored users whose mentions are left out
  public CompletionStage<List<RoomSummary>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored) {
    return headlines
        .of(seqByRoom.keySet())
        .thenCombine(
            mentions.of(user, seqByRoom, ignored, Portions.COUNTED_MENTIONS),
            (found, marks) ->
                found.stream()
                    .map(it -> it.mentioning(marks.getOrDefault(it.room(), List.of())))
                    .toList());
  }
}
