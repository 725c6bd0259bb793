package kith.node.feature.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.feature.mentions.MentionIndex;
import kith.node.feature.mentions.MentionMarks;

/// All that one member's list of rooms shows, found out without waking any of them.
public record InboxLookup(RoomSummaries headlines, MentionIndex mentions) {

  /// The headlines of those rooms that exist, with what mentions the user after the seq given for
  /// each.
  ///
  /// @param ignored whose mentions are left out
  public CompletionStage<List<RoomSummary>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored) {
    return headlines
        .of(seqByRoom.keySet())
        .thenCombine(
            mentions.of(user, seqByRoom, ignored, MentionMarks.MOST),
            (found, marks) ->
                found.stream()
                    .map(it -> it.mentioning(marks.getOrDefault(it.room(), List.of())))
                    .toList());
  }
}
