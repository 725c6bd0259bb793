package kith.node.feature.mentions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Mentions in memory; can be made unavailable.
public final class TestMentions implements MentionIndex {
  private final Map<String, ConcurrentSkipListMap<Long, Mention>> mentionsByRoom =
      new ConcurrentHashMap<>();
  private volatile boolean isAway;

  public void away(boolean away) {
    isAway = away;
  }

  public List<Mention> in(String room) {
    return List.copyOf(room(room).values());
  }

  private ConcurrentSkipListMap<Long, Mention> room(String room) {
    return mentionsByRoom.computeIfAbsent(room, _ -> new ConcurrentSkipListMap<>());
  }

  public void add(String room, Mention... some) {
    for (var mention : some) room(room).put(mention.seq(), mention);
  }

  @Override
  public CompletionStage<Map<String, List<Mention>>> of(
      String user, Map<String, Long> seqByRoom, Set<String> ignored, int most) {
    var found = new HashMap<String, List<Mention>>();
    seqByRoom.forEach((room, seq) -> {
      var newest = new ArrayList<Mention>();
      for (var mention : room(room).tailMap(seq, false).descendingMap().values())
        if (mention.isOf(user) && !ignored.contains(mention.by()) && newest.size() < most)
          newest.add(mention);
      found.put(room, newest);
    });
    return answer(found);
  }

  private <T> CompletionStage<T> answer(T value) {
    return isAway
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(value);
  }
}
