package kith.terminal.model;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import kith.terminal.config.Conf;
import kith.terminal.keys.Keymap;
import kith.terminal.net.ConnectionState;

/// Everything the screen knows.
///
/// @param form present while nobody is logged in
/// @param rooms in the order of their numbers
/// @param previous the room before the current one
/// @param notice what the last command answered, until the next
/// @param sent what was typed before, latest first
/// @param recalled which of `sent` is in the editor
/// @param isOver the client is to end
public record Model(
    Size size,
    Settings settings,
    Optional<Form> form,
    String user,
    UserActivity activity,
    PresenceState presence,
    ContactBook contacts,
    ConnectionState connection,
    Latency latency,
    List<Room> rooms,
    Optional<String> current,
    Optional<String> previous,
    Editor editor,
    Overlay overlay,
    Notice notice,
    List<String> sent,
    int recalled,
    boolean isOver) {

  /// What the person wishes.
  ///
  /// @param conf what their file says
  /// @param preferences what they arranged by keys, and find again the next time
  /// @param hasMouse clicks come here, not to the terminal
  /// @param isNormal letters move and act: writing was left
  public record Settings(
      Conf conf,
      ZoneId zone,
      String theme,
      Preferences preferences,
      boolean hasMouse,
      boolean isNormal) {

    /// Whether the rooms are to be shown; absent where the width of the terminal decides.
    public Optional<Boolean> rooms() {
      return preferences.rooms().or(() -> conf.rooms().pane());
    }

    public Optional<Boolean> members() {
      return preferences.members().or(conf::membersPane);
    }

    public Keymap keys() {
      return conf.keys();
    }
  }

  public record Notice(List<String> lines, boolean isError) {
    public static final Notice NONE = new Notice(List.of(), false);

    public Notice {
      lines = List.copyOf(lines);
    }
  }

  public Model {
    rooms = List.copyOf(rooms);
    sent = List.copyOf(sent);
  }

  /// @param conf with a theme that is one, not `auto`
  public static Model start(Size size, Conf conf, ZoneId zone) {
    return new Model(
        size,
        new Settings(conf, zone, conf.theme(), Preferences.NONE, conf.mouse(), false),
        Optional.empty(),
        "",
        UserActivity.ACTIVE,
        PresenceState.NOBODY,
        ContactBook.NONE,
        new ConnectionState.Connecting(),
        Latency.NONE,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Editor.empty(),
        new Overlay.None(),
        Notice.NONE,
        List.of(),
        -1,
        false);
  }

  public Model loggingIn(Form newForm) {
    return new Model(
        size,
        settings,
        Optional.of(newForm),
        user,
        activity,
        presence,
        contacts,
        connection,
        latency,
        rooms,
        current,
        previous,
        editor,
        overlay,
        notice,
        sent,
        recalled,
        isOver);
  }

  public Optional<Room> room(String id) {
    return rooms.stream().filter(room -> room.id().equals(id)).findFirst();
  }

  public Optional<Room> currentRoom() {
    return current.flatMap(this::room);
  }

  public long waiting() {
    return rooms.stream()
        .flatMap(room -> room.ownPosts().stream())
        .filter(OwnPost::isWaiting)
        .count();
  }

  public long failed() {
    return rooms.stream()
        .flatMap(room -> room.ownPosts().stream())
        .filter(OwnPost::hasFailed)
        .count();
  }
}
