package kith.terminal.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.terminal.keys.Keymap;

/// What `client.conf` says. Every key is explained there.
///
/// @param theme one of `THEMES`, or `AUTO`
/// @param links whether terminals are told where links lead; absent where the terminal decides
/// @param rooms how they are listed and gone into
/// @param idleAfter nobody is there who has touched no key for so long
/// @param tellsTyping others in a room are told while something is written there
/// @param warnings what may not work as it is written
public record Conf(
    String theme,
    Keymap keys,
    Notifications notifications,
    boolean mouse,
    Optional<Boolean> links,
    Rooms rooms,
    Optional<Boolean> membersPane,
    Duration idleAfter,
    boolean tellsTyping,
    List<String> warnings) {
  public static final List<String> THEMES = List.of("dark", "light", "contrast", "16", "mono");
  public static final String AUTO = "auto";

  /// How and of what people are told while they look elsewhere.
  ///
  /// @param ofAll every message of others, not only the ones that name the reader
  /// @param hasText whether a notification says what was said
  public record Notifications(How how, boolean ofAll, boolean hasText) {}

  public enum How {
    BELL,
    OSC9,
    OSC777,
    OFF
  }

  /// @param pane whether they are shown; absent where the width decides
  /// @param atUnread one comes in where reading stopped, not at the latest
  public record Rooms(Order order, Optional<Boolean> pane, boolean atUnread) {}

  /// How the rooms are sorted, unless they were moved by hand.
  public enum Order {
    UNREAD,
    RECENT,
    NAME
  }

  public Conf {
    warnings = List.copyOf(warnings);
  }

  public Conf withTheme(String name) {
    return new Conf(
        name,
        keys,
        notifications,
        mouse,
        links,
        rooms,
        membersPane,
        idleAfter,
        tellsTyping,
        warnings);
  }
}
