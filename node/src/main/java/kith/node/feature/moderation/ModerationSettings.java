package kith.node.feature.moderation;

import java.time.Duration;
import kith.node.platform.config.Section;
import kith.node.platform.config.Throttle;

/// @param mutesPerRoom mutes that are in force at a time
/// @param openReports reports of one room that wait for a moderator
/// @param reports how many messages one account may report
/// @param reportNeighbours entries before and after a reported message that are copied with it
/// @param reportRetention the time for which a handled report is kept
public record ModerationSettings(
    Duration longestMute,
    int mutesPerRoom,
    int openReports,
    Throttle reports,
    int reportNeighbours,
    Duration reportRetention) {
  public static ModerationSettings read(Section in) {
    return new ModerationSettings(
        in.time("longest-mute"),
        in.number("mutes-per-room", 1, 10_000),
        in.number("open-reports-per-room", 1, 10_000),
        Throttle.read(in.in("reports")),
        in.number("report-neighbours", 0, 20),
        in.time("report-retention"));
  }
}
