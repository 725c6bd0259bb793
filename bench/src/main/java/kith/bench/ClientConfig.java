package kith.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The address, room and protocol of one client.
///
/// @param room index of the room in the run
/// @param template the messages that it sends
record ClientConfig(
    InetSocketAddress address, int room, ClientProtocol protocol, MessageTemplate template) {
  /// Creates a client's configuration for a room, which has an index in the run and a name at its
  /// server.
  interface Factory {
    ClientConfig create(int room, String name);
  }

  /// Configurations for all members, room by room.
  static List<ClientConfig> inRooms(
      int rooms, int membersOfEach, Supplier<String> newName, Factory factory) {
    var configs = new ArrayList<ClientConfig>();
    for (int room = 0; room < rooms; room++) {
      var name = newName.get();
      for (int member = 0; member < membersOfEach; member++)
        configs.add(factory.create(room, name));
    }
    return configs;
  }
}
