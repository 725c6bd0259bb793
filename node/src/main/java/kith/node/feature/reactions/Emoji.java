package kith.node.feature.reactions;

import java.util.regex.Pattern;

/// Checks that a text is one emoji.
final class Emoji {
  /// In UTF-16 units. The longest emoji of Unicode 16, a family with skin tones, has 35.
  static final int LONGEST = 40;

  private static final Pattern ONE_CLUSTER = Pattern.compile("\\X");
  private static final int VARIATION_SELECTOR_16 = 0xFE0F;

  private Emoji() {}

  /// True for one extended grapheme cluster (UAX 29) that is shown as an emoji (UTS 51).
  static boolean is(String text) {
    return text.length() <= LONGEST
        && ONE_CLUSTER.matcher(text).matches()
        && text.codePoints().allMatch(Emoji::mayBePart)
        && text.codePoints().anyMatch(Emoji::isShownAsEmoji);
  }

  private static boolean mayBePart(int c) {
    return Character.isEmoji(c) || Character.isEmojiComponent(c);
  }

  private static boolean isShownAsEmoji(int c) {
    return Character.isExtendedPictographic(c)
        || Character.isEmojiPresentation(c)
        || c == VARIATION_SELECTOR_16;
  }
}
