package kith.node.feature.bookmarks;

import kith.node.platform.config.Section;

/// @param perAccount bookmarks of one account
public record BookmarkSettings(int perAccount) {
  public static BookmarkSettings read(Section in) {
    return new BookmarkSettings(in.number("per-account", 1, 100_000));
  }
}
