package kith.bench.prove;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The result of a run, also as JSON.
///
/// All times are in milliseconds; times of faults and silences count from the start of the run.
record Conclusion(
    boolean kept,
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

  /// The effect of an injected fault, until the next one.
  ///
  /// @param roomsSilent rooms that acknowledged nothing for more than a second
  /// @param longest the longest of these silences
  /// @param backAfter time from the fault until the last of these rooms acknowledged a post again
  record Recovery(String what, long at, long roomsSilent, long longest, long backAfter) {}

  private static final int SHOWN_VIOLATIONS = 20;

  static Conclusion of(
      Plan plan, List<RoomHistory> rooms, LiveStats stats, List<InjectedFault> faults, long end) {
    var verdict = Verdict.of(rooms, plan.nodes().size());
    var windows = rooms.stream().flatMap(room -> Silences.ofRoom(room, end).stream()).toList();
    return new Conclusion(
        verdict.isKept(),
        plan.seed(),
        plan.length().toMillis() / 60_000.0,
        plan.nodes().stream().map(Progress::name).toList(),
        plan.rooms(),
        plan.rooms() * plan.writers(),
        plan.readers(),
        stats.deliveries(),
        verdict,
        stats.refusals(),
        stats.losses(),
        Waits.of(Silences.ofWriters(rooms)),
        Waits.of(windows.stream().mapToLong(Silences.Window::length).toArray()),
        longestSilences(rooms),
        recoveries(faults, windows));
  }

  private static Map<String, Long> longestSilences(List<RoomHistory> rooms) {
    var longest = new TreeMap<String, Long>();
    for (var room : rooms)
      for (var deliveryLog : room.deliveryLogs())
        longest.merge(deliveryLog.reader(), Silences.ofReader(deliveryLog), Math::max);
    return longest;
  }

  private static List<Recovery> recoveries(
      List<InjectedFault> faults, List<Silences.Window> windows) {
    var inOrder = faults.stream().sorted(Comparator.comparingLong(InjectedFault::at)).toList();
    return IntStream.range(0, inOrder.size())
        .mapToObj(i -> {
          var fault = inOrder.get(i);
          long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).at() : Long.MAX_VALUE;
          return recovery(fault, next, windows);
        })
        .toList();
  }

  private static Recovery recovery(InjectedFault fault, long next, List<Silences.Window> windows) {
    var its =
        windows.stream()
            .filter(window -> isAfter(fault.at(), window) && !isAfter(next, window))
            .toList();
    return new Recovery(
        fault.what(),
        fault.at(),
        its.stream().map(Silences.Window::room).distinct().count(),
        its.stream().mapToLong(Silences.Window::length).max().orElse(0),
        its.stream().mapToLong(window -> window.to() - fault.at()).max().orElse(0));
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
    if (kept)
      return "KEPT: every acknowledged message is in the log once, in order, and was delivered to every reader.";
    if (!verdict.violations().isEmpty()) return "BROKEN: the cluster did not keep its promises.";
    if (verdict.unanswered() > 0)
      return "NOT PROVEN: %d posts were never acknowledged.".formatted(verdict.unanswered());
    return "NOT PROVEN: not everything could be compared.";
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
