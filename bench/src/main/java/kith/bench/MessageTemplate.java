package kith.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The frames of the messages to one room: each is `head`, the message's number, and one of `tails`
/// in turn.
record MessageTemplate(byte[] head, List<byte[]> tails) {
  static MessageTemplate of(String head, List<String> tails) {
    return new MessageTemplate(
        head.getBytes(StandardCharsets.UTF_8),
        tails.stream().map(tail -> tail.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /// A body of the given size.
  static String body(int bytes) {
    return "kith ".repeat(bytes / 5 + 1).substring(0, bytes);
  }

  /// Writes the frame of a message into a sufficiently large buffer and returns its length.
  int put(long number, byte[] into) {
    System.arraycopy(head, 0, into, 0, head.length);
    var digits = Long.toString(number);
    int at = head.length;
    for (int i = 0; i < digits.length(); i++) into[at++] = (byte) digits.charAt(i);
    var tail = tails.get((int) (number % tails.size()));
    System.arraycopy(tail, 0, into, at, tail.length);
    return at + tail.length;
  }
}
