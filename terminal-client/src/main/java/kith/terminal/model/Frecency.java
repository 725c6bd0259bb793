package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A score from the number and the times of choices: each visit counts one point, which halves in a
/// week.
public final class Frecency {
  private static final int MAX = 100;
  private static final double HALF_LIFE_DAYS = 7;
  private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  private Frecency() {}

  /// @param points as of `at`
  public record Visit(String id, double points, Instant at) {}

  /// Drops the visits with the fewest points if there are too many.
  public static List<Visit> visited(List<Visit> visits, String id, Instant now) {
    var changed = new ArrayList<>(visits);
    changed.removeIf(visit -> visit.id().equals(id));
    changed.add(new Visit(id, points(visits, id, now) + 1, now));
    changed.sort(Comparator.comparingDouble(visit -> -decayed(visit, now)));
    return List.copyOf(changed.subList(0, Math.min(MAX, changed.size())));
  }

  public static double points(List<Visit> visits, String id, Instant now) {
    return visits.stream()
        .filter(visit -> visit.id().equals(id))
        .mapToDouble(visit -> decayed(visit, now))
        .sum();
  }

  /// The score relative to the latest visit.
  public static double points(List<Visit> visits, String id) {
    var latest = visits.stream().map(Visit::at).max(Comparator.naturalOrder());
    return latest.map(now -> points(visits, id, now)).orElse(0.0);
  }

  private static double decayed(Visit visit, Instant now) {
    double days = Math.max(0, Duration.between(visit.at(), now).toMillis() / MILLIS_PER_DAY);
    return visit.points() * Math.pow(0.5, days / HALF_LIFE_DAYS);
  }
}
