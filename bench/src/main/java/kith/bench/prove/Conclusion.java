package kith.bench.prove;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Everything a run has to say, and the form it has as JSON.
///
/// All times are milliseconds; those of harms and silences count from the start of the run.
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
    List<Recovery> harms) {

  /// Times longer than a second.
  record Waits(int count, long median, long longest) {
    static Waits of(long[] millis) {
      return new Waits(
          millis.length, Silences.median(millis), Arrays.stream(millis).max().orElse(0));
    }
  }

  /// What followed a harm, until the next one.
  ///
  /// @param roomsSilent rooms that took nothing for more than a second
  /// @param longest the longest of these silences
  /// @param backAfter from the harm until the last of these rooms took a post again
  record Recovery(String what, long at, long roomsSilent, long longest, long backAfter) {}

  private static final int SHOWN_FAULTS = 20;

  static Conclusion of(
      Plan plan, List<RoomHistory> rooms, Pulse pulse, List<Harm> harms, long end) {
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
        pulse.deliveries(),
        verdict,
        pulse.refusals(),
        pulse.losses(),
        Waits.of(Silences.ofWriters(rooms)),
        Waits.of(windows.stream().mapToLong(Silences.Window::length).toArray()),
        longestSilences(rooms),
        recoveries(harms, windows));
  }

  private static Map<String, Long> longestSilences(List<RoomHistory> rooms) {
    var longest = new TreeMap<String, Long>();
    for (var room : rooms)
      for (var reading : room.readings())
        longest.merge(reading.reader(), Silences.ofReader(reading), Math::max);
    return longest;
  }

  private static List<Recovery> recoveries(List<Harm> harms, List<Silences.Window> windows) {
    var inOrder = harms.stream().sorted(Comparator.comparingLong(Harm::at)).toList();
    return IntStream.range(0, inOrder.size())
        .mapToObj(i -> {
          var harm = inOrder.get(i);
          long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).at() : Long.MAX_VALUE;
          return recovery(harm, next, windows);
        })
        .toList();
  }

  private static Recovery recovery(Harm harm, long next, List<Silences.Window> windows) {
    var its =
        windows.stream()
            .filter(window -> isAfter(harm.at(), window) && !isAfter(next, window))
            .toList();
    return new Recovery(
        harm.what(),
        harm.at(),
        its.stream().map(Silences.Window::room).distinct().count(),
        its.stream().mapToLong(Silences.Window::length).max().orElse(0),
        its.stream().mapToLong(window -> window.to() - harm.at()).max().orElse(0));
  }

  /// What was due just before a harm waits for it, too.
  private static boolean isAfter(long harm, Silences.Window window) {
    return window.from() >= harm - Silences.NOTABLE;
  }

  void print(Announcer out) {
    out.line("");
    out.line(
        "%.1f minutes, seed %d: %d rooms, %d writers, %d readers, nodes %s",
        minutes, seed, rooms, writers, readers, String.join(" ", nodes));
    out.line("");
    row(out, "acknowledged", "%d of %d written", verdict.acknowledged(), verdict.written());
    row(out, "lost", "%d", verdict.count(Fault.Kind.LOST));
    row(out, "doubled", "%d", verdict.count(Fault.Kind.DOUBLED));
    row(out, "out of order", "%d", verdict.count(Fault.Kind.DISORDERED));
    row(out, "contradicted", "%d", verdict.count(Fault.Kind.CONTRADICTED));
    row(out, "not delivered by the end", "%d", verdict.count(Fault.Kind.BEHIND));
    row(out, "deliveries compared", "%d", deliveries);
    row(out, "errors seen by clients", "%s", words(refusals));
    row(out, "connections lost", "%s", words(connectionsLost));
    row(out, "posts late (over 1 s)", "%s", words(postsLate));
    row(out, "rooms silent (over 1 s)", "%s", words(roomsSilent));
    longestSilenceByReader.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(it ->
            row(
                out,
                "longest silence of a reader",
                "%s (%s)",
                Announcer.seconds(it.getValue()),
                it.getKey()));
    harms.forEach(harm -> print(out, harm));
    verdict.faults().stream()
        .limit(SHOWN_FAULTS)
        .forEach(it -> out.line("%s in %s: %s", it.kind(), it.room(), it.sentence()));
    if (verdict.faults().size() > SHOWN_FAULTS)
      out.line("… and %d more", verdict.faults().size() - SHOWN_FAULTS);
    verdict.doubts().forEach(out::line);
    out.line("");
    out.line("%s", sentence());
  }

  private void print(Announcer out, Recovery harm) {
    out.line(
        "%s  %-56s %s",
        Announcer.time(harm.at()),
        harm.what(),
        harm.roomsSilent() == 0
            ? "no room silent"
            : "%d of %d rooms silent for up to %s, all back %s after it"
                .formatted(
                    harm.roomsSilent(),
                    rooms,
                    Announcer.seconds(harm.longest()),
                    Announcer.seconds(harm.backAfter())));
  }

  private String sentence() {
    if (kept) return "KEPT: every acknowledged message is there once, in order, for everybody.";
    if (!verdict.faults().isEmpty()) return "BROKEN: the cluster did not keep its promises.";
    if (verdict.unanswered() > 0)
      return "NOT PROVEN: %d posts were never acknowledged.".formatted(verdict.unanswered());
    return "NOT PROVEN: not everything could be compared.";
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void row(Announcer out, String name, String words, Object... values) {
    out.line("%-28s %s", name, words.formatted(values));
  }

  private static String words(Map<String, Long> counts) {
    if (counts.isEmpty()) return "none";
    return String.join(
        ", ", counts.entrySet().stream().map(it -> it.getKey() + " " + it.getValue()).toList());
  }

  private static String words(Waits waits) {
    if (waits.count() == 0) return "none";
    return "%d; median %s, longest %s"
        .formatted(
            waits.count(), Announcer.seconds(waits.median()), Announcer.seconds(waits.longest()));
  }
}
