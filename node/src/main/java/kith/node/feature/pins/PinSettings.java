package kith.node.feature.pins;

import kith.node.platform.config.Section;

/// @param perRoom pinned messages of one room
/// @param changesPerMessage how often one message is ever pinned and unpinned
public record PinSettings(int perRoom, int changesPerMessage) {
  public static PinSettings read(Section in) {
    return new PinSettings(
        in.number("per-room", 1, 1000), in.number("changes-per-message", 1, 10_000));
  }
}
