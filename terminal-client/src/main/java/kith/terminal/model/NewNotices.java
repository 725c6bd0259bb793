package kith.terminal.model;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.protocol.frame.ServerFrame;

/// The lines of administrators' notices that this profile has not shown yet, and the number of the
/// last announcement that is shown with them.
public record NewNotices(List<String> lines, OptionalLong shown) {
  public NewNotices {
    lines = List.copyOf(lines);
  }

  /// @param shown the last announcement that was shown before
  public static NewNotices of(ServerFrame.Notices notices, OptionalLong shown) {
    var fresh =
        notices.announcements().stream()
            .filter(it -> shown.isEmpty() || it.number() > shown.getAsLong())
            .toList();
    var lines =
        Stream.concat(
                fresh.stream().map(it -> "Announcement: " + it.text()),
                notices.maintenance().stream())
            .toList();
    return new NewNotices(
        lines, fresh.isEmpty() ? shown : OptionalLong.of(fresh.getLast().number()));
  }
}
