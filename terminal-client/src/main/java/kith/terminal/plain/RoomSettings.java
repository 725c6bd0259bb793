package kith.terminal.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers.Room;
import kith.protocol.rest.RoomRequests.ChangeRoom;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;

/// The settings of a room as lines of text, and their changes.
public final class RoomSettings {
  /// The value that removes a setting.
  public static final String NONE = "none";

  private static final String ON = "on";
  private static final String OFF = "off";

  /// The server's limit.
  private static final Duration LONGEST_SLOW_MODE = Duration.ofHours(6);

  private RoomSettings() {}

  /// Empty if there is no such setting or value.
  public static Optional<ChangeRoom> change(String setting, String value) {
    var removable = value.equals(NONE) ? "" : value;
    return switch (setting.toLowerCase(Locale.ROOT)) {
      case "name" -> Optional.of(of(Optional.of(value), none(), none(), none(), empty()));
      case "topic" -> Optional.of(of(none(), Optional.of(removable), none(), none(), empty()));
      case "passcode" -> Optional.of(of(none(), none(), none(), Optional.of(removable), empty()));
      case "capacity" ->
          capacity(value).map(most -> of(none(), none(), none(), none(), OptionalInt.of(most)));
      case "visibility" ->
          Stream.of(Visibility.values())
              .filter(it -> it.name().equalsIgnoreCase(value))
              .findFirst()
              .map(it -> of(none(), none(), Optional.of(it), none(), empty()));
      case "keep" ->
          RetentionLines.parse(value)
              .map(kept -> keeping(of(none(), none(), none(), none(), empty()), kept));
      case "slow" ->
          slowMode(value)
              .map(seconds -> new Moderation(OptionalInt.of(seconds), none()))
              .map(RoomSettings::moderating);
      case "read-only" ->
          flag(value)
              .map(is -> new Moderation(empty(), Optional.of(is)))
              .map(RoomSettings::moderating);
      case "approval" ->
          flag(value)
              .map(is -> new Moderation(empty(), none(), Optional.of(is)))
              .map(RoomSettings::moderating);
      default -> Optional.empty();
    };
  }

  private static ChangeRoom moderating(Moderation change) {
    return moderating(of(none(), none(), none(), none(), empty()), change);
  }

  /// The seconds between two messages of one member, 0 for none; empty if it is neither.
  public static Optional<Integer> slowMode(String value) {
    if (value.equals(NONE) || value.equals(OFF)) return Optional.of(0);
    return Spans.parse(value)
        .filter(span -> span.compareTo(LONGEST_SLOW_MODE) <= 0)
        .map(span -> (int) span.toSeconds());
  }

  /// `on` or `off`.
  public static Optional<Boolean> flag(String value) {
    return value.equals(ON) || value.equals(OFF) ? Optional.of(value.equals(ON)) : none();
  }

  /// The change, and a retention.
  public static ChangeRoom keeping(ChangeRoom change, Retention kept) {
    return new ChangeRoom(
        change.name(),
        change.topic(),
        change.visibility(),
        change.passcode(),
        change.capacity(),
        Optional.of(kept),
        change.moderation());
  }

  /// The change, and a change of the moderation settings.
  public static ChangeRoom moderating(ChangeRoom change, Moderation moderation) {
    return new ChangeRoom(
        change.name(),
        change.topic(),
        change.visibility(),
        change.passcode(),
        change.capacity(),
        change.retention(),
        Optional.of(moderation));
  }

  /// Changes that are absent leave the setting as it is.
  ///
  /// @param passcode empty to remove it
  /// @param capacity 0 to remove it
  public static ChangeRoom of(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity) {
    return new ChangeRoom(name, topic, visibility, passcode, capacity, Optional.empty());
  }

  /// The number of members, 0 for no limit; empty if it is neither.
  public static Optional<Integer> capacity(String value) {
    if (value.equals(NONE)) return Optional.of(0);
    return value.matches("[1-9]\\d{0,8}") ? Optional.of(Integer.parseInt(value)) : Optional.empty();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static OptionalInt empty() {
    return OptionalInt.empty();
  }

  private static List<String> moderation(Moderation set) {
    var lines = new ArrayList<String>();
    if (set.forbidsChanges()) lines.add("archived    it can be read, but not changed");
    if (set.slowMode() > 0) lines.add("slow mode   " + ModerationLines.slowMode(set.slowMode()));
    if (set.restrictsWriting()) lines.add("read-only   only moderators and owners write");
    if (set.asksForApproval()) lines.add("approval    moderators decide who joins");
    return lines;
  }

  public static List<String> lines(Room room) {
    var lines = new ArrayList<String>();
    lines.add("name        " + Sanitizer.line(room.title()));
    lines.add("topic       " + (room.topic().isEmpty() ? NONE : Sanitizer.line(room.topic())));
    lines.add("visibility  " + room.visibility().name().toLowerCase(Locale.ROOT));
    lines.add("passcode    " + (room.passcode() ? "set" : NONE));
    lines.add(
        "capacity    "
            + (room.capacity().isEmpty() ? NONE : room.capacity().getAsInt() + " members"));
    lines.add("keeps       " + RetentionLines.kept(room.retention().orElse(Retention.NONE)));
    room.moderation().ifPresent(it -> lines.addAll(moderation(it)));
    lines.add("members     " + room.members());
    room.role().ifPresent(it -> lines.add("your role   " + it.name().toLowerCase(Locale.ROOT)));
    lines.add("created     " + LocalTime.text(room.created()));
    lines.add("id          " + room.room());
    room.wrongPasscodes()
        .ifPresent(it ->
            lines.add(
                "wrong passcodes: "
                    + it.count()
                    + ", the latest at "
                    + LocalTime.text(it.latest())
                    + " by "
                    + Sanitizer.line(String.join(", ", it.users()))));
    return lines;
  }
}
