package kith.terminal.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import kith.protocol.Status;
import kith.protocol.frame.UserPresence;
import kith.terminal.layout.Tone;

/// The mark, colour and label of a user's presence.
final class PresenceMark {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);

  private PresenceMark() {}

  /// One column; a space if the presence is unknown.
  static String mark(Optional<UserPresence> where) {
    return where.map(it -> mark(it.status())).orElse(" ");
  }

  static String mark(Status status) {
    return switch (status) {
      case ONLINE -> "●";
      case IDLE -> "◐";
      case DND -> "⊖";
      case INVISIBLE -> "◌";
      case OFFLINE -> "○";
    };
  }

  static Tone tone(Optional<UserPresence> where) {
    return where.map(it -> tone(it.status())).orElse(Tone.PLAIN);
  }

  private static Tone tone(Status status) {
    return switch (status) {
      case ONLINE -> Tone.GOOD;
      case IDLE -> Tone.WAITING;
      case DND -> Tone.ERROR;
      case INVISIBLE, OFFLINE -> Tone.QUIET;
    };
  }

  static String label(UserPresence where, ZoneId zone) {
    return switch (where.status()) {
      case ONLINE -> "online";
      case IDLE -> "idle";
      case DND -> "do not disturb";
      case INVISIBLE -> "invisible";
      case OFFLINE -> where.lastSeen().map(at -> "last seen " + when(at, zone)).orElse("offline");
    };
  }

  private static String when(Instant at, ZoneId zone) {
    return WHEN.format(at.atZone(zone));
  }
}
