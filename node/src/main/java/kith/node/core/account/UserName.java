package kith.node.core.account;

import java.util.Optional;
import kith.protocol.Lengths;
import rocks.xmpp.precis.PrecisProfiles;

/// A user's name in its one canonical spelling: RFC 8265 UsernameCaseMapped, and a little stricter.
public record UserName(String text) {

  private static final String NEVER_CONTAINED = "/@:#,\"";
  private static final String NEVER_FIRST = ".-_";

  public UserName {
    if (!canonical(text).filter(text::equals).isPresent())
      throw new IllegalArgumentException("not a canonical user name");
  }

  /// The canonical spelling of `raw`; empty if it is not allowed.
  public static Optional<UserName> of(String raw) {
    return canonical(raw).map(UserName::new);
  }

  /// True if a user could have this name, in this spelling.
  public static boolean isCanonical(String text) {
    return canonical(text).filter(text::equals).isPresent();
  }

  private static Optional<String> canonical(String raw) {
    // width and case mapping shorten a name only a little: refuse long input before normalising
    if (raw.length() > 4 * Lengths.VERSION_1.userName()) return Optional.empty();
    try {
      return Optional.of(PrecisProfiles.USERNAME_CASE_MAPPED.enforce(raw))
          .filter(UserName::isAllowedHere);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isAllowedHere(String name) {
    return Lengths.isWithin(name, Lengths.VERSION_1.userName())
        && NEVER_FIRST.indexOf(name.charAt(0)) < 0
        && name.chars().noneMatch(c -> NEVER_CONTAINED.indexOf(c) >= 0);
  }

  @Override
  public String toString() {
    return text;
  }
}
