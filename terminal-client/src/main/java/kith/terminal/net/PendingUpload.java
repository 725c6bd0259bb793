package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;

/// A file to be sent, kept on disk until the message that names it is also on disk.
///
/// @param id of the message
/// @param replyTo the message that the message answers
/// @param path on this machine
/// @param name for others
/// @param file its id on the server, once it has one
public record PendingUpload(
    String id,
    String room,
    OptionalLong replyTo,
    String path,
    String name,
    long size,
    Optional<String> file) {

  public PendingUpload as(String newFile) {
    return new PendingUpload(id, room, replyTo, path, name, size, Optional.of(newFile));
  }

  public PendingUpload fromTheBeginning() {
    return new PendingUpload(id, room, replyTo, path, name, size, Optional.empty());
  }
}
