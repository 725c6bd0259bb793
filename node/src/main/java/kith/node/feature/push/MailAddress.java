package kith.node.feature.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.protocol.Lengths;

/// An e-mail address of ASCII letters, digits and common signs. Nothing in it can begin a new
/// header or name a second recipient.
record MailAddress(String text) {
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!$&'*+/=?_~-]+(?:\\.[A-Za-z0-9!$&'*+/=?_~-]+)*@"
              + LABEL
              + "(?:\\."
              + LABEL
              + ")*");

  /// Part of RFC 5321.
  private static final int LONGEST_LOCAL_PART = 64;

  static Optional<MailAddress> of(String text) {
    if (!Lengths.isWithin(text, Lengths.VERSION_1.email())
        || !ADDRESS.matcher(text).matches()
        || text.indexOf('@') > LONGEST_LOCAL_PART) return Optional.empty();
    var at = text.indexOf('@');
    return Optional.of(
        new MailAddress(text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT)));
  }

  /// The address as the URL of a receiver.
  URI url() {
    try {
      return new URI("mailto", text, null);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String of(URI url) {
    return url.getSchemeSpecificPart();
  }
}
