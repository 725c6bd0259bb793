package kith.node.feature.mentions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Where it is written who was mentioned in which messages, beside the rooms' logs.
public interface MentionIndex {

  /// The newest `names` that are written of a room, and all others of the same messages.
  CompletionStage<List<Mention>> newest(String room, int names);

  /// What is there already is there once.
  CompletionStage<Void> add(String room, List<Mention> mentions);

  CompletionStage<Void> forget(String room);

  /// Where a user, or everyone, was mentioned in rooms after the seq given for each: the newest
  /// `most` of each room, without those by `ignored`.
  CompletionStage<Map<String, List<Mention>>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored, int most);
}
