package kith.node.platform.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import kith.node.platform.config.Portions;

/// The writes that wait for a connection, handed out in groups. Bounded in writes and bytes.
///
/// While one group is being written, later writes gather and become the next group. A second group
/// begins beside it only if the first one takes long. Writes of one log are never in two groups at
/// the same time, so they are committed in their order.
final class WriteQueue {
  private final int mostWrites;
  private final long mostBytes;
  private final long slow;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Deque<JournalWrite> waiting = new ArrayDeque<>();
  private final List<Group> active = new ArrayList<>();
  private final Set<String> busyLogs = new HashSet<>();
  private long waitingBytes;
  private boolean isWatched;
  private boolean isClosed;

  /// Writes that are committed together.
  record Group(List<JournalWrite> writes, long began) {}

  /// @param slow a second group may begin when the one before is being written for this long
  WriteQueue(int mostWrites, long mostBytes, Duration slow) {
    this.mostWrites = mostWrites;
    this.mostBytes = mostBytes;
    this.slow = slow.toNanos();
  }

  /// False if there is no place. A write larger than the whole queue is accepted when nothing else
  /// waits: a later attempt would be no better.
  boolean offer(JournalWrite write) {
    lock.lock();
    try {
      var isFull =
          waiting.size() >= mostWrites
              || (!waiting.isEmpty() && waitingBytes + write.bytes() > mostBytes);
      if (isClosed || isFull) return false;
      waiting.add(write);
      waitingBytes += write.bytes();
      // while a group is being written, at most one waiting thread measures the time of the write
      if (active.isEmpty() || !isWatched) change.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next group; empty when the queue is closed.
  Optional<Group> take() throws InterruptedException {
    lock.lock();
    try {
      while (!isClosed) {
        var group = next();
        if (group.isPresent()) return group;
        awaitChange();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// The next group, if one may begin now.
  Optional<Group> poll() {
    lock.lock();
    try {
      return isClosed ? Optional.empty() : next();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Group> next() {
    if (untilSlow() > 0) return Optional.empty();
    var writes = new ArrayList<JournalWrite>();
    long rows = 0;
    long bytes = 0;
    for (var all = waiting.iterator(); all.hasNext(); ) {
      var write = all.next();
      if (busyLogs.contains(write.log())) continue;
      rows += write.rows().size();
      bytes += write.bytes();
      var isLarge = rows > Portions.JOURNAL_ROWS || bytes > Portions.JOURNAL_BYTES;
      if (isLarge && !writes.isEmpty()) break;
      writes.add(write);
      all.remove();
      waitingBytes -= write.bytes();
    }
    if (writes.isEmpty()) return Optional.empty();
    writes.forEach(write -> busyLogs.add(write.log()));
    var group = new Group(writes, System.nanoTime());
    active.add(group);
    return Optional.of(group);
  }

  /// The nanoseconds until the groups that are being written count as slow.
  private long untilSlow() {
    long longest = 0;
    for (var group : active) longest = Math.max(longest, group.began() + slow - System.nanoTime());
    return longest;
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is in `take`
  private void awaitChange() throws InterruptedException {
    var nanos = untilSlow();
    if (waiting.isEmpty() || nanos <= 0) {
      change.await();
      return;
    }
    isWatched = true;
    try {
      var _ = change.awaitNanos(nanos);
    } finally {
      isWatched = false;
    }
  }

  /// The thread that calls it takes the next group afterwards.
  ///
  /// @param failedLogs logs of which a write of the group failed
  /// @return waiting writes of these logs, which are no longer in the queue: they would leave a gap
  List<JournalWrite> ended(Group group, Collection<String> failedLogs) {
    lock.lock();
    try {
      active.remove(group);
      group.writes().forEach(write -> busyLogs.remove(write.log()));
      return failedLogs.isEmpty() ? List.of() : removeAll(failedLogs);
    } finally {
      lock.unlock();
    }
  }

  private List<JournalWrite> removeAll(Collection<String> logs) {
    var removed = new ArrayList<JournalWrite>();
    waiting.removeIf(write -> logs.contains(write.log()) && removed.add(write));
    for (var write : removed) waitingBytes -= write.bytes();
    return removed;
  }

  /// The number of waiting writes. Those in progress do not count.
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all calls of `take`.
  ///
  /// @return the writes that will not be written
  List<JournalWrite> close() {
    lock.lock();
    try {
      isClosed = true;
      change.signalAll();
      var left = List.copyOf(waiting);
      waiting.clear();
      waitingBytes = 0;
      return left;
    } finally {
      lock.unlock();
    }
  }
}
