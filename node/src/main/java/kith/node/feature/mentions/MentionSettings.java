package kith.node.feature.mentions;

import kith.node.platform.config.Section;

/// @param perMessage users that one message mentions
public record MentionSettings(int perMessage) {
  public static MentionSettings read(Section in) {
    return new MentionSettings(in.number("per-message", 1, 1000));
  }
}
