package kith.node.gateway.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import kith.protocol.Lengths;
import kith.protocol.Names;
import kith.protocol.rest.Accounts.ChangeProfile;

/// Checks of profile fields; an empty text, which removes the field, is always valid.
public final class ProfileFields {
  private ProfileFields() {}

  static Optional<String> firstWrong(ChangeProfile change) {
    if (isWrong(change.displayName(), ProfileFields::isName)) return Optional.of("displayName");
    if (isWrong(change.picture(), ProfileFields::isWebAddress)) return Optional.of("picture");
    if (isWrong(change.email(), ProfileFields::isEmail)) return Optional.of("email");
    return Optional.empty();
  }

  public static boolean isName(String text) {
    return Lengths.isWithin(text, Lengths.VERSION_1.displayName())
        && text.equals(text.strip())
        && (text.isEmpty() || Names.isReadable(text));
  }

  private static boolean isWrong(Optional<String> field, Predicate<String> rule) {
    return field.filter(Predicate.not(String::isEmpty)).filter(rule.negate()).isPresent();
  }

  /// A rough check is enough: the node sends no mail.
  private static boolean isEmail(String text) {
    return Lengths.isWithin(text, Lengths.VERSION_1.email())
        && text.matches("[^\\s\\p{Cntrl}@]+@[^\\s\\p{Cntrl}@]+");
  }

  private static boolean isWebAddress(String text) {
    if (!Lengths.isWithin(text, Lengths.VERSION_1.picture())) return false;
    try {
      var address = URI.create(text);
      var scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
