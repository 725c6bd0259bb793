package kith.node.feature.presence;

import kith.node.platform.config.Section;

/// @param watchedUsers users that one session may watch
/// @param statusPerSecond changes of status on one session, over time
/// @param statusBurst changes of status at once, before that rate applies
public record PresenceSettings(int watchedUsers, int statusPerSecond, int statusBurst) {
  public static PresenceSettings read(Section in) {
    return new PresenceSettings(
        in.number("watched-users", 1, 2000),
        in.number("status-per-second", 1),
        in.number("status-burst", 1));
  }
}
