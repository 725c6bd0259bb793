package kith.bench;

import java.io.IOException;
import java.util.List;

/// A running server that is compared with others.
interface Contender extends AutoCloseable {
  int MEMBERS_OF_IDLE_ROOM = 50;

  /// Clients for new rooms; each client is in one room only.
  List<ClientConfig> clientConfigs(int rooms, int membersOfEach, String body);

  /// Clients that only listen: in five rooms each for Kith, in one room for other servers.
  default List<ClientConfig> idleClientConfigs(int count) {
    return clientConfigs(count / MEMBERS_OF_IDLE_ROOM, MEMBERS_OF_IDLE_ROOM, "");
  }

  /// The resources that the server and its database have used so far.
  ResourceUsage usage();

  @Override
  void close() throws IOException;
}
