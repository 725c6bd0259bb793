package kith.protocol;

import java.util.regex.Pattern;

/// The ids that clients choose, for messages and for requests that they may repeat.
public final class Ids {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private Ids() {}

  /// True for 1 to 64 of the unreserved characters of RFC 3986.
  public static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }
}
