package kith.node.core.session;

import kith.protocol.Code;

/// The reason why a session ends: a code and a sentence for `goodbye`, and a WebSocket close code.
record Closing(int closeCode, Code code, String message) {
  /// Codes that RFC 6455 and its registry name.
  static final int POLICY = 1008;

  static final int SERVICE_RESTART = 1012;
  static final int TRY_AGAIN_LATER = 1013;

  static final Closing UNAUTHENTICATED =
      new Closing(4401, Code.UNAUTHENTICATED, "The access token is missing or not valid.");
  static final Closing HELLO_EXPECTED =
      new Closing(POLICY, Code.HELLO_EXPECTED, "The first frame must be 'hello'.");
  static final Closing HELLO_TIMEOUT =
      new Closing(4408, Code.HELLO_TIMEOUT, "No 'hello' was received in time.");
  static final Closing UNAVAILABLE =
      new Closing(TRY_AGAIN_LATER, Code.UNAVAILABLE, "The account is temporarily unavailable.");
  static final Closing GOING_AWAY =
      new Closing(SERVICE_RESTART, Code.GOING_AWAY, "This node is shutting down.");

  static Closing deviceEnded(Code code, String message) {
    return new Closing(4403, code, message);
  }

  static Closing silent(Code code) {
    return new Closing(
        4408,
        code,
        code == Code.NO_PROGRESS
            ? "The client accepted no data for too long."
            : "The client sent nothing for too long.");
  }

  static Closing violated(Code code, int closeCode) {
    var message =
        switch (closeCode) {
          case 1003 -> "Send text frames.";
          case 1007 -> "Text must be UTF-8.";
          case 1009 -> "The frame is larger than 'frameBytes'.";
          default -> "This violates the WebSocket protocol (RFC 6455).";
        };
    return new Closing(closeCode, code, message);
  }
}
