package kith.node.feature.files;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.S3Settings;
import kith.node.platform.config.Section;

/// @param bytes of one file
/// @param partBytes of one request with a part of a file
/// @param accountBytes of all files of one account
/// @param roomBytes of all files of one room
/// @param totalBytes of all files
/// @param uploads files of one account that no message names
/// @param uploadLifetime after which such a file is removed
/// @param transfers requests of a node at a time that carry content of files
/// @param accountTransfers the same for one account
/// @param pictureBytes of the largest upload for a profile
/// @param thumbnails small copies of pictures
/// @param scan absent if contents are not checked
/// @param store in which new contents are written: `postgresql` or `s3`
/// @param s3 absent if no bucket is named
public record FileSettings(
    long bytes,
    int perMessage,
    int partBytes,
    long accountBytes,
    long roomBytes,
    long totalBytes,
    int uploads,
    Duration uploadLifetime,
    int transfers,
    int accountTransfers,
    int pictureBytes,
    Thumbnails thumbnails,
    Optional<Scan> scan,
    String store,
    Optional<S3Settings> s3) {
  public static FileSettings read(Section in) {
    var files =
        new FileSettings(
            in.manyBytes("size", 1),
            in.number("per-message", 1, 100),
            in.bytes("part", 1 << 18),
            in.manyBytes("per-account", 1),
            in.manyBytes("per-room", 1),
            in.manyBytes("total", 1),
            in.number("uploads", 1, 10_000),
            in.time("upload-lifetime"),
            in.number("transfers", 1, 10_000),
            in.number("transfers-per-account", 1, 10_000),
            in.bytes("profile-picture", 1),
            Thumbnails.read(in.in("thumbnails")),
            Scan.read(in.in("scan")),
            in.text("store"),
            S3Settings.read(in.in("s3"), in.in("s3").number("connections", 1, 1000)));
    if (!List.of("postgresql", "s3").contains(files.store()))
      throw in.wrong("store", "must be postgresql or s3");
    if (files.store().equals("s3") && files.s3().isEmpty())
      throw in.wrong("store", "is s3, but s3.bucket is not set");
    if (files.uploadLifetime().compareTo(FileIntervals.SHORTEST_UPLOAD) < 0)
      throw in.wrong("upload-lifetime", "must be at least 10m");
    return files;
  }

  /// The check of new contents.
  ///
  /// @param command the program and its arguments
  /// @param timeOut of one check
  /// @param threads checks at the same time
  public record Scan(List<String> command, Duration timeOut, int threads) {
    public Scan {
      command = List.copyOf(command);
    }

    private static Optional<Scan> read(Section in) {
      var scan = new Scan(in.texts("command"), in.time("time-out"), in.number("threads", 1, 64));
      if (!scan.timeOut().isPositive()) throw in.wrong("time-out", "must be positive");
      return scan.command().isEmpty() ? Optional.empty() : Optional.of(scan);
    }
  }

  /// @param pixels of the largest picture that is decoded; 0 if none is
  /// @param bytes of the largest file that is decoded
  /// @param threads pictures that are decoded at the same time
  public record Thumbnails(long pixels, int bytes, int threads) {
    private static Thumbnails read(Section in) {
      return new Thumbnails(
          in.number("pixels", 0, 1_000_000_000), in.bytes("size", 1), in.number("threads", 1, 64));
    }
  }
}
