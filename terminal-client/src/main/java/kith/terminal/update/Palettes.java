package kith.terminal.update;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kith.terminal.keys.Action;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;

/// The list behind Ctrl-K: rooms and commands that fit what is typed.
public final class Palettes {
  private static final int MOST = 50;

  private Palettes() {}

  public sealed interface Choice {
    String words();

    /// What is said beside, and not looked for.
    default String aside() {
      return "";
    }
  }

  record ToRoom(String room, String words, String aside) implements Choice {}

  record Run(String command, String words) implements Choice {}

  private record Scored(Choice choice, int score) {}

  public static List<Choice> choices(Model model, String query) {
    var rooms =
        model.rooms().stream()
            .<Choice>map(room -> new ToRoom(room.id(), room.name(), preview(room)));
    var commands =
        Typed.usages().entrySet().stream().<Choice>map(it -> new Run(it.getKey(), it.getValue()));
    return Stream.concat(rooms, commands)
        .map(choice -> new Scored(choice, score(choice.words(), query)))
        .filter(scored -> scored.score() >= 0)
        .sorted(Comparator.comparingInt(Scored::score))
        .limit(MOST)
        .map(Scored::choice)
        .toList();
  }

  private static String preview(Room room) {
    return room.listed()
        .latest()
        .map(it -> it.by() + ": " + it.text().orElse("(removed)"))
        .orElse("");
  }

  /// Lower is better; negative does not fit. All letters must come, in their order.
  static int score(String words, String query) {
    var text = words.toLowerCase(Locale.ROOT);
    var wanted = query.toLowerCase(Locale.ROOT).replace(" ", "");
    if (wanted.isEmpty()) return 0;
    int whole = text.indexOf(wanted);
    if (whole >= 0) return Math.min(whole, 90);
    int at = -1;
    int gaps = 100;
    for (int letter : IntStream.range(0, wanted.length()).map(wanted::charAt).toArray()) {
      int next = text.indexOf(letter, at + 1);
      if (next < 0) return -1;
      gaps += next - at - 1;
      at = next;
    }
    return gaps;
  }

  static void act(Draft draft, Overlay.Palette palette, Action action) {
    var choices = choices(draft.model(), palette.query());
    int last = Math.max(0, choices.size() - 1);
    switch (action) {
      case UP, ROOM_BEFORE -> choose(draft, palette, Math.max(0, palette.chosen() - 1));
      case DOWN, ROOM_AFTER, PALETTE, COMPLETE ->
          choose(draft, palette, Math.min(last, palette.chosen() + 1));
      case BACKSPACE -> {
        var query = palette.query();
        draft.overlay = new Overlay.Palette(query.substring(0, Math.max(0, query.length() - 1)), 0);
      }
      case DELETE_WORD, DELETE_TO_START -> draft.overlay = new Overlay.Palette("", 0);
      case SEND -> {
        draft.overlay = new Overlay.None();
        if (palette.chosen() < choices.size()) take(draft, choices.get(palette.chosen()));
      }
      case CANCEL, INTERRUPT -> draft.overlay = new Overlay.None();
      default -> {}
    }
  }

  private static void choose(Draft draft, Overlay.Palette palette, int chosen) {
    draft.overlay = new Overlay.Palette(palette.query(), chosen);
  }

  private static void take(Draft draft, Choice choice) {
    switch (choice) {
      case ToRoom(var room, _, _) -> Rooms.goTo(draft, room);
      case Run(var command, var words) -> {
        Typed.remember(draft, draft.editor.text());
        draft.editor = draft.editor.with("/" + command + " ");
        draft.isNormal = false;
        draft.say(words);
      }
    }
  }
}
