package kith.node.feature.files;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import kith.node.core.room.Attachment;
import kith.protocol.rest.SharedFiles;

/// A file and its content, as stored in the database.
///
/// @param store the name of the store that has the content
/// @param sha256 in hexadecimal digits
/// @param isVerified all bytes are there, with the right SHA-256, and wait for a check
/// @param type of a complete content
/// @param claim the message that the file belongs to
record StoredFile(
    String id,
    String name,
    Instant created,
    UUID content,
    String store,
    String sha256,
    long size,
    long received,
    boolean isVerified,
    Optional<String> type,
    OptionalInt width,
    OptionalInt height,
    Optional<Claim> claim) {

  /// @param post the id of the message
  record Claim(String room, String post) {}

  boolean isComplete() {
    return type.isPresent();
  }

  /// The media type of this name and content.
  String namedType() {
    return FileTypes.named(type.orElse(FileTypes.UNKNOWN), name);
  }

  Attachment attachment() {
    return new Attachment(id, name, size, namedType(), width, height);
  }

  SharedFiles.Upload shown(Duration lifetime) {
    return new SharedFiles.Upload(
        id,
        name,
        size,
        received,
        isComplete(),
        isComplete() ? Optional.of(namedType()) : Optional.empty(),
        width,
        height,
        created.plus(lifetime));
  }
}
