package kith.node.core.room;

import kith.node.platform.serialization.CborSerializable;

/// How much there is in a room up to one place of its log. What lies between two places is the
/// difference: nothing has to be counted again, and nothing is kept for each reader.
public record Counts(long messages) implements CborSerializable {
  public static final Counts NONE = new Counts(0);

  Counts withMessage() {
    return new Counts(messages + 1);
  }

  public Counts max(Counts other) {
    return new Counts(Math.max(messages, other.messages));
  }
}
