package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;

/// Uploads, and lists of files.
public final class SharedFiles {
  private SharedFiles() {}

  /// Begins an upload.
  ///
  /// @param size in bytes
  /// @param sha256 of the whole content, in hexadecimal digits
  public record CreateFile(String name, long size, String sha256) {}

  /// An uploaded file, or one that is being uploaded.
  ///
  /// @param offset the number of bytes that the server has
  /// @param complete true if a message can name the file
  /// @param type of a complete file
  /// @param expires the time at which the file is removed if no message names it
  public record Upload(
      String file,
      String name,
      long size,
      long offset,
      boolean complete,
      Optional<String> type,
      OptionalInt width,
      OptionalInt height,
      Instant expires) {}

  /// The files of an account.
  ///
  /// @param usedBytes size of all its files
  /// @param quotaBytes the size that it may have
  /// @param ownQuota true if an administrator gave this account its quota; otherwise it is that of
  ///   the server
  public record FileQuota(long usedBytes, long quotaBytes, boolean ownQuota) {}

  /// The message that a file belongs to.
  public record RoomFile(long seq, Instant at, String by, Entry.File file) {}

  /// Files of a room, the newest first.
  ///
  /// @param before the beginning of the next page; absent on the last one
  public record RoomFiles(String room, List<RoomFile> files, OptionalLong before) {
    public RoomFiles {
      files = List.copyOf(files);
    }
  }
}
