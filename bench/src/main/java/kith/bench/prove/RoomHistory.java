package kith.bench.prove;

import java.util.List;

/// All that is known about one room when a run is over.
///
/// @param posts those of one writer stand in the order in which they were due
record RoomHistory(String room, List<Post> posts, List<Reading> readings, List<Log> logs) {
  RoomHistory {
    posts = List.copyOf(posts);
    readings = List.copyOf(readings);
    logs = List.copyOf(logs);
  }
}
