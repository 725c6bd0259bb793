package kith.node.feature.mentions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Finds the messages in which a user was mentioned.
public interface MentionIndex {

  /// The mentions of a user, or of everyone, after the seq given for each room: at least the newest
  /// `most` of each room, without those by `ignored`.
  CompletionStage<Map<String, List<Mention>>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored, int most);
}
