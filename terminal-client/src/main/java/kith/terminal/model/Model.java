package kith.terminal.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.terminal.config.Conf;
import kith.terminal.keys.Keymap;
import kith.terminal.net.ConnectionState;

/// The state of the full-screen client.
///
/// @param form present until the login
/// @param ticked the latest second of a wait for the next attempt to connect
/// @param rooms in the order of the list
/// @param server the address of the server, as the user knows it
/// @param previous the room that was shown before the current one
/// @param notice the result of the latest command
/// @param sent the input history, latest first
/// @param recalled the index in `sent` of the text in the editor
/// @param joinRequests of the user to join rooms
/// @param unlisted moderation state of rooms that the server has not listed yet
/// @param download the file that is being saved or opened
/// @param commands of bots, for completion
/// @param servers of the window; empty if this is the only one
/// @param isOver the client is to exit
public record Model(
    Size size,
    Settings settings,
    Optional<Form> form,
    String user,
    String server,
    UserActivity activity,
    PresenceState presence,
    ContactBook contacts,
    List<OwnJoinRequest> joinRequests,
    List<ServerFrame.Moderation> unlisted,
    DueReminders reminders,
    ConnectionState connection,
    Instant ticked,
    Latency latency,
    List<Room> rooms,
    RoomNumbers numbers,
    Optional<String> current,
    Optional<String> previous,
    Editor editor,
    Overlay overlay,
    Notice notice,
    List<String> sent,
    int recalled,
    Optional<Download> download,
    RoomCommands commands,
    Spelling spelling,
    List<OpenServer> servers,
    boolean isOver) {

  /// The user's settings.
  ///
  /// @param conf the settings of `client.conf`
  /// @param preferences the settings made by keys, which are saved
  /// @param hasMouse mouse reporting is on
  /// @param isNormal normal mode: letters are keys
  public record Settings(
      Conf conf,
      ZoneId zone,
      String theme,
      Preferences preferences,
      boolean hasMouse,
      boolean isNormal) {

    /// Whether to show the rooms pane; absent to decide by the terminal's width.
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

  /// @param since when it appeared
  public record Notice(List<String> lines, boolean isError, Instant since) {
    public static final Notice NONE = new Notice(List.of(), false);

    public Notice {
      lines = List.copyOf(lines);
    }

    public Notice(List<String> lines, boolean isError) {
      this(lines, isError, Instant.EPOCH);
    }

    public Notice at(Instant now) {
      return new Notice(lines, isError, now);
    }
  }

  public Model {
    unlisted = List.copyOf(unlisted);
    rooms = List.copyOf(rooms);
    sent = List.copyOf(sent);
    servers = List.copyOf(servers);
  }

  /// @param conf with a named theme, not `auto`
  public static Model start(Size size, Conf conf, ZoneId zone) {
    return new Model(
        size,
        new Settings(conf, zone, conf.theme(), Preferences.NONE, conf.mouse(), false),
        Optional.empty(),
        "",
        "",
        UserActivity.ACTIVE,
        PresenceState.NONE,
        ContactBook.NONE,
        List.of(),
        List.of(),
        DueReminders.NONE,
        new ConnectionState.Connecting(),
        Instant.EPOCH,
        Latency.NONE,
        List.of(),
        RoomNumbers.NONE,
        Optional.empty(),
        Optional.empty(),
        Editor.empty(),
        new Overlay.None(),
        Notice.NONE,
        List.of(),
        -1,
        Optional.empty(),
        RoomCommands.NONE,
        Spelling.NONE,
        List.of(),
        false);
  }

  public Model loggingIn(Form newForm) {
    return new Model(
        size,
        settings,
        Optional.of(newForm),
        user,
        server,
        activity,
        presence,
        contacts,
        joinRequests,
        unlisted,
        reminders,
        connection,
        ticked,
        latency,
        rooms,
        numbers,
        current,
        previous,
        editor,
        overlay,
        notice,
        sent,
        recalled,
        download,
        commands,
        spelling,
        servers,
        isOver);
  }

  /// The words of the draft that are spelled wrongly, except the one that is being typed.
  public List<SpelledWord> misspelled() {
    if (!spelling.isOn()) return List.of();
    return SpelledWord.of(editor.text()).stream()
        .filter(word -> word.end() != editor.cursor() && spelling.wrong(word.text()).isPresent())
        .toList();
  }

  public Optional<Room> room(String id) {
    return rooms.stream().filter(room -> room.id().equals(id)).findFirst();
  }

  public Optional<Room> currentRoom() {
    return current.flatMap(this::room);
  }

  /// The current room, or the thread that has the focus in it.
  public Optional<Room> shownRoom() {
    return currentRoom().map(Room::shown);
  }

  /// The other servers of the window.
  public List<OpenServer> otherServers() {
    return servers.stream().filter(it -> !it.isShown()).toList();
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
