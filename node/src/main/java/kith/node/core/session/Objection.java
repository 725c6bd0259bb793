package kith.node.core.session;

import java.util.Optional;
import kith.protocol.Code;

/// The reason to refuse a frame before any room is asked.
public record Objection(Code code, String message) {

  /// @param rule continues the sentence "The field 'x' …"
  public static Optional<Objection> badField(String field, String rule) {
    return Optional.of(new Objection(Code.BAD_FIELD, "The field '" + field + "' " + rule + "."));
  }
}
