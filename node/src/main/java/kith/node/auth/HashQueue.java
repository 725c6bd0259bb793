package kith.node.auth;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import kith.node.auth.Passwords.Work;

/// The hashes that wait for a thread. Each kind of work has places of its own and the kinds take
/// turns, so that no kind keeps another one waiting. Safe for use by many threads.
final class HashQueue {
  // existing accounts get every other turn
  private static final Work[] TURNS = {Work.ACCOUNT, Work.STRANGER, Work.ACCOUNT, Work.PASSCODE};

  private final Map<Work, Queue<Runnable>> waiting = new EnumMap<>(Work.class);
  private final int places;
  private final Executor threads;
  private int turn;

  /// @param places for each kind of work
  /// @param threads runs tasks later, and refuses none
  HashQueue(int places, Executor threads) {
    this.places = places;
    this.threads = threads;
    for (var work : Work.values()) waiting.put(work, new ArrayDeque<>());
  }

  /// Throws a `RejectedExecutionException` when there is no place.
  void execute(Work work, Runnable task) {
    synchronized (this) {
      var queue = of(work);
      if (queue.size() >= places) throw new RejectedExecutionException("no place for " + work);
      queue.add(task);
    }
    // one turn for each task that waits
    threads.execute(() -> next().run());
  }

  private synchronized Runnable next() {
    while (true) {
      var task = of(TURNS[turn]).poll();
      turn = (turn + 1) % TURNS.length;
      if (task != null) return task;
    }
  }

  private Queue<Runnable> of(Work work) {
    return waiting.computeIfAbsent(work, _ -> new ArrayDeque<>());
  }
}
