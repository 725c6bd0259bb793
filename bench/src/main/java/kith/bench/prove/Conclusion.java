package kith.bench.prove;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The result of a run, also as JSON.
///
/// All times are in milliseconds; times of faults and silences count from the start of the run.
record Conclusion(
    boolean kept,
    Outcome outcome,
    long seed,
    double minutes,
    List<String> nodes,
    int rooms,
    int writers,
    int readers,
    long deliveries,
    Verdict verdict,
    Map<String, Long> refusals,
    Map<String, Long> connectionsLost,
    Waits postsLate,
    Waits roomsSilent,
    Map<String, Long> longestSilenceByReader,
    @JsonProperty("harms") List<Recovery> faults) {

  /// Times longer than a second.
  record Waits(int count, long median, long longest) {
    static Waits of(long[] millis) {
      return new Waits(
          millis.length, Silences.median(millis), Arrays.stream(millis).max().orElse(0));
    }
  }

  enum Outcome {
    /// Everything was compared, and every promise was kept.
    KEPT(0),
    BROKEN(1),
    /// No promise was broken as far as could be compared.
    NOT_PROVEN(3);

    final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    static Outcome of(Verdict verdict) {
      if (!verdict.violations().isEmpty()) return BROKEN;
      return verdict.isKept() ? KEPT : NOT_PROVEN;
    }
  }

  /// The effect of an injected fault, until the next one.
  ///
  /// @param until when the next fault was caused, or the end of the run
  /// @param counts broken promises by the time of the acknowledgement or delivery
  /// @param roomsSilent rooms that acknowledged nothing for more than a second
  /// @param longest the longest silence of a room, also a short one
  /// @param backAfter time from the fault until the last of these rooms acknowledged a post again
  /// @param silences the longest silence of each room that was silent at all
  record Recovery(
      String kind,
      String what,
      long at,
      long until,
      Map<Violation.Kind, Long> counts,
      long roomsSilent,
      long longest,
      long backAfter,
      Map<String, Long> silences) {}

  private static final int SHOWN_VIOLATIONS = 20;

  /// @param writing how long clients wrote
  /// @param end when the last client ended
  static Conclusion of(
      Plan plan,
      List<RoomHistory> rooms,
      LiveStats stats,
      List<InjectedFault> faults,
      long writing,
      long end) {
    var verdict = Verdict.of(rooms, plan.nodes().stream().map(Progress::name).toList());
    var windows =
        rooms.stream()
            .flatMap(room -> Silences.ofRoom(room, end, Silences.SHORTEST).stream())
            .toList();
    return new Conclusion(
        verdict.isKept(),
        Outcome.of(verdict),
        plan.seed(),
        writing / 60_000.0,
        plan.nodes().stream().map(Progress::name).toList(),
        plan.allRooms(),
        plan.allWriters(),
        plan.readers(),
        stats.deliveries(),
        verdict,
        stats.refusals(),
        stats.losses(),
        Waits.of(Silences.ofWriters(rooms)),
        Waits.of(
            windows.stream()
                .mapToLong(Silences.Window::length)
                .filter(length -> length > Silences.NOTABLE)
                .toArray()),
        longestSilences(rooms),
        recoveries(faults, windows, verdict.violations(), end));
  }

  private static Map<String, Long> longestSilences(List<RoomHistory> rooms) {
    var longest = new TreeMap<String, Long>();
    for (var room : rooms)
      for (var deliveryLog : room.deliveryLogs())
        longest.merge(deliveryLog.reader(), Silences.ofReader(deliveryLog), Math::max);
    return longest;
  }

  static List<Recovery> recoveries(
      List<InjectedFault> faults,
      List<Silences.Window> windows,
      List<Violation> violations,
      long end) {
    var inOrder = faults.stream().sorted(Comparator.comparingLong(InjectedFault::at)).toList();
    return IntStream.range(0, inOrder.size())
        .mapToObj(i -> {
          var fault = inOrder.get(i);
          boolean isLast = i + 1 == inOrder.size();
          // a silence that ends the run began before it
          long next = isLast ? end + 2 * Silences.NOTABLE : inOrder.get(i + 1).at();
          return recovery(fault, next, windows, violations);
        })
        .toList();
  }

  private static Recovery recovery(
      InjectedFault fault, long next, List<Silences.Window> windows, List<Violation> violations) {
    var its =
        windows.stream()
            .filter(window -> isAfter(fault.at(), window) && !isAfter(next, window))
            .toList();
    var notable = its.stream().filter(window -> window.length() > Silences.NOTABLE).toList();
    var silences = new TreeMap<String, Long>();
    for (var window : its) silences.merge(window.room(), window.length(), Math::max);
    var counts = new EnumMap<Violation.Kind, Long>(Violation.Kind.class);
    for (var violation : violations)
      if (violation.at().isPresent()
          && violation.at().getAsLong() >= fault.at()
          && violation.at().getAsLong() < next) counts.merge(violation.kind(), 1L, Long::sum);
    return new Recovery(
        fault.kind(),
        fault.what(),
        fault.at(),
        next,
        counts,
        notable.stream().map(Silences.Window::room).distinct().count(),
        its.stream().mapToLong(Silences.Window::length).max().orElse(0),
        notable.stream().mapToLong(window -> window.to() - fault.at()).max().orElse(0),
        silences);
  }

  /// Posts that were due just before a fault can also wait because of it.
  private static boolean isAfter(long fault, Silences.Window window) {
    return window.from() >= fault - Silences.NOTABLE;
  }

  void print(Output out) {
    out.println("");
    out.println(
        "%.1f minutes, seed %d: %d rooms, %d writers, %d readers, nodes %s",
        minutes, seed, rooms, writers, readers, String.join(" ", nodes));
    out.println("");
    row(out, "acknowledged", "%d of %d written", verdict.acknowledged(), verdict.written());
    row(out, "lost", "%d", verdict.count(Violation.Kind.LOST));
    row(out, "doubled", "%d", verdict.count(Violation.Kind.DOUBLED));
    row(out, "out of order", "%d", verdict.count(Violation.Kind.DISORDERED));
    row(out, "contradicted", "%d", verdict.count(Violation.Kind.CONTRADICTED));
    row(out, "not delivered by the end", "%d", verdict.count(Violation.Kind.BEHIND));
    row(out, "deliveries compared", "%d", deliveries);
    row(out, "errors seen by clients", "%s", text(refusals));
    row(out, "connections lost", "%s", text(connectionsLost));
    row(out, "posts late (over 1 s)", "%s", text(postsLate));
    row(out, "rooms silent (over 1 s)", "%s", text(roomsSilent));
    longestSilenceByReader.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(it ->
            row(
                out,
                "longest silence of a reader",
                "%s (%s)",
                Output.seconds(it.getValue()),
                it.getKey()));
    faults.forEach(fault -> print(out, fault));
    verdict.violations().stream()
        .limit(SHOWN_VIOLATIONS)
        .forEach(it -> out.println("%s in %s: %s", it.kind(), it.room(), it.sentence()));
    if (verdict.violations().size() > SHOWN_VIOLATIONS)
      out.println("… and %d more", verdict.violations().size() - SHOWN_VIOLATIONS);
    verdict.doubts().forEach(out::println);
    out.println("");
    out.println("%s", sentence());
  }

  private void print(Output out, Recovery fault) {
    out.println(
        "%s  %-56s %s",
        Output.time(fault.at()),
        fault.what(),
        fault.roomsSilent() == 0
            ? "no room silent"
            : "%d of %d rooms silent for up to %s, all back %s after it"
                .formatted(
                    fault.roomsSilent(),
                    rooms,
                    Output.seconds(fault.longest()),
                    Output.seconds(fault.backAfter())));
  }

  private String sentence() {
    return switch (outcome) {
      case KEPT ->
          "KEPT: every acknowledged message is in the log once, in order, and was delivered to every reader.";
      case BROKEN -> "BROKEN: the cluster did not keep its promises.";
      case NOT_PROVEN -> "NOT PROVEN: " + String.join(" ", unproven());
    };
  }

  private List<String> unproven() {
    var reasons = new ArrayList<String>();
    if (verdict.unanswered() > 0)
      reasons.add("%d posts were never acknowledged.".formatted(verdict.unanswered()));
    if (!verdict.notCompared().isEmpty())
      reasons.add(
          "%d of %d rooms were not compared: %s."
              .formatted(
                  verdict.notCompared().size(), rooms, String.join(", ", verdict.notCompared())));
    else if (!verdict.doubts().isEmpty()) reasons.add("Not everything could be compared.");
    reasons.add("In the compared rooms, no message was lost, doubled or out of order.");
    return reasons;
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void row(Output out, String name, String format, Object... values) {
    out.println("%-28s %s", name, format.formatted(values));
  }

  private static String text(Map<String, Long> counts) {
    if (counts.isEmpty()) return "none";
    return String.join(
        ", ", counts.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }

  private static String text(Waits waits) {
    if (waits.count() == 0) return "none";
    return "%d; median %s, longest %s"
        .formatted(waits.count(), Output.seconds(waits.median()), Output.seconds(waits.longest()));
  }
}
