package kith.node.feature.receipts;

import kith.node.platform.config.Section;

/// @param namedMembers a room with more members has counts instead of named receipts
/// @param countedMessages messages of one room whose counts a session may ask for
public record ReceiptSettings(int namedMembers, int countedMessages) {
  public static ReceiptSettings read(Section in) {
    return new ReceiptSettings(
        in.number("named-members", 2, 80), in.number("counted-messages", 1, 1000));
  }
}
