package kith.terminal.update;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one table of keys. It also is the help.
public final class Keys {
  private static final Map<String, Action> ACTIONS = new LinkedHashMap<>();

  static {
    bind(Action.HELP, "F1", "Alt-h");
    bind(Action.PALETTE, "Ctrl-k");
    bind(Action.NEXT_UNREAD, "Alt-a");
    bind(Action.LAST_ROOM, "Alt-l");
    bind(Action.ROOM_BEFORE, "Alt-p", "Ctrl-p");
    bind(Action.ROOM_AFTER, "Alt-n", "Ctrl-n");
    for (int number = 1; number <= 9; number++) bind(Action.ROOM_1, "Alt-" + number);
    bind(Action.PAGE_UP, "PageUp", "Alt-v");
    bind(Action.PAGE_DOWN, "PageDown", "Ctrl-v");
    bind(Action.LINE_UP, "Shift-ArrowUp", "Alt-k");
    bind(Action.LINE_DOWN, "Shift-ArrowDown", "Alt-j");
    bind(Action.TO_UNREAD, "Alt-u");
    bind(Action.LATEST, "Alt-End", "Alt-e", "Ctrl-End");
    bind(Action.SELECT_UP, "Alt-ArrowUp", "Ctrl-ArrowUp", "Alt-i");
    bind(Action.SELECT_DOWN, "Alt-ArrowDown", "Ctrl-ArrowDown", "Alt-o");
    bind(Action.FIND, "Ctrl-r", "Alt-/");
    bind(Action.EDITOR, "Ctrl-o", "Alt-g");
    bind(Action.RETRY, "Alt-r");
    bind(Action.DROP, "Alt-d");
    bind(Action.ROOMS_PANE, "F2", "Alt-s");
    bind(Action.MEMBERS_PANE, "F3", "Alt-m");
    bind(Action.THEME, "F4", "Alt-t");
    bind(Action.REDRAW, "Ctrl-l");
    bind(Action.SEND, "Enter");
    bind(Action.NEWLINE, "Alt-Enter", "Ctrl-j");
    bind(Action.COMPLETE, "Tab");
    bind(Action.CANCEL, "Escape");
    bind(Action.LEFT, "ArrowLeft", "Ctrl-b");
    bind(Action.RIGHT, "ArrowRight", "Ctrl-f");
    bind(Action.WORD_LEFT, "Alt-b", "Ctrl-ArrowLeft", "Alt-ArrowLeft");
    bind(Action.WORD_RIGHT, "Alt-f", "Ctrl-ArrowRight", "Alt-ArrowRight");
    bind(Action.UP, "ArrowUp");
    bind(Action.DOWN, "ArrowDown");
    bind(Action.LINE_START, "Home", "Ctrl-a");
    bind(Action.LINE_END, "End", "Ctrl-e");
    bind(Action.BACKSPACE, "Backspace");
    bind(Action.DELETE, "Delete", "Ctrl-d");
    bind(Action.DELETE_WORD, "Ctrl-w", "Alt-Backspace");
    bind(Action.DELETE_TO_START, "Ctrl-u");
    bind(Action.DELETE_TO_END, "Alt-x");
    bind(Action.FIELD_BACK, "ReverseTab");
    bind(Action.INTERRUPT, "Ctrl-c");
    bind(Action.QUIT, "Ctrl-q");
  }

  private Keys() {}

  private static void bind(Action action, String... chords) {
    for (var chord : chords) {
      if (ACTIONS.put(chord, action) != null) throw new IllegalStateException(chord + " twice");
    }
  }

  static Optional<Action> action(String chord) {
    return Optional.ofNullable(ACTIONS.get(chord));
  }

  /// @param chords with commas between
  public record Line(String chords, String meaning) {}

  public static List<Line> help() {
    var chordsByAction = new EnumMap<Action, List<String>>(Action.class);
    ACTIONS.forEach((chord, action) ->
        chordsByAction.computeIfAbsent(action, _ -> new ArrayList<>()).add(chord));
    var lines = new ArrayList<Line>();
    chordsByAction.forEach(
        (action, chords) -> lines.add(new Line(words(action, chords), action.meaning())));
    return lines;
  }

  private static String words(Action action, List<String> chords) {
    return action == Action.ROOM_1 ? "Alt-1 … Alt-9" : String.join(", ", chords);
  }
}
