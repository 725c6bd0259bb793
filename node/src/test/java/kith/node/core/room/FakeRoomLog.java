package kith.node.core.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import kith.protocol.frame.Entry;

/// A room's log in memory. A test can delay its answers or make them fail.
public class FakeRoomLog implements RoomLog {
  private final List<Entry> entries = new ArrayList<>();
  private final List<RoomEvent> events = new ArrayList<>();
  private final List<Long> readsAfter = new ArrayList<>();
  private final List<Long> erased = new ArrayList<>();
  private CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  /// Adds a message with the next seq.
  public synchronized void says(String by, String body) {
    var seq = entries.size() + 1L;
    add(RoomHistory.said(by, "id-" + seq, body));
  }

  public synchronized void add(RoomEvent event) {
    entries.add(Entries.of(entries.size() + 1L, event));
    events.add(event);
  }

  public synchronized void saysUpTo(long seq) {
    while (entries.size() < seq) says("ann", "m" + (entries.size() + 1));
  }

  /// Reads wait until `letGo`, or fail after `breakDown`.
  public synchronized void hold() {
    open = new CompletableFuture<>();
  }

  public synchronized void breakDown() {
    open = CompletableFuture.failedFuture(new IllegalStateException("no database"));
  }

  public synchronized void mend() {
    open = CompletableFuture.completedFuture(null);
  }

  /// Answers the reads made since `hold`.
  public void letGo() {
    CompletableFuture<Void> held;
    synchronized (this) {
      held = open;
      open = CompletableFuture.completedFuture(null);
    }
    held.complete(null);
  }

  /// The messages whose texts were erased.
  public synchronized List<Long> erased() {
    return List.copyOf(erased);
  }

  public synchronized List<Long> readsAfter() {
    return List.copyOf(readsAfter);
  }

  @Override
  public synchronized CompletionStage<Events> events(String room, long after, int limit) {
    return answer(() ->
        new Events(
            LongStream.rangeClosed(after + 1, events.size())
                .limit(limit)
                .mapToObj(seq -> new Projection.Numbered(seq, events.get((int) seq - 1)))
                .toList()));
  }

  @Override
  public synchronized CompletionStage<Events> events(String room, Set<Long> seqs) {
    return answer(() ->
        new Events(
            LongStream.rangeClosed(1, events.size())
                .filter(seqs::contains)
                .mapToObj(seq -> new Projection.Numbered(seq, events.get((int) seq - 1)))
                .toList()));
  }

  @Override
  public synchronized CompletionStage<Page> after(String room, long after, int limit) {
    readsAfter.add(after);
    return answer(() -> {
      var rest = entries.stream().filter(entry -> entry.seq() > after).toList();
      return page(rest.stream().limit(limit).toList(), rest.size() > limit);
    });
  }

  @Override
  public synchronized CompletionStage<Page> before(String room, long before, int limit) {
    return answer(() -> {
      var rest = entries.stream().filter(entry -> entry.seq() < before).toList();
      var from = Math.max(0, rest.size() - limit);
      return page(rest.subList(from, rest.size()), from > 0);
    });
  }

  private static Page page(List<Entry> entries, boolean more) {
    return new Page(entries, more, OptionalLong.empty());
  }

  @Override
  public synchronized CompletionStage<List<Entry>> messages(String room, Set<Long> seqs) {
    return answer(() ->
        entries.stream()
            .filter(it -> it instanceof Entry.Message && seqs.contains(it.seq()))
            .toList());
  }

  @Override
  public synchronized CompletionStage<List<Entry>> versions(String room, long seq) {
    return answer(List::of);
  }

  @Override
  public synchronized CompletionStage<Map<Long, Post.Fact>> facts(String room, Set<Long> seqs) {
    return answer(() -> {
      var facts = new HashMap<Long, Post.Fact>();
      for (var entry : entries)
        if (entry instanceof Entry.Message it && seqs.contains(it.seq()))
          facts.put(it.seq(), new Post.Fact(it.by(), isRedacted(it.seq())));
      return facts;
    });
  }

  private boolean isRedacted(long seq) {
    return entries.stream()
        .anyMatch(entry -> entry instanceof Entry.Redacted it && it.target() == seq);
  }

  @Override
  public synchronized CompletionStage<Void> erase(String room, long message) {
    erased.add(message);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> eraseAll(String room, long lastSeq) {
    return CompletableFuture.completedFuture(null);
  }

  private <T> CompletionStage<T> answer(Supplier<T> answer) {
    return open.thenApply(_ -> {
      synchronized (this) {
        return answer.get();
      }
    });
  }
}
