package kith.terminal.update;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kith.terminal.keys.Action;
import kith.terminal.model.Fuzzy;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;

/// The palette behind Ctrl-K: the rooms and commands that match the query.
public final class CommandPalette {
  private static final int MAX = 50;

  private CommandPalette() {}

  public sealed interface Choice {
    String label();

    /// Shown beside the label and not searched.
    default String detail() {
      return "";
    }
  }

  record ToRoom(String room, String label, String detail) implements Choice {}

  record Run(String command, String label) implements Choice {}

  private record Scored(Choice choice, int score) {}

  public static List<Choice> choices(Model model, String query) {
    var rooms =
        model.rooms().stream()
            .<Choice>map(room -> new ToRoom(room.id(), room.name(), preview(room)));
    var commands =
        SubmittedLine.usages().entrySet().stream()
            .<Choice>map(it -> new Run(it.getKey(), it.getValue()));
    return Stream.concat(rooms, commands)
        .map(choice -> new Scored(choice, Fuzzy.score(choice.label(), query)))
        .filter(scored -> scored.score() >= 0)
        .sorted(Comparator.comparingInt(Scored::score))
        .limit(MAX)
        .map(Scored::choice)
        .toList();
  }

  private static String preview(Room room) {
    return room.listing()
        .latest()
        .map(it -> it.by() + ": " + it.text().orElse("(removed)"))
        .orElse("");
  }

  static void act(StepBuilder step, Overlay.Palette palette, Action action) {
    var choices = choices(step.model(), palette.query());
    int last = Math.max(0, choices.size() - 1);
    switch (action) {
      case UP, ROOM_BEFORE -> choose(step, palette, Math.max(0, palette.chosen() - 1));
      case DOWN, ROOM_AFTER, PALETTE, COMPLETE ->
          choose(step, palette, Math.min(last, palette.chosen() + 1));
      case BACKSPACE -> {
        var query = palette.query();
        step.overlay = new Overlay.Palette(query.substring(0, Math.max(0, query.length() - 1)), 0);
      }
      case DELETE_WORD, DELETE_TO_START -> step.overlay = new Overlay.Palette("", 0);
      case SEND -> {
        step.overlay = new Overlay.None();
        if (palette.chosen() < choices.size()) execute(step, choices.get(palette.chosen()));
      }
      case CANCEL, INTERRUPT -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  private static void choose(StepBuilder step, Overlay.Palette palette, int chosen) {
    step.overlay = new Overlay.Palette(palette.query(), chosen);
  }

  private static void execute(StepBuilder step, Choice choice) {
    switch (choice) {
      case ToRoom(var room, _, _) -> RoomNavigation.goTo(step, room);
      case Run(var command, var label) -> {
        SubmittedLine.addToHistory(step, step.editor.text());
        step.editor = step.editor.with("/" + command + " ");
        step.isNormal = false;
        step.info(label);
      }
    }
  }
}
