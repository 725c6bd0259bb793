package kith.node.core.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Remembered;

/// Facts from the log about posts, read before they are decided.
///
/// @param facts about the messages to which they refer
/// @param candidates the older posts that were compared with them
/// @param earlier those of the candidates that exist, by sender and id
record PostLookUp(Map<Long, Post.Fact> facts, Set<Long> candidates, Map<Key, Remembered> earlier) {
  static final PostLookUp NONE = new PostLookUp(Map.of(), Set.of(), Map.of());

  PostLookUp {
    facts = Map.copyOf(facts);
    candidates = Set.copyOf(candidates);
    earlier = Map.copyOf(earlier);
  }

  static CompletionStage<PostLookUp> in(
      RoomLog log, String room, Set<Long> about, Set<Long> candidates) {
    var facts =
        about.isEmpty()
            ? CompletableFuture.completedFuture(Map.<Long, Post.Fact>of())
            : log.facts(room, about);
    var events =
        candidates.isEmpty()
            ? CompletableFuture.completedFuture(new RoomLog.Events(List.of()))
            : log.events(room, candidates);
    return facts.thenCombine(events, (found, stored) -> PostLookUp.of(found, candidates, stored));
  }

  /// @param stored those of the candidates that still exist
  static PostLookUp of(Map<Long, Post.Fact> facts, Set<Long> candidates, RoomLog.Events stored) {
    var earlier = new HashMap<Key, Remembered>();
    for (var it : stored.events())
      RecentPosts.Known.of(it.seq(), it.event())
          .ifPresent(known -> earlier.put(known.key(), known.post()));
    return new PostLookUp(facts, candidates, earlier);
  }
}
