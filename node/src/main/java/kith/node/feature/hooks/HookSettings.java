package kith.node.feature.hooks;

import kith.node.platform.config.Section;

/// @param perRoom webhooks of one room
/// @param perAccount webhooks of one account for all rooms that it owns
public record HookSettings(int perRoom, int perAccount) {
  public static HookSettings read(Section in) {
    return new HookSettings(in.number("per-room", 1, 1000), in.number("per-account", 1, 1000));
  }
}
