package kith.node.feature.threads;

import kith.node.platform.config.Section;

/// @param perAccount threads that one account follows
public record ThreadSettings(int perAccount) {
  public static ThreadSettings read(Section in) {
    return new ThreadSettings(in.number("per-account", 1, 1_000));
  }
}
