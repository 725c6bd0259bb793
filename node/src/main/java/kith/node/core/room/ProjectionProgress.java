package kith.node.core.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Projection.Numbered;
import kith.node.core.room.Projection.Urgency;
import kith.node.platform.config.Portions;

/// The position of one projection of one room, and its next step. [Projections] carries out the
/// steps.
final class ProjectionProgress {
  /// The next step.
  sealed interface Step {}

  /// Do nothing now.
  record Rest() implements Step {}

  /// Wait a moment for more changes.
  record Gather() implements Step {}

  /// Read the log after this position.
  record Read(long after) implements Step {}

  /// @param isUrgent false if it may wait for those of other rooms
  record Write(long from, long to, boolean isUrgent, List<Numbered> events) implements Step {}

  private record Waiter(long seq, CompletableFuture<Void> written) {}

  private final Projection projection;
  private final int mostWaiting;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private long position;
  private long latest;
  private long attempt;
  private boolean isLoaded;
  private boolean isBusy;

  /// Events are missing in `waiting`, or the projection has to follow the state.
  private boolean isBehind;

  private boolean isDue;
  private boolean isUrgent;
  private boolean isStopping;

  /// @param mostWaiting events that may wait in memory; beyond that, they are read from the log
  ProjectionProgress(Projection projection, int mostWaiting) {
    this.projection = projection;
    this.mostWaiting = mostWaiting;
  }

  Projection projection() {
    return projection;
  }

  boolean isLoaded() {
    return isLoaded;
  }

  /// True if this is the read or write that is under way.
  boolean isCurrent(long number) {
    return isBusy && attempt == number;
  }

  long attempt() {
    return attempt;
  }

  /// True if stopping the room now would lose nothing.
  boolean isSettled() {
    return isLoaded && !isBusy && !isBehind && waiting.isEmpty();
  }

  /// The position was read from the database.
  void loaded(long seq, long lastSeq) {
    isLoaded = true;
    position = seq;
    latest = Math.max(latest, lastSeq);
    isBehind = position < latest;
    waiting.clear();
    answer(position);
  }

  /// @return done when the reply to the command may be sent; empty if it need not wait
  Optional<CompletionStage<Void>> follow(Commit commit) {
    var most = Urgency.NONE;
    for (var i = 0; i < commit.events().size(); i++) {
      var event = commit.events().get(i);
      var urgency = projection.urgency(event);
      if (urgency == Urgency.NONE) continue;
      if (!isBehind) waiting.add(new Numbered(commit.firstSeq() + i, event));
      if (urgency.compareTo(most) > 0) most = urgency;
    }
    latest = commit.lastSeq();
    if (waiting.size() > mostWaiting) fallBehind();
    isUrgent |= most.compareTo(Urgency.SOON) > 0;
    return most == Urgency.BEFORE_REPLY ? Optional.of(reaches(latest)) : Optional.empty();
  }

  private void fallBehind() {
    waiting.clear();
    isBehind = true;
  }

  /// Done when the projection has applied everything up to `seq`, or when the next write fails.
  CompletionStage<Void> reaches(long seq) {
    if (isLoaded && position >= seq) return CompletableFuture.completedFuture(null);
    var waiter = new Waiter(seq, new CompletableFuture<>());
    waiters.add(waiter);
    return waiter.written();
  }

  /// The time to gather is over.
  void due() {
    isDue = true;
  }

  /// From now on, nothing waits for further changes.
  void stopping() {
    isStopping = true;
  }

  Step next() {
    if (!isLoaded || isBusy) return new Rest();
    if (isBehind)
      return projection.followsState()
          ? begin(new Write(position, latest, true, List.of()))
          : begin(new Read(position));
    var isAwaited = isUrgent || isStopping || !waiters.isEmpty();
    if (waiting.isEmpty())
      return latest - position >= Portions.EVENTS || (!waiters.isEmpty() && latest > position)
          ? begin(new Write(position, latest, isAwaited, List.of()))
          : new Rest();
    // enough for a transaction of their own
    var areMany = waiting.size() >= Portions.EVENTS;
    return isDue || isAwaited || areMany
        ? begin(new Write(position, latest, isAwaited || areMany, List.copyOf(waiting)))
        : new Gather();
  }

  private Step begin(Step step) {
    isBusy = true;
    isDue = false;
    isUrgent = false;
    attempt++;
    return step;
  }

  /// Returns the write of a page read from the log: the events that concern the projection.
  Write read(RoomLog.Events page) {
    var concerning =
        page.events().stream()
            .filter(it -> projection.urgency(it.event()) != Urgency.NONE)
            .toList();
    var to = page.events().isEmpty() ? latest : page.events().getLast().seq();
    return new Write(position, to, true, concerning);
  }

  void written(long to) {
    isBusy = false;
    position = to;
    while (!waiting.isEmpty() && waiting.getFirst().seq() <= to) waiting.removeFirst();
    isBehind = isBehind && position < latest;
    answer(to);
  }

  /// Nothing is lost: the next attempt writes it. Replies do not wait any longer.
  void failed() {
    isBusy = false;
    answer(Long.MAX_VALUE);
  }

  /// The position has to be read from the database again.
  void unloaded() {
    isBusy = false;
    isLoaded = false;
    fallBehind();
  }

  private void answer(long upTo) {
    for (var waiter : waiters) if (waiter.seq() <= upTo) waiter.written().complete(null);
    waiters.removeIf(waiter -> waiter.seq() <= upTo);
  }
}
