package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;

/// A file of a message, as the room's log stores it.
///
/// @param id of the stored content
public record Attachment(
    String id,
    String name,
    long size,
    String type,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt width,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt height) {

  /// A rough size on the wire between nodes.
  int bytes() {
    return 150 + 2 * name.length() + type.length();
  }
}
