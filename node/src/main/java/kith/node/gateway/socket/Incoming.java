package kith.node.gateway.socket;

import kith.protocol.Code;
import org.apache.pekko.util.ByteString;

/// The results of reading a client's bytes.
sealed interface Incoming {

  /// A whole message, unmasked, valid UTF-8.
  record Text(ByteString utf8) implements Incoming {}

  record Ping(ByteString payload) implements Incoming {}

  record Close(int code) implements Incoming {
    /// The code that stands for a close frame without one.
    static final int UNSAID = 1005;
  }

  enum Nothing implements Incoming {
    /// More bytes are needed.
    YET,
    /// A frame that needs no answer.
    TO_DO
  }

  /// The reason why a connection must end.
  enum Fault implements Incoming {
    PROTOCOL(Code.PROTOCOL_ERROR, 1002),
    BINARY(Code.BINARY_NOT_SUPPORTED, 1003),
    NOT_UTF8(Code.NOT_UTF8, 1007),
    TOO_LARGE(Code.FRAME_TOO_LARGE, 1009);

    final Code code;
    final int closeCode;

    Fault(Code code, int closeCode) {
      this.code = code;
      this.closeCode = closeCode;
    }
  }
}
