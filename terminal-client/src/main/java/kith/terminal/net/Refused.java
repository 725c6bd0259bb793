package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.Code;

/// The node refused the request.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final long retryAfterMillis;

  public Refused(int status, String code, String sentence, OptionalLong retryAfterMillis) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.retryAfterMillis = retryAfterMillis.orElse(-1);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public boolean is(Code which) {
    return code.equals(which.wire());
  }

  public OptionalLong retryAfterMillis() {
    return retryAfterMillis < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterMillis);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
