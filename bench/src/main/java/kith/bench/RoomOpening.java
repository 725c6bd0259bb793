package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/// A client that connects, opens one room, and ends.
final class RoomOpening {
  private RoomOpening() {}

  /// Milliseconds from `open` to `complete`.
  ///
  /// @param after position from which the client gets the entries; without it, it starts at the end
  static double millis(URI node, Member member, String room, OptionalLong after)
      throws IOException {
    var protocol = new KithProtocol(member.token(), List.of(room), after);
    var address = SetUp.target(node, room).address();
    try (var clients = new LoadClients(new Ledger(), 1)) {
      clients.connect(
          List.of(
              new ClientConfig(address, 0, protocol, KithProtocol.template(room, List.of("")))));
      return protocol.openNanos() / 1e6;
    }
  }
}
