package kith.node.feature.contacts;

import kith.node.platform.config.Section;

/// @param perAccount contacts and own requests
/// @param strangers unanswered requests from others
/// @param remembered all relationships, including ended ones
public record ContactSettings(int perAccount, int strangers, int remembered) {
  public static ContactSettings read(Section in) {
    return new ContactSettings(
        in.number("per-account", 1, 100_000),
        in.number("strangers", 1, 100_000),
        in.number("remembered", 1, 1_000_000));
  }
}
