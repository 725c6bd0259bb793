package kith.protocol;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Server addresses in the form that people write.
public final class ServerAddress {
  public static final String SWITCH = "--allow-plain-http";

  private static final Pattern IPV4_LOOPBACK =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  private ServerAddress() {}

  /// The address with its scheme and without a slash at the end. Without a scheme it is `https`, or
  /// `http` on this machine. Throws an `IllegalArgumentException` with a sentence if it is not a
  /// server's, or if passwords would travel to another machine without encryption.
  public static String of(String text, boolean allowsPlainHttp) {
    var address = parsed(text.strip()).orElseThrow(() -> malformed(text));
    var isPlain = "http".equals(address.getScheme());
    if (isPlain && !allowsPlainHttp && !isOnThisMachine(address.getHost()))
      throw new IllegalArgumentException(
          "http:// sends passwords to %s without encryption. Use https://%s, or allow it with %s."
              .formatted(address.getHost(), address.getAuthority(), SWITCH));
    var whole = address.toString();
    return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
  }

  private static Optional<URI> parsed(String text) {
    try {
      if (!text.contains("://")) {
        var host = Optional.ofNullable(URI.create("https://" + text).getHost());
        return host.flatMap(it -> checked((isOnThisMachine(it) ? "http://" : "https://") + text));
      }
      var end = text.indexOf("://");
      return checked(text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// A user in the address could disguise the host: `http://127.0.0.1@example.org`.
  private static Optional<URI> checked(String text) {
    return Optional.of(URI.create(text))
        .filter(it -> "http".equals(it.getScheme()) || "https".equals(it.getScheme()))
        .filter(it -> it.getHost() != null && it.getRawUserInfo() == null)
        .filter(it -> it.getRawQuery() == null && it.getRawFragment() == null);
  }

  /// True for names and addresses that need no resolver to be known as loopback.
  private static boolean isOnThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || IPV4_LOOPBACK.matcher(host).matches();
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "A server address looks like https://host:port, not like '" + text + "'.");
  }
}
