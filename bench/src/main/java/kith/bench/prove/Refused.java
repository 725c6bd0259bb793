package kith.bench.prove;

import java.time.Duration;

/// A node refused a request.
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final Duration retryAfter;

  Refused(int status, String code, String sentence, Duration retryAfter) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  String code() {
    return code;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /// Whether the same request can succeed later or on another node.
  boolean isTemporary() {
    return status == 429 || status >= 500;
  }
}
