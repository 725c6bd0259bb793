package kith.bench.prove;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import kith.bench.prove.Violation.Kind;

/// Compares the posts, acknowledgements, deliveries and logs of one room with each other.
final class Checker {
  private final RoomHistory history;
  private final List<LogEntry> log;
  private final Map<Long, LogEntry> entryBySeq = new HashMap<>();
  private final Map<String, LogEntry> entryById = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Checker(RoomHistory history) {
    this.history = history;
    this.log =
        history.logs().stream()
            .map(NodeLog::entries)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
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
              found(Kind.DOUBLED, "%s is in the log twice: %s and %s", id, other, entry);
          });
    }
    for (var each : history.logs()) {
      sequence("the log of " + each.node(), each.entries());
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
  private void sequence(String whose, List<LogEntry> entries) {
    var seen = new HashSet<Long>();
    long last = 0;
    for (var entry : entries) {
      if (!seen.add(entry.seq())) found(Kind.DOUBLED, "%s has %s again", whose, entry);
      else if (entry.seq() < last)
        found(Kind.DISORDERED, "%s has %s after entry %d", whose, entry, last);
      last = Math.max(last, entry.seq());
    }
    for (long seq = 1; seq < last; seq++)
      if (!seen.contains(seq))
        found(Kind.LOST, "%s has no entry %d, although it continues to %d", whose, seq, last);
  }

  private void posts() {
    var bodies = new HashMap<String, Post>();
    for (var post : history.posts()) {
      bodies.put(post.id(), post);
      post.acks().forEach(ack -> kept(post, ack));
    }
    for (var entry : entryById.values()) {
      var post = bodies.get(entry.id().orElseThrow());
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
          "%s was acknowledged as entry %d, but is not in the log",
          post.id(),
          ack.seq());
    else if (kept.seq() != ack.seq() || !kept.at().equals(ack.at()))
      found(
          Kind.CONTRADICTED, "%s was acknowledged as %s, but the log has %s", post.id(), ack, kept);
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
        found(Kind.DISORDERED, "%s sent %s before %s", post.writer(), before, entry);
    }
  }

  private void deliveryLogs() {
    for (var deliveryLog : history.deliveryLogs()) {
      var entries = deliveryLog.received().stream().map(DeliveryLog.Delivery::entry).toList();
      sequence(deliveryLog.reader(), entries);
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

  @SuppressWarnings("AnnotateFormatMethod")
  private void found(Kind kind, String format, Object... values) {
    violations.add(new Violation(kind, history.room(), format.formatted(values)));
  }
}
