package kith.bench.prove;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What a run is to do.
///
/// @param writers in each room
/// @param readers who listen in all rooms
/// @param rate posts a second of each writer
/// @param settling how long the cluster has to answer and deliver everything, when writing is over
record Plan(
    List<URI> nodes,
    Duration length,
    long seed,
    int rooms,
    int writers,
    int readers,
    double rate,
    Duration settling) {
  Plan {
    nodes = List.copyOf(nodes);
  }

  /// Chance for one part of the run, the same for the same seed whatever the other parts do.
  RandomGenerator random(int part) {
    return new SplittableRandom(seed * 1_000 + part);
  }
}
