package kith.node.core.session;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Code;

/// The reason to refuse a frame before any room is asked.
///
/// @param retryAfterMillis when the client may send the same frame again
public record Objection(Code code, String message, OptionalLong retryAfterMillis) {

  public Objection(Code code, String message) {
    this(code, message, OptionalLong.empty());
  }

  /// @param rule continues the sentence "The field 'x' …"
  public static Optional<Objection> badField(String field, String rule) {
    return Optional.of(new Objection(Code.BAD_FIELD, "The field '" + field + "' " + rule + "."));
  }
}
