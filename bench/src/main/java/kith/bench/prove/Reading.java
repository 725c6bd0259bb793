package kith.bench.prove;

import java.util.List;

/// Everything that one member was given of a room, in the order it came.
///
/// @param oddities what the node said about the room that it may not say of a room that keeps all
record Reading(String reader, List<Received> received, List<String> oddities) {
  Reading {
    received = List.copyOf(received);
    oddities = List.copyOf(oddities);
  }

  /// @param heard when it came, in milliseconds of the run
  record Received(Line line, long heard) {}
}
