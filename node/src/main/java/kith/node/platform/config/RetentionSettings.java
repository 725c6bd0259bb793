package kith.node.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.rest.RoomRequests;

/// The part of their logs that rooms keep, and the removal of the rest.
///
/// @param standard the default for limits that a room has not set
/// @param most the maximum, which overrides a room's own limits
/// @param interval the shortest time between two removals from one room
/// @param grace the time between hiding entries and destroying them
/// @param entriesPerSecond that a node destroys or seals, of all rooms together
/// @param archive the place to which entries are written before they are destroyed
public record RetentionSettings(
    RoomRequests.Retention standard,
    RoomRequests.Retention most,
    Duration interval,
    Duration grace,
    int entriesPerSecond,
    Sealing sealing,
    Optional<Archive> archive) {
  public static RetentionSettings read(Section in) {
    var retention =
        new RetentionSettings(
            kept(in.in("default")),
            kept(in.in("maximum")),
            in.time("interval"),
            in.time("grace"),
            in.number("entries-per-second", 10, 1_000_000),
            Sealing.read(in.in("sealing")),
            Archive.read(in.in("archive")));
    if (retention.interval().compareTo(Intervals.AGING) < 0)
      throw in.wrong("interval", "must be at least " + Intervals.AGING.toSeconds() + "s");
    return retention;
  }

  private static RoomRequests.Retention kept(Section in) {
    return new RoomRequests.Retention(
        long64(in.optionalNumber("entries", 1)),
        long64(in.optionalNumber("days", 1, 36_500)),
        in.optionalSize("bytes", 1024));
  }

  private static OptionalLong long64(OptionalInt number) {
    return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
  }

  /// The place where a node writes entries before it destroys them.
  public sealed interface Archive {
    record Directory(Path path) implements Archive {}

    record Bucket(S3Settings s3) implements Archive {}

    private static Optional<Archive> read(Section in) {
      var directory = in.optionalText("directory").map(Path::of);
      // a node writes one file after the other
      var s3 = S3Settings.read(in.in("s3"), 1);
      if (directory.isPresent() && s3.isPresent())
        throw in.wrong("directory", "and s3.bucket cannot both be set");
      return directory.<Archive>map(Directory::new).or(() -> s3.map(Bucket::new));
    }
  }

  /// The age and number at which entries move from the journal to compressed segments.
  ///
  /// @param entries the newest ones that stay in the journal, if they are younger than `age`
  public record Sealing(int entries, Duration age) {
    private static Sealing read(Section in) {
      return new Sealing(in.number("entries", 100), in.time("age"));
    }
  }
}
