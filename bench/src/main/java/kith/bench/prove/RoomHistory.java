package kith.bench.prove;

import java.util.List;

/// All data about one room at the end of a run.
///
/// @param posts the posts of each writer in the order in which they were due
record RoomHistory(
    String room, List<Post> posts, List<DeliveryLog> deliveryLogs, List<NodeLog> logs) {
  RoomHistory {
    posts = List.copyOf(posts);
    deliveryLogs = List.copyOf(deliveryLogs);
    logs = List.copyOf(logs);
  }
}
