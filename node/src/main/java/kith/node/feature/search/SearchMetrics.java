package kith.node.feature.search;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import kith.node.platform.metrics.Count;
import kith.node.platform.metrics.Distribution;
import kith.node.platform.metrics.Instruments;

/// The metrics of searches.
public final class SearchMetrics {
  /// The outcome of a search.
  public enum Result {
    ANSWERED,
    /// it returned the part that was searched in time
    OUT_OF_TIME,
    REFUSED,
    FAILED
  }

  private final Map<Result, Count> searches = new EnumMap<>(Result.class);
  private final Distribution seconds;

  public SearchMetrics(Instruments instruments) {
    var results = instruments.counter("kith_searches", "Searches, by result.", "result");
    for (var result : Result.values())
      searches.put(
          result, results.labelValues(result.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    seconds = instruments.seconds("kith_search", "Time of searches.");
  }

  /// @param began as `System.nanoTime`
  public void searched(Result result, long began) {
    seconds.observe(Instruments.secondsSince(began));
    var counter = searches.get(result);
    if (counter != null) counter.inc();
  }
}
