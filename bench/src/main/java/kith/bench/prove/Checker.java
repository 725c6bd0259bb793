package kith.bench.prove;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kith.bench.prove.Violation.Kind;

/// Compares the posts, acknowledgements, deliveries and logs of one room with each other.
final class Checker {
  private final RoomHistory history;
  private final List<LogEntry> log;
  private final Map<Long, LogEntry> entryBySeq = new HashMap<>();
  private final Map<String, LogEntry> entryById = new HashMap<>();
  private final Map<String, Post> postById = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Checker(RoomHistory history) {
    this.history = history;
    this.log =
        history.logs().stream()
            .map(NodeLog::entries)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
    for (var post : history.posts()) postById.put(post.id(), post);
  }

  /// Returns every violation. Logs that could not be read cannot be compared: see `Verdict`.
  static List<Violation> check(RoomHistory history) {
    var checker = new Checker(history);
    checker.logs();
    checker.posts();
    checker.orderOfWriters();
    checker.deliveryLogs();
    return List.copyOf(checker.violations);
  }

  private void logs() {
    for (var entry : log) {
      entryBySeq.putIfAbsent(entry.seq(), entry);
      entry
          .id()
          .ifPresent(id -> {
            var other = entryById.putIfAbsent(id, entry);
            if (other != null)
              found(
                  Kind.DOUBLED,
                  answered(id),
                  "%s is in the log twice: %s and %s",
                  id,
                  other,
                  entry);
          });
    }
    for (var each : history.logs()) {
      sequence("the log of " + each.node(), each.entries(), List.of());
      same(each);
    }
  }

  private void same(NodeLog other) {
    if (other.entries().size() != log.size())
      found(
          Kind.CONTRADICTED,
          "the log of %s has %d entries, another node's %d",
          other.node(),
          other.entries().size(),
          log.size());
    for (int i = 0; i < Math.min(other.entries().size(), log.size()); i++)
      if (!other.entries().get(i).equals(log.get(i))) {
        found(
            Kind.CONTRADICTED,
            "the log of %s has %s, another node's %s",
            other.node(),
            other.entries().get(i),
            log.get(i));
        return;
      }
  }

  /// Entries must be numbered from 1 without a gap, a repetition or a step back.
  ///
  /// @param received the same entries with the times of their arrival; empty for a log
  private void sequence(String whose, List<LogEntry> entries, List<DeliveryLog.Delivery> received) {
    var seen = new HashSet<Long>();
    long last = 0;
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      var at =
          received.isEmpty()
              ? entry.id().map(this::answered).orElse(OptionalLong.empty())
              : OptionalLong.of(received.get(i).receivedAt());
      if (!seen.add(entry.seq())) found(Kind.DOUBLED, at, "%s has %s again", whose, entry);
      else if (entry.seq() < last)
        found(Kind.DISORDERED, at, "%s has %s after entry %d", whose, entry, last);
      last = Math.max(last, entry.seq());
    }
    for (long seq = 1; seq < last; seq++)
      if (!seen.contains(seq))
        found(Kind.LOST, "%s has no entry %d, although it continues to %d", whose, seq, last);
  }

  private void posts() {
    for (var post : history.posts()) post.acks().forEach(ack -> kept(post, ack));
    for (var entry : entryById.values()) {
      var post = postById.get(entry.id().orElseThrow());
      if (post == null) found(Kind.CONTRADICTED, "no writer sent %s", entry);
      else if (!post.body().equals(entry.text()) || !post.writer().equals(entry.by()))
        found(
            Kind.CONTRADICTED,
            "%s sent “%s”, but the log has %s",
            post.writer(),
            post.body(),
            entry);
    }
  }

  private void kept(Post post, Ack ack) {
    if (log.isEmpty()) return;
    var kept = entryById.get(post.id());
    if (kept == null)
      found(
          Kind.LOST,
          OptionalLong.of(ack.receivedAt()),
          "%s was acknowledged as entry %d, but is not in the log",
          post.id(),
          ack.seq());
    else if (kept.seq() != ack.seq() || !kept.at().equals(ack.at()))
      found(
          Kind.CONTRADICTED,
          OptionalLong.of(ack.receivedAt()),
          "%s was acknowledged as %s, but the log has %s",
          post.id(),
          ack,
          kept);
  }

  /// If a writer has several posts in flight, one that was sent again may be overtaken; no other
  /// post may.
  private void orderOfWriters() {
    var lastByWriter = new HashMap<String, LogEntry>();
    for (var post : history.posts()) {
      var entry = entryById.get(post.id());
      if (entry == null || post.mayBeOvertaken()) continue;
      var before = lastByWriter.put(post.writer(), entry);
      if (before != null && before.seq() > entry.seq())
        found(
            Kind.DISORDERED,
            answered(post.id()),
            "%s sent %s before %s",
            post.writer(),
            before,
            entry);
    }
  }

  private void deliveryLogs() {
    for (var deliveryLog : history.deliveryLogs()) {
      var entries = deliveryLog.received().stream().map(DeliveryLog.Delivery::entry).toList();
      sequence(deliveryLog.reader(), entries, deliveryLog.received());
      for (var anomaly : deliveryLog.anomalies())
        found(Kind.CONTRADICTED, "%s received %s", deliveryLog.reader(), anomaly);
      for (var entry : entries) agrees(deliveryLog.reader(), entry);
      long end = entries.stream().mapToLong(LogEntry::seq).max().orElse(0);
      for (long seq = end + 1; seq <= log.size(); seq++)
        found(Kind.BEHIND, "%s did not receive entry %d before the end", deliveryLog.reader(), seq);
    }
  }

  private void agrees(String reader, LogEntry entry) {
    if (!log.isEmpty() && entry.seq() > log.getLast().seq())
      found(
          Kind.LOST,
          "%s received %s, but the log ends with %d",
          reader,
          entry,
          log.getLast().seq());
    var known = entryBySeq.putIfAbsent(entry.seq(), entry);
    if (known != null && !known.equals(entry))
      found(Kind.CONTRADICTED, "%s received %s, others have %s", reader, entry, known);
  }

  /// The time of the first acknowledgement of the post.
  private OptionalLong answered(String id) {
    var post = postById.get(id);
    return post == null || !post.isAcknowledged()
        ? OptionalLong.empty()
        : OptionalLong.of(post.acks().getFirst().receivedAt());
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void found(Kind kind, String format, Object... values) {
    found(kind, OptionalLong.empty(), format, values);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void found(Kind kind, OptionalLong at, String format, Object... values) {
    violations.add(new Violation(kind, history.room(), at, format.formatted(values)));
  }
}
