package kith.node.feature.courier;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One request to a receiver, and its outcome.
///
/// @param method of HTTP
/// @param headers without those that the connection needs
public record Delivery(String method, URI url, Map<String, String> headers, byte[] body) {
  public Delivery {
    headers = Map.copyOf(headers);
  }

  public Delivery(URI url, Map<String, String> headers, byte[] body) {
    this("POST", url, headers, body);
  }

  /// The outcome of a request.
  public sealed interface Outcome {}

  /// The receiver answered.
  ///
  /// @param retryAfter the wait that it asks for, if it gives one in seconds
  /// @param body if it was asked for and is not too long
  public record Answered(int status, Optional<Duration> retryAfter, Optional<String> body)
      implements Outcome {
    public Answered(int status, Optional<Duration> retryAfter) {
      this(status, retryAfter, Optional.empty());
    }

    public boolean isAccepted() {
      return status / 100 == 2;
    }
  }

  /// There was no answer.
  ///
  /// @param reason for people; contains nothing secret
  public record Unanswered(String reason) implements Outcome {}

  /// The request was not sent, because others are under way or the receiver's host is failing.
  public record Postponed(Duration delay) implements Outcome {}

  /// The host and port of the receiver: all of its URLs fail together.
  static String server(URI url) {
    return host(url) + ":" + url.getPort();
  }

  /// The name of the receiver's host, for bounds and for people: a path may be secret. Of an e-mail
  /// address, the part after `@`.
  public static String host(URI url) {
    if (url.isOpaque()) return url.getSchemeSpecificPart().replaceFirst(".*@", "");
    var host = url.getHost();
    return host == null ? "" : host;
  }
}
