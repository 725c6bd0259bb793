package kith.node.feature.bots;

import kith.node.platform.config.Portions;
import kith.node.platform.config.Section;

/// @param perOwner bots of one user
/// @param ofServer bots of the server
public record BotSettings(int perOwner, int ofServer) {
  public static BotSettings read(Section in) {
    return new BotSettings(
        in.number("per-owner", 1, Portions.BOTS_OF_AN_OWNER),
        in.number("of-server", 1, Portions.BOTS_OF_AN_OWNER));
  }
}
