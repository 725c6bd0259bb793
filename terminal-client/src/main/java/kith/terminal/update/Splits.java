package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;
import kith.terminal.model.Size;
import kith.terminal.model.Split;

/// Shows two rooms at once and moves the focus between them. The room with the focus is the current
/// one; the other one shows new messages, too, but they stay unread until it gets the focus.
final class Splits {
  private static final String RETURNS =
      "The screen is too small for two rooms; the other one returns on a larger one.";

  private static final String BESIDE = "--beside";
  private static final String BELOW = "--below";

  private Splits() {}

  static void toggle(StepBuilder step) {
    if (wanted(step).isPresent()) end(step);
    else begin(step, Optional.empty(), Optional.empty());
  }

  /// `/split [ROOM] [--beside | --below]`
  ///
  /// @return false if these are not its arguments
  static boolean command(StepBuilder step, String rest) {
    var words = new ArrayList<>(List.of(rest.strip().split("\\s+")));
    var options = words.stream().filter(word -> word.startsWith("--")).toList();
    words.removeAll(options);
    boolean areKnown = options.stream().allMatch(it -> it.equals(BESIDE) || it.equals(BELOW));
    if (options.size() > 1 || !areKnown) return false;
    var isBeside = options.stream().findFirst().map(BESIDE::equals);
    var name = String.join(" ", words).replace("\"", "");
    if (name.isEmpty()) {
      begin(step, Optional.empty(), isBeside);
      return true;
    }
    SubmittedLine.named(step, name)
        .map(Room::id)
        .ifPresentOrElse(
            room -> begin(step, Optional.of(room), isBeside),
            () -> step.error("You are not in '" + name + "'. /join it first."));
    return true;
  }

  private static void begin(StepBuilder step, Optional<String> asked, Optional<Boolean> asBeside) {
    if (step.currentRoom().isEmpty()) {
      step.error("You are not in a room: /join NAME or /create NAME.");
      return;
    }
    if (asked.filter(step::isCurrent).isPresent()) {
      step.info("This room is on the screen already; /split needs another one.");
      return;
    }
    var before = wanted(step);
    var room = asked.or(() -> before.map(Split::other)).or(() -> candidate(step));
    if (room.isEmpty()) {
      step.info("You are in no other room: /join NAME or /create NAME.");
      return;
    }
    boolean isBeside =
        asBeside.or(() -> before.map(Split::isBeside)).orElse(Panes.isFitting(true, step.size));
    if (!Panes.isFitting(isBeside, step.size)) {
      step.error(
          "The screen is too small for two rooms: "
              + Panes.COLUMNS_FOR_TWO
              + " columns side by side, or "
              + Panes.ROWS_FOR_TWO
              + " rows one above the other.");
      return;
    }
    if (Panes.isThreadBeside(step.size)) ThreadActions.close(step);
    if (!before.map(Split::other).equals(room)) resetOther(step);
    boolean isFirst = before.map(Split::isFirst).orElse(true);
    step.preferences = step.preferences.with(Optional.of(new Split(room.get(), isBeside, isFirst)));
    load(step);
    if (before.isPresent()) return;
    step.info(
        step.hint(Action.OTHER_HALF)
            + " goes to the other room, "
            + step.hint(Action.SPLIT)
            + " shows one again.");
  }

  /// The previous room, or else the next one in the list.
  private static Optional<String> candidate(StepBuilder step) {
    return step.previous
        .filter(it -> step.room(it).isPresent() && !step.isCurrent(it))
        .or(() -> step.rooms.stream().map(Room::id).filter(it -> !step.isCurrent(it)).findFirst());
  }

  static void end(StepBuilder step) {
    if (wanted(step).isEmpty()) step.info("There is one room on the screen.");
    else if (step.notice.lines().contains(RETURNS)) step.notice = Notice.NONE;
    resetOther(step);
    step.preferences = step.preferences.with(Optional.empty());
  }

  /// A room that leaves the screen shows its latest messages when it returns.
  private static void resetOther(StepBuilder step) {
    wanted(step)
        .ifPresent(
            it -> step.change(it.other(), room -> room.with(room.reading().at(Optional.empty()))));
  }

  static void otherHalf(StepBuilder step) {
    if (shown(step).isPresent()) changeFocus(step);
    else if (ThreadActions.pane(step).isPresent()) ThreadActions.changeFocus(step);
    else step.info("There is one room on the screen; " + step.hint(Action.SPLIT) + " shows two.");
  }

  static void changeFocus(StepBuilder step) {
    shown(step).ifPresent(other -> RoomNavigation.goTo(step, other.id()));
  }

  static void turn(StepBuilder step) {
    var split = wanted(step);
    if (split.isEmpty()) otherHalf(step);
    else begin(step, Optional.empty(), Optional.of(!split.get().isBeside()));
  }

  /// Reports that the other room disappears because the screen became too small.
  static void resize(StepBuilder step, Size size) {
    boolean wasShown = shown(step).isPresent();
    step.size = size;
    boolean isThread = Panes.of(step.model()).thread().isPresent();
    if (wasShown && shown(step).isEmpty() && !isThread) step.info(RETURNS);
  }

  /// Going to the other room moves the focus.
  static void onSwitch(StepBuilder step, String room) {
    var split = step.preferences.split().filter(it -> it.other().equals(room));
    if (split.isEmpty()) return;
    step.preferences =
        step.preferences.with(step.current.map(current -> split.get().swapped(current)));
  }

  /// @return the room that remains on the screen
  static Optional<String> onRemoved(StepBuilder step, String room) {
    var split = step.preferences.split();
    boolean isOfIt =
        split.filter(it -> step.isCurrent(room) || it.other().equals(room)).isPresent();
    if (!isOfIt) return Optional.empty();
    step.preferences = step.preferences.with(Optional.empty());
    return split.map(Split::other).filter(it -> !it.equals(room));
  }

  /// Requests the topic of the other room.
  static void load(StepBuilder step) {
    wanted(step)
        .map(Split::other)
        .filter(room -> !Caching.isUnlisted(step, room))
        .ifPresent(room -> step.request(new Request.LoadRoom(room)));
  }

  private static Optional<Split> wanted(StepBuilder step) {
    return Panes.wanted(step.model());
  }

  /// The room without the focus, if it is on the screen.
  static Optional<Room> shown(StepBuilder step) {
    if (step.preferences.split().isEmpty()) return Optional.empty();
    return Panes.of(step.model()).split().flatMap(it -> step.room(it.other()));
  }

  static boolean isShown(StepBuilder step, String room) {
    return shown(step).filter(it -> it.id().equals(room)).isPresent();
  }

  /// The view without the focus, if this place of the screen shows it: the other room, or a thread
  /// or the room beside it.
  static Optional<Room> at(StepBuilder step, int column, int row) {
    var panes = Panes.of(step.model());
    if (panes.thread().isPresent()) {
      boolean isThread = panes.thread().get().hasFocus();
      var area = isThread ? Optional.of(panes.current()) : panes.threadArea();
      return step.currentRoom()
          .filter(_ -> area.filter(it -> it.contains(column, row)).isPresent())
          .flatMap(room -> isThread ? Optional.of(room) : room.thread());
    }
    return shown(step)
        .filter(_ -> panes.other().filter(it -> it.contains(column, row)).isPresent());
  }
}
