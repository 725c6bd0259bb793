package kith.bench.prove;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The parameters of a run.
///
/// @param writers writers per room
/// @param readers clients that read all rooms
/// @param rate posts per second of each writer
/// @param settling time to answer and deliver everything after the end of writing
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

  /// Random numbers for one part of the run, which depend only on the seed and the part.
  RandomGenerator random(int part) {
    return new SplittableRandom(seed * 1_000 + part);
  }
}
