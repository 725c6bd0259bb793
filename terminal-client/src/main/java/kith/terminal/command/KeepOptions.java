package kith.terminal.command;

import java.util.Optional;
import kith.protocol.rest.RoomRequests.Retention;
import kith.terminal.plain.RetentionLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options for the amount of its log that a room keeps.
final class KeepOptions {
  @Option(
      names = "--keep",
      paramLabel = "HOW-MUCH",
      description =
          "The amount of its log that it keeps: an age (90d, 12w, 1y), a number of entries (5000), a size"
              + " (2GiB), several of them with commas, or default.")
  private @Nullable String keep;

  @Option(names = "--preview", description = "Only print what --keep would remove now.")
  private boolean isPreview;

  boolean isPreview() {
    return isPreview;
  }

  /// Empty if it is not to be changed.
  Optional<Retention> retention(Options options) {
    if (keep == null) {
      if (isPreview) throw options.usage("--preview needs --keep.");
      return Optional.empty();
    }
    var kept = RetentionLines.parse(keep);
    if (kept.isEmpty())
      throw options.usage("--keep takes 90d, 12w, 1y, 5000, 2GiB, several of these, or default.");
    return kept;
  }
}
