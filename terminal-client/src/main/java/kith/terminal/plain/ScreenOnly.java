package kith.terminal.plain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The commands that make sense only on the full screen, and the answers of line mode to them.
public final class ScreenOnly {
  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("theme", "Only the full screen has colours."),
          Map.entry("mouse", "Only the full screen uses the mouse."),
          Map.entry(
              "split",
              "Only the full screen can be divided. Lines of all your rooms appear here, and"
                  + " /switch ROOM goes to another one."),
          Map.entry(
              "unsplit", "Only the full screen can be divided. /switch ROOM goes to another room."),
          Map.entry("learn", "Only the full screen checks the spelling."),
          Map.entry(
              "dnd",
              "Only the full screen notifies you through the terminal. /status dnd, /quiet and"
                  + " /notify change the notifications of your account."));

  private ScreenOnly() {}

  /// The names of the commands without the slash.
  public static Set<String> names() {
    return SENTENCES.keySet();
  }

  static Optional<InputLine> read(String name) {
    return Optional.ofNullable(SENTENCES.get(name)).map(InputLine.OnScreen::new);
  }
}
