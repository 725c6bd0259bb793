package kith.bench.prove;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The parameters of a run.
///
/// @param rooms rooms in which `writers` post at `rate`
/// @param quietRooms rooms with a single writer that posts at `quietRate`
/// @param writers writers per room that is not quiet
/// @param readers clients that read all rooms
/// @param rate posts per second of each writer
/// @param roomsOfClient rooms in which a client writes, over one connection
/// @param patience how long it waits without any progress before it gives up
record Plan(
    List<URI> nodes,
    Duration length,
    long seed,
    int rooms,
    int quietRooms,
    int writers,
    int readers,
    double rate,
    double quietRate,
    int roomsOfClient,
    Duration patience) {
  Plan {
    nodes = List.copyOf(nodes);
  }

  int allRooms() {
    return rooms + quietRooms;
  }

  int allWriters() {
    return rooms * writers + quietRooms;
  }

  /// Random numbers for one part of the run, which depend only on the seed and the part.
  RandomGenerator random(int part) {
    return new SplittableRandom(seed * 1_000 + part);
  }
}
