package kith.bench.prove;

import java.time.Duration;
import kith.protocol.Code;

/// A connection ended or could not be opened.
final class ConnectionLost extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String GOODBYE = "goodbye ";

  private final Duration pause;
  private final boolean isSilence;

  /// @param why a short reason, the same text for the same cause
  ConnectionLost(String why) {
    this(why, Duration.ZERO, false);
  }

  /// The node did not answer in time.
  static ConnectionLost bySilence(String why) {
    return new ConnectionLost(why, Duration.ZERO, true);
  }

  /// @param pause how long the node asked the client to wait
  ConnectionLost(String why, Duration pause) {
    this(why, pause, false);
  }

  private ConnectionLost(String why, Duration pause, boolean isSilence) {
    super(why);
    this.pause = pause;
    this.isSilence = isSilence;
  }

  boolean isSilence() {
    return isSilence;
  }

  /// The node sent `goodbye`.
  static ConnectionLost byGoodbye(String code, Duration pause) {
    return new ConnectionLost(GOODBYE + code, pause);
  }

  /// Whether the node ended it because the access token has expired.
  boolean needsToken() {
    return why().equals(GOODBYE + Code.UNAUTHENTICATED.wire());
  }

  String why() {
    return String.valueOf(getMessage());
  }

  Duration pause() {
    return pause;
  }
}
