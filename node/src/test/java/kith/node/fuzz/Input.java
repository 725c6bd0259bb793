package kith.node.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes for a reader.
///
/// @param kind the type that the bytes claim to be
public record Input(String kind, byte[] bytes) {

  public static Input ofText(String kind, String text) {
    return new Input(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s, %d bytes: %s".formatted(kind, bytes.length, HexFormat.of().formatHex(bytes));
  }
}
