package kith.node.core.relay;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import kith.node.core.room.Post;

/// Posts of a relay's sessions that the room has not answered: one batch in flight, the others
/// queued.
///
/// One batch at a time keeps each sender's order through any retry, and fills a batch for as long
/// as a commit takes: in a quiet room no post waits, a busy room commits many posts in one write.
final class PostQueue {
  record Batch(long number, List<Post> posts) {}

  private record Waiting(RoomRelay.Submit submit, Instant deadline) {}

  private final int batchEntries;
  private final int batchBytes;
  private final int waitingBatches;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private List<Waiting> underWay = List.of();
  private long number;

  /// @param waitingBatches the length of the queue, in full batches; posts beyond it are refused
  PostQueue(int batchEntries, int batchBytes, int waitingBatches) {
    this.batchEntries = batchEntries;
    this.batchBytes = batchBytes;
    this.waitingBatches = waitingBatches;
  }

  /// False if the queue is full.
  boolean add(RoomRelay.Submit submit, Instant deadline) {
    if (waiting.size() >= waitingBatches * (long) batchEntries
        || waitingBytes >= waitingBatches * (long) batchBytes) return false;
    waiting.add(new Waiting(submit, deadline));
    waitingBytes += submit.post().bytes();
    return true;
  }

  /// The next batch, if none is in flight and posts are queued.
  Optional<Batch> next() {
    if (!underWay.isEmpty() || waiting.isEmpty()) return Optional.empty();
    var taken = new ArrayList<Waiting>();
    var bytes = 0;
    while (!waiting.isEmpty() && taken.size() < batchEntries) {
      var size = waiting.element().submit().post().bytes();
      if (!taken.isEmpty() && bytes + size > batchBytes) break;
      taken.add(waiting.remove());
      bytes += size;
    }
    waitingBytes -= bytes;
    return Optional.of(start(taken));
  }

  private Batch start(List<Waiting> taken) {
    underWay = List.copyOf(taken);
    number++;
    return new Batch(number, underWay.stream().map(it -> it.submit().post()).toList());
  }

  /// The batch in flight, to be sent again. It keeps its number: the first answer to arrive is
  /// valid.
  Optional<Batch> unanswered() {
    return underWay.isEmpty()
        ? Optional.empty()
        : Optional.of(new Batch(number, underWay.stream().map(it -> it.submit().post()).toList()));
  }

  /// Completes the batch in flight and returns its posts; empty if none is in flight or `answered`
  /// is not its number.
  List<RoomRelay.Submit> done(long answered) {
    if (answered != number) return List.of();
    var submits = underWay.stream().map(Waiting::submit).toList();
    underWay = List.of();
    return submits;
  }

  /// All posts without an answer.
  List<RoomRelay.Submit> all() {
    return Stream.concat(underWay.stream(), waiting.stream()).map(Waiting::submit).toList();
  }

  /// Removes and returns posts past their deadline. A batch in flight that loses posts gets a new
  /// number.
  List<RoomRelay.Submit> expired(Instant now) {
    var late = new ArrayList<RoomRelay.Submit>();
    var inTime = new ArrayList<Waiting>();
    for (var one : underWay) {
      if (one.deadline().isAfter(now)) inTime.add(one);
      else late.add(one.submit());
    }
    if (inTime.size() < underWay.size()) {
      underWay = List.of();
      if (inTime.isEmpty()) number++;
      else start(inTime);
    }
    while (!waiting.isEmpty() && !waiting.element().deadline().isAfter(now)) {
      var one = waiting.remove();
      waitingBytes -= one.submit().post().bytes();
      late.add(one.submit());
    }
    return late;
  }
}
