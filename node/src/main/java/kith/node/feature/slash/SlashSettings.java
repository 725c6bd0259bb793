package kith.node.feature.slash;

import java.time.Duration;
import kith.node.platform.config.Section;

/// Commands that bots register with rooms.
///
/// @param commandsPerRoom commands of all bots in a room
/// @param openCalls calls that one bot has not answered yet
/// @param callTime the time that a bot has for its answer
public record SlashSettings(int commandsPerRoom, int openCalls, Duration callTime) {
  public static SlashSettings read(Section in) {
    return new SlashSettings(
        in.number("commands-per-room", 1, 1000),
        in.number("open-calls", 1, 10_000),
        in.time("call-time"));
  }
}
