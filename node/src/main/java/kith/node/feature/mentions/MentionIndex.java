package kith.node.feature.mentions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Finds the messages in which a user was mentioned.
public interface MentionIndex {

  /// Where a user, or everyone, was mentioned in rooms after the seq given for each: the newest
  /// `most` of each room, without those by `ignored`.
  CompletionStage<Map<String, List<Mention>>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored, int most);
}
