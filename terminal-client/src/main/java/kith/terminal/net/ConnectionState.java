package kith.terminal.net;

import java.time.Instant;
import kith.protocol.frame.ServerFrame;

/// Where the connection is, for showing.
public sealed interface ConnectionState {

  record Connecting() implements ConnectionState {}

  record Online(ServerFrame.Welcome welcome) implements ConnectionState {}

  record Waiting(Instant retryAt, String why) implements ConnectionState {}

  /// It will not try again by itself.
  record Ended(String code, String message) implements ConnectionState {}
}
