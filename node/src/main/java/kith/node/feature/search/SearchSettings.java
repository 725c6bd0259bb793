package kith.node.feature.search;

import java.time.Duration;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Section;

/// @param time for one search
/// @param perAccount searches of one account on a node at the same time
/// @param waiting searches of a node that wait for a connection
public record SearchSettings(Duration time, int perAccount, int waiting) {
  public static SearchSettings read(Section in) {
    var time = in.time("time");
    if (time.compareTo(Intervals.SHORTEST_SEARCH) < 0
        || time.compareTo(Intervals.LONGEST_SEARCH) > 0)
      throw in.wrong("time", "must be from 100ms to 10s");
    return new SearchSettings(
        time, in.number("per-account", 1, 100), in.number("waiting", 1, 10_000));
  }
}
