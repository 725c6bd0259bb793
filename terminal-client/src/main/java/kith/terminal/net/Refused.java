package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Code;

/// The node refused the request.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final long retryAfterMillis;
  private final String ticket;

  public Refused(int status, String code, String sentence, OptionalLong retryAfterMillis) {
    this(status, code, sentence, retryAfterMillis, Optional.empty());
  }

  /// @param ticket the ticket with which a log-in continues
  Refused(
      int status,
      String code,
      String sentence,
      OptionalLong retryAfterMillis,
      Optional<String> ticket) {
    super(sentence);
    this.ticket = ticket.orElse("");
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

  /// The ticket of a log-in that needs the code of a second factor.
  public Optional<String> ticket() {
    return Optional.of(ticket).filter(it -> !it.isEmpty());
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
