package kith.node.core.room;

import kith.node.platform.serialization.CborSerializable;

/// The number of messages in a room up to one position of its log. The number between two positions
/// is the difference: nothing is counted again, and nothing is stored for each reader.
public record Counts(long messages) implements CborSerializable {
  public static final Counts NONE = new Counts(0);

  Counts withMessage() {
    return new Counts(messages + 1);
  }

  public Counts max(Counts other) {
    return new Counts(Math.max(messages, other.messages));
  }
}
