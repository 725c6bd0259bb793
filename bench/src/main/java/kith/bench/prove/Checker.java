package kith.bench.prove;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import kith.bench.prove.Fault.Kind;

/// Compares everything that is known about one room with everything else.
final class Checker {
  private final RoomHistory history;
  private final List<Line> log;
  private final Map<Long, Line> lineBySeq = new HashMap<>();
  private final Map<String, Line> lineById = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private Checker(RoomHistory history) {
    this.history = history;
    this.log =
        history.logs().stream()
            .map(Log::lines)
            .max(Comparator.comparingInt(List::size))
            .orElse(List.of());
  }

  /// Every promise that was broken. What was not read back cannot be compared: see `Verdict`.
  static List<Fault> check(RoomHistory history) {
    var checker = new Checker(history);
    checker.logs();
    checker.posts();
    checker.orderOfWriters();
    checker.readings();
    return List.copyOf(checker.faults);
  }

  private void logs() {
    for (var line : log) {
      lineBySeq.putIfAbsent(line.seq(), line);
      line.id()
          .ifPresent(id -> {
            var other = lineById.putIfAbsent(id, line);
            if (other != null) found(Kind.DOUBLED, "%s is there twice: %s and %s", id, other, line);
          });
    }
    for (var each : history.logs()) {
      sequence("the log of " + each.node(), each.lines());
      same(each);
    }
  }

  private void same(Log other) {
    if (other.lines().size() != log.size())
      found(
          Kind.CONTRADICTED,
          "the log of %s has %d entries, another node's %d",
          other.node(),
          other.lines().size(),
          log.size());
    for (int i = 0; i < Math.min(other.lines().size(), log.size()); i++)
      if (!other.lines().get(i).equals(log.get(i))) {
        found(
            Kind.CONTRADICTED,
            "the log of %s has %s, another node's %s",
            other.node(),
            other.lines().get(i),
            log.get(i));
        return;
      }
  }

  /// What is handed out must count from 1 without a hole, a repetition or a step back.
  private void sequence(String whose, List<Line> lines) {
    var seen = new HashSet<Long>();
    long last = 0;
    for (var line : lines) {
      if (!seen.add(line.seq())) found(Kind.DOUBLED, "%s has %s again", whose, line);
      else if (line.seq() < last)
        found(Kind.DISORDERED, "%s has %s after entry %d", whose, line, last);
      last = Math.max(last, line.seq());
    }
    for (long seq = 1; seq < last; seq++)
      if (!seen.contains(seq))
        found(Kind.LOST, "%s has no entry %d, though it goes on to %d", whose, seq, last);
  }

  private void posts() {
    var bodies = new HashMap<String, Post>();
    for (var post : history.posts()) {
      bodies.put(post.id(), post);
      post.acks().forEach(ack -> kept(post, ack));
    }
    for (var line : lineById.values()) {
      var post = bodies.get(line.id().orElseThrow());
      if (post == null) found(Kind.CONTRADICTED, "nobody wrote %s", line);
      else if (!post.body().equals(line.text()) || !post.writer().equals(line.by()))
        found(
            Kind.CONTRADICTED, "%s wrote “%s”, but it became %s", post.writer(), post.body(), line);
    }
  }

  private void kept(Post post, Ack ack) {
    if (log.isEmpty()) return;
    var kept = lineById.get(post.id());
    if (kept == null)
      found(Kind.LOST, "%s was acknowledged as entry %d and is gone", post.id(), ack.seq());
    else if (kept.seq() != ack.seq() || !kept.at().equals(ack.at()))
      found(Kind.CONTRADICTED, "%s was acknowledged as %s, but is %s", post.id(), ack, kept);
  }

  /// Of a writer with several posts under way, one that was sent again may be overtaken; no other
  /// may.
  private void orderOfWriters() {
    var lastByWriter = new HashMap<String, Line>();
    for (var post : history.posts()) {
      var line = lineById.get(post.id());
      if (line == null || post.mayBeOvertaken()) continue;
      var before = lastByWriter.put(post.writer(), line);
      if (before != null && before.seq() > line.seq())
        found(Kind.DISORDERED, "%s sent %s before %s", post.writer(), before, line);
    }
  }

  private void readings() {
    for (var reading : history.readings()) {
      var lines = reading.received().stream().map(Reading.Received::line).toList();
      sequence(reading.reader(), lines);
      for (var oddity : reading.oddities())
        found(Kind.CONTRADICTED, "%s was told %s", reading.reader(), oddity);
      for (var line : lines) agrees(reading.reader(), line);
      long end = lines.stream().mapToLong(Line::seq).max().orElse(0);
      for (long seq = end + 1; seq <= log.size(); seq++)
        found(Kind.BEHIND, "%s was not given entry %d until the end", reading.reader(), seq);
    }
  }

  private void agrees(String reader, Line line) {
    if (!log.isEmpty() && line.seq() > log.getLast().seq())
      found(
          Kind.LOST,
          "%s was given %s, but the log ends with %d",
          reader,
          line,
          log.getLast().seq());
    var known = lineBySeq.putIfAbsent(line.seq(), line);
    if (known != null && !known.equals(line))
      found(Kind.CONTRADICTED, "%s was given %s, others have %s", reader, line, known);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void found(Kind kind, String sentence, Object... words) {
    faults.add(new Fault(kind, history.room(), sentence.formatted(words)));
  }
}
