package kith.node.feature.reactions;

import kith.node.platform.config.Section;

/// @param emojiPerMessage different emoji on one message
/// @param changesPerMessage reactions ever added to one message or removed from it
public record ReactionSettings(int emojiPerMessage, int changesPerMessage) {
  public static ReactionSettings read(Section in) {
    return new ReactionSettings(
        in.number("emoji-per-message", 1, 1000), in.number("changes-per-message", 1, 10_000));
  }
}
