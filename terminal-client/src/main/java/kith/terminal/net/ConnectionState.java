package kith.terminal.net;

import java.time.Instant;
import kith.protocol.frame.ServerFrame;

/// The state of the connection, for display.
public sealed interface ConnectionState {

  record Connecting() implements ConnectionState {}

  record Online(ServerFrame.Welcome welcome) implements ConnectionState {}

  record Waiting(Instant retryAt, String why) implements ConnectionState {}

  /// The session gave up and does not reconnect.
  record Ended(String code, String message) implements ConnectionState {}
}
