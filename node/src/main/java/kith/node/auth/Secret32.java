package kith.node.auth;

import java.util.Arrays;

/// 32 secret bytes: equal by content, and never printed.
record Secret32(byte[] bytes) {
  static final int BYTES = 32;

  Secret32 {
    if (bytes.length != BYTES)
      throw new IllegalArgumentException("a token key has " + BYTES + " bytes");
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret32(var others) && Arrays.equals(bytes, others);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "secret";
  }
}
