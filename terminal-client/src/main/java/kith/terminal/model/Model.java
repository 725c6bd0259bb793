package kith.terminal.model;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.net.ConnectionState;

/// Everything the screen knows.
///
/// @param form present while nobody is logged in
/// @param rooms in the order of their numbers
/// @param previous the room before the current one
/// @param notice what the last command answered, until the next
/// @param sent what was typed before, latest first
/// @param recalled which of `sent` is in the editor
/// @param roundTrip from a post to its answer, the latest, in milliseconds
/// @param isOver the client is to end
public record Model(
    Size size,
    Settings settings,
    Optional<Form> form,
    String user,
    ConnectionState connection,
    OptionalLong roundTrip,
    List<Room> rooms,
    Optional<String> current,
    Optional<String> previous,
    Editor editor,
    Overlay overlay,
    Notice notice,
    List<String> sent,
    int recalled,
    boolean isOver) {

  /// What the person wishes to see; absent where the width of the terminal decides.
  public record Settings(
      String theme, ZoneId zone, Optional<Boolean> rooms, Optional<Boolean> members) {}

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

  public static Model start(Size size, String theme, ZoneId zone) {
    return new Model(
        size,
        new Settings(theme, zone, Optional.empty(), Optional.empty()),
        Optional.empty(),
        "",
        new ConnectionState.Connecting(),
        OptionalLong.empty(),
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
        connection,
        roundTrip,
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

  public Optional<Room> here() {
    return current.flatMap(this::room);
  }

  public long waiting() {
    return rooms.stream().flatMap(room -> room.own().stream()).filter(Own::isWaiting).count();
  }

  public long failed() {
    return rooms.stream().flatMap(room -> room.own().stream()).filter(Own::hasFailed).count();
  }
}
