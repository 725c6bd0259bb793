package kith.node.auth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.protocol.Code;
import kith.protocol.Lengths;

/// The rules for passwords, by NIST SP 800-63B: long enough and not easy to guess; no rule about
/// the kinds of characters.
public final class PasswordRules {
  private PasswordRules() {}

  private static final int LEAST_CHARACTERS = 8;
  private static final int LEAST_REST = 4;
  private static final Set<String> COMMON = readCommon();

  /// The reason to refuse `password` for `user`, if there is one.
  public static Optional<Code> refusal(String user, Secret password) {
    var text = password.text();
    if (text.getBytes(StandardCharsets.UTF_8).length > Lengths.VERSION_1.passwordBytes())
      return Optional.of(Code.PASSWORD_TOO_LONG);
    if (text.codePointCount(0, text.length()) < LEAST_CHARACTERS)
      return Optional.of(Code.PASSWORD_TOO_SHORT);
    var plain = text.toLowerCase(Locale.ROOT);
    if (COMMON.contains(plain) || isRun(plain) || saysLittleBut(plain, List.of(user, "kith")))
      return Optional.of(Code.PASSWORD_TOO_COMMON);
    return Optional.empty();
  }

  /// All characters are the same, or each follows the one before: `aaaaaaaa`, `23456789`.
  private static boolean isRun(String text) {
    var points = text.codePoints().toArray();
    int step = points[1] - points[0];
    if (Math.abs(step) > 1) return false;
    for (int i = 2; i < points.length; i++) if (points[i] - points[i - 1] != step) return false;
    return true;
  }

  /// True if, without the words that an attacker knows, the rest is short, has no letters or is
  /// common.
  private static boolean saysLittleBut(String text, List<String> words) {
    var rest = text;
    for (var word : words) rest = rest.replace(word, "");
    if (rest.equals(text)) return false;
    return rest.length() < LEAST_REST
        || rest.codePoints().noneMatch(Character::isLetter)
        || COMMON.contains(rest);
  }

  private static Set<String> readCommon() {
    try (InputStream file =
        Objects.requireNonNull(
            PasswordRules.class.getResourceAsStream("common-passwords.txt"),
            "common-passwords.txt is missing from the jar")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
