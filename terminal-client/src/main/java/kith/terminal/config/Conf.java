package kith.terminal.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.terminal.keys.Keymap;

/// The settings of `client.conf`, which documents each key.
///
/// @param theme one of `THEMES`, or `AUTO`
/// @param links whether to emit terminal hyperlinks; absent to decide by the terminal
/// @param strikes whether the terminal strikes text through; absent to decide by the terminal
/// @param rooms how rooms are listed and entered
/// @param idleAfter the time without a key after which the user is idle
/// @param hasClipboard whether the client may write to the clipboard of the terminal
/// @param hasCache whether the last screen is kept on this machine
/// @param downloads the directory in which files are saved
/// @param pictures how pictures are shown
/// @param tellsTyping whether typing is reported to others
/// @param isUpEditing whether the arrow up edits own messages instead of recalling lines
/// @param foldsThreads whether replies are shown only in the panes of their threads
/// @param spelling the dictionaries of the spell checker, separated by commas, or `AUTO` or `OFF`
/// @param warnings bindings that may not work
public record Conf(
    String theme,
    Keymap keys,
    Notifications notifications,
    Hooks hooks,
    boolean mouse,
    Optional<Boolean> links,
    Optional<Boolean> strikes,
    Rooms rooms,
    Optional<Boolean> membersPane,
    Duration idleAfter,
    boolean tellsTyping,
    boolean hasClipboard,
    boolean hasCache,
    String downloads,
    Pictures pictures,
    boolean isUpEditing,
    boolean foldsThreads,
    String spelling,
    List<String> warnings) {
  public static final List<String> THEMES =
      List.of("dark", "light", "contrast", "colour-blind", "16", "mono");
  public static final String AUTO = "auto";
  public static final String OFF = "off";

  /// @param ofAll notify about all messages of others, not only mentions and direct messages
  /// @param hasText whether a notification contains the message
  public record Notifications(How how, boolean ofAll, boolean hasText) {}

  /// Shell commands that run when a message arrives; absent ones do nothing.
  ///
  /// @param mention for messages that mention the user or the room
  /// @param direct for messages in direct conversations
  /// @param message for all other messages
  public record Hooks(Optional<String> mention, Optional<String> direct, Optional<String> message) {
    public static final Hooks NONE =
        new Hooks(Optional.empty(), Optional.empty(), Optional.empty());
  }

  public enum How {
    BELL,
    OSC9,
    OSC777,
    OFF
  }

  /// The way to show pictures. `AUTO` is the best way that the terminal reports to support.
  public enum Pictures {
    AUTO,
    KITTY,
    SIXEL,
    ITERM,
    BLOCKS,
    OFF
  }

  /// @param pane whether to show the rooms pane; absent to decide by the width
  /// @param atUnread enter a room at the unread line, not at the end
  public record Rooms(Order order, Optional<Boolean> pane, boolean atUnread) {}

  /// The order of the rooms, unless it is manual.
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
        hooks,
        mouse,
        links,
        strikes,
        rooms,
        membersPane,
        idleAfter,
        tellsTyping,
        hasClipboard,
        hasCache,
        downloads,
        pictures,
        isUpEditing,
        foldsThreads,
        spelling,
        warnings);
  }

  /// The settings, with automatic values resolved for this terminal.
  public Conf on(boolean hasLinks, boolean hasStrikes) {
    return new Conf(
        theme,
        keys,
        notifications,
        hooks,
        mouse,
        Optional.of(hasLinks),
        Optional.of(hasStrikes),
        rooms,
        membersPane,
        idleAfter,
        tellsTyping,
        hasClipboard,
        hasCache,
        downloads,
        pictures,
        isUpEditing,
        foldsThreads,
        spelling,
        warnings);
  }
}
