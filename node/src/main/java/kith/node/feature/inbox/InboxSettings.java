package kith.node.feature.inbox;

import kith.node.platform.config.Section;

/// @param pageRooms rooms in one message of an account's inbox
/// @param waiting questions that wait until an account's read positions are loaded
public record InboxSettings(int pageRooms, int waiting) {
  public static InboxSettings read(Section in) {
    return new InboxSettings(in.number("page-rooms", 1, 5000), in.number("waiting", 1, 100_000));
  }
}
