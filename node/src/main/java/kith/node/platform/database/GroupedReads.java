package kith.node.platform.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kith.node.platform.config.Portions;

/// Reads values by their keys. Keys that are asked for while two reads are running are read
/// together by the next one.
///
/// A single key is read at once. A thousand rooms that wake at the same time need a few statements
/// instead of a thousand. A read begins after its keys were asked for, so it sees all earlier
/// commits. The number of actors bounds the number of waiting keys, because each asks when it
/// wakes.
public final class GroupedReads<K, V> {
  private record Waiting<K, V>(K key, CompletableFuture<V> value) {}

  private final int most;
  private final ToIntFunction<K> weight;
  private final V none;
  private final Function<List<K>, CompletionStage<Map<K, V>>> read;
  private final Queue<Waiting<K, V>> waiting = new ArrayDeque<>();
  private int running;

  /// @param most keys in one read
  /// @param none the value of a key that the read does not find
  public GroupedReads(int most, V none, Function<List<K>, CompletionStage<Map<K, V>>> read) {
    this(most, _ -> 1, none, read);
  }

  /// @param most the weight of all keys in one read; a heavier key is read alone
  /// @param none the value of a key that the read does not find
  public GroupedReads(
      int most,
      ToIntFunction<K> weight,
      V none,
      Function<List<K>, CompletionStage<Map<K, V>>> read) {
    this.most = most;
    this.weight = weight;
    this.none = none;
    this.read = read;
  }

  /// Reads the rows of each key.
  ///
  /// @param sql has one parameter, an array of keys; its first column is the key
  public static <R> GroupedReads<String, List<R>> rows(Jdbc jdbc, String sql, Jdbc.Row<R> row) {
    return new GroupedReads<>(
        Portions.GROUPED_READS,
        List.of(),
        keys ->
            jdbc.with(connection -> {
              var found = new HashMap<String, List<R>>();
              Jdbc.rows(
                  connection,
                  sql,
                  it ->
                      found
                          .computeIfAbsent(it.getString(1), _ -> new ArrayList<>())
                          .add(row.read(it)),
                  connection.createArrayOf("text", keys.toArray()));
              return found;
            }));
  }

  /// It fails if the database cannot be reached or the values of this key cannot be read.
  public CompletionStage<V> of(K key) {
    var asked = new Waiting<K, V>(key, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(asked);
      if (running == Portions.READS_AT_A_TIME) return asked.value();
      running++;
    }
    run();
    return asked.value();
  }

  /// A loop, because reads end at once while the database's queue is full.
  private void run() {
    for (var group = next(); !group.isEmpty(); group = next()) {
      var answered = answer(group);
      if (!answered.isDone()) {
        var _ = answered.thenRun(this::run);
        return;
      }
    }
  }

  private CompletableFuture<Void> answer(List<Waiting<K, V>> group) {
    return DividedGroup.run(
            group,
            some -> read.apply(some.stream().map(Waiting::key).distinct().toList()),
            (some, found) -> {
              for (var it : some) it.value().complete(found.getOrDefault(it.key(), none));
            },
            (it, fault) -> it.value().completeExceptionally(fault))
        .toCompletableFuture();
  }

  /// The keys that have waited longest.
  private synchronized List<Waiting<K, V>> next() {
    var group = new ArrayList<Waiting<K, V>>();
    var sum = 0L;
    while (!waiting.isEmpty()) {
      sum += weight.applyAsInt(waiting.element().key());
      if (!group.isEmpty() && sum > most) break;
      group.add(waiting.remove());
    }
    if (group.isEmpty()) running--;
    return group;
  }
}
