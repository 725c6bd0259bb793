package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import kith.protocol.Status;
import kith.protocol.rest.Presences.PresentMember;

/// Members and their presence as lines of text.
public final class PresenceLines {
  private final EntryLines shown;
  private final Instant now;

  public PresenceLines(ZoneId zone, Instant now) {
    this.shown = new EntryLines(zone);
    this.now = now;
  }

  public String member(PresentMember member) {
    var role = member.role().name().toLowerCase(Locale.ROOT);
    var lastSeen = member.lastSeen().map(at -> ", last seen " + shown.time(at, now)).orElse("");
    var bot = member.botOf().map(owner -> ", ⚙ bot of " + Sanitizer.line(owner)).orElse("");
    return Sanitizer.line(member.user())
        + bot
        + ", "
        + role
        + ", "
        + label(member.status())
        + lastSeen;
  }

  private static String label(Status status) {
    return switch (status) {
      case ONLINE -> "online";
      case IDLE -> "idle";
      case DND -> "do not disturb";
      case INVISIBLE -> "invisible";
      case OFFLINE -> "offline";
    };
  }
}
