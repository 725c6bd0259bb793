package kith.node.feature.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;

/// Rooms in which every entry is a message.
public final class TestRoomSummaries implements RoomSummaries {
  private final Map<String, RoomSummary> headlines = new ConcurrentHashMap<>();

  /// While set, queries for places wait for it.
  private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  void hold() {
    open = new CompletableFuture<>();
  }

  void letGo() {
    open.complete(null);
  }

  public void are(RoomSummary... some) {
    for (var headline : some) headlines.put(headline.room(), headline);
  }

  @Override
  public CompletionStage<List<RoomSummary>> of(Collection<String> rooms) {
    var found = new ArrayList<RoomSummary>();
    for (var room : rooms) if (headlines.containsKey(room)) found.add(headlines.get(room));
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public CompletionStage<Map<String, Place>> at(Map<String, Long> seqByRoom) {
    var places = new HashMap<String, Place>();
    seqByRoom.forEach((room, asked) -> {
      var headline = headlines.get(room);
      if (headline == null) return;
      var seq = Math.min(asked, headline.seq());
      places.put(room, new Place(seq, new Counts(seq)));
    });
    return open.thenApply(_ -> places);
  }
}
