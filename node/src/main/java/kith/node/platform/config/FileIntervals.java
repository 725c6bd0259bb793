package kith.node.platform.config;

import java.time.Duration;

/// The intervals of files, their checks, and the stores of objects and archives. See [Intervals].
public final class FileIntervals {
  private FileIntervals() {}

  /// The time between two searches of each node for files to remove: nobody can read them any more.
  public static final Duration FILE_CLEANING = Duration.ofMinutes(1);

  /// Content that no file names is kept for this long, because an upload of the same content may
  /// begin. Longer than a transaction lasts.
  public static final Duration FILE_CONTENT_KEPT = Duration.ofMinutes(2);

  /// The shortest `kith.files.upload-lifetime`, much longer than `kith.rooms.post-deadline`: a file
  /// must not be removed while its message is committed.
  public static final Duration SHORTEST_UPLOAD = Duration.ofMinutes(10);

  /// One request with content of a file. A client continues with another one.
  public static final Duration FILE_TRANSFER = Duration.ofHours(1);

  /// A download whose response has not been written by then was given up by its client.
  public static final Duration FILE_TRANSFER_BEGINS = Duration.ofSeconds(30);

  /// The upload of a picture for a profile.
  public static final Duration PROFILE_PICTURE = Duration.ofMinutes(1);

  /// A request that completes a file waits this long for its check, which then continues. Shorter
  /// than clients wait for an answer.
  public static final Duration SCAN_ANSWER = Duration.ofSeconds(10);

  /// The time after which a client may ask again for the result of a check.
  public static final Duration SCAN_RETRY = Duration.ofSeconds(2);

  /// A command that has ended may leave a process that still has its output open.
  public static final Duration SCAN_OUTPUT = Duration.ofSeconds(5);

  /// The decoding of one picture. A decoder that takes longer is stopped; such a picture was
  /// probably made to overload a server.
  public static final Duration THUMBNAIL = Duration.ofSeconds(20);

  /// The connection to an object store.
  public static final Duration OBJECT_CONNECT = Duration.ofSeconds(3);

  /// An object store that sends nothing for this time has failed; the call is tried again.
  public static final Duration OBJECT_SILENCE = Duration.ofSeconds(10);

  /// One call of an object store with all its attempts.
  public static final Duration OBJECT_CALL = Duration.ofSeconds(25);

  /// One call of an object store that takes a file of the archive. Two of them are within
  /// [#ARCHIVE].
  public static final Duration ARCHIVE_CALL = Duration.ofSeconds(9);

  /// A transaction may wait for a file of the archive for this time.
  public static final Duration ARCHIVE = Duration.ofSeconds(20);

  /// An object that no content names is deleted after this time, much longer than a content needs
  /// to be copied.
  public static final Duration OBJECT_UNNAMED = Duration.ofDays(1);

  /// The time in which a server reads a whole file back, to compare its SHA-256.
  public static final Duration FILE_CHECK = Duration.ofMinutes(10);
}
