package kith.terminal.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kith.terminal.keys.Keymap.Layer;

/// The key tables of the presets.
public final class Keys {
  public static final List<String> PRESETS = List.of("default", "vim", "emacs");

  private static final Map<String, Action> ACTIONS = new LinkedHashMap<>();

  static {
    bind(Action.HELP, "F1", "Alt-h");
    bind(Action.PALETTE, "Ctrl-k");
    bind(Action.CONTACTS, "F9", "Alt-c");
    bind(Action.NEXT_UNREAD, "Alt-a");
    bind(Action.LAST_ROOM, "Alt-l");
    bind(Action.ROOM_BEFORE, "Alt-p", "Ctrl-p");
    bind(Action.ROOM_AFTER, "Alt-n", "Ctrl-n");
    for (int number = 1; number <= 9; number++) bind(Action.ROOM_BY_NUMBER, "Alt-" + number);
    bind(Action.NEXT_SERVER, "Alt-q", "F12");
    bind(Action.PAGE_UP, "PageUp", "Alt-v");
    bind(Action.PAGE_DOWN, "PageDown", "Ctrl-v");
    bind(Action.LINE_UP, "Shift-ArrowUp", "Alt-k");
    bind(Action.LINE_DOWN, "Shift-ArrowDown", "Alt-j");
    bind(Action.TO_UNREAD, "Alt-u");
    bind(Action.LATEST, "Alt-e", "Alt-End", "Ctrl-End");
    bind(Action.SELECT_UP, "Alt-ArrowUp", "Ctrl-ArrowUp", "Alt-i");
    bind(Action.SELECT_DOWN, "Alt-ArrowDown", "Ctrl-ArrowDown", "Alt-o");
    bind(Action.MARK_UNREAD, "Alt-y");
    bind(Action.FIND, "Ctrl-r", "Alt-/");
    bind(Action.EDITOR, "Ctrl-o", "Alt-g");
    bind(Action.RETRY, "Alt-r");
    bind(Action.DROP, "Alt-d");
    bind(Action.ROOMS_PANE, "F2", "Alt-s");
    bind(Action.MEMBERS_PANE, "F3", "Alt-m");
    bind(Action.ROOMS_NARROWER, "Alt-,");
    bind(Action.ROOMS_WIDER, "Alt-.");
    bind(Action.MEMBERS_NARROWER, "Alt-<");
    bind(Action.MEMBERS_WIDER, "Alt->");
    bind(Action.SPLIT, "F8", "Alt-|");
    bind(Action.OTHER_HALF, "Alt-w", "Alt-`");
    bind(Action.TURN_SPLIT, "Alt-_");
    bind(Action.ROOM_UP, "Alt-{", "Alt-Shift-ArrowUp");
    bind(Action.ROOM_DOWN, "Alt-}", "Alt-Shift-ArrowDown");
    bind(Action.MUTE, "F5", "Alt-=");
    bind(Action.DO_NOT_DISTURB, "F6", "Alt-z");
    bind(Action.MOUSE, "F7", "Alt-\\");
    bind(Action.THEME, "F4", "Alt-t");
    bind(Action.REDRAW, "Ctrl-l");
    bind(Action.SEND, "Enter");
    bind(Action.NEWLINE, "Alt-Enter", "Ctrl-j");
    bind(Action.COMPLETE, "Tab");
    bind(Action.SPELLING, "Alt-;");
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

  /// @param name one of `PRESETS`
  public static Keymap preset(String name) {
    return switch (name) {
      case "default" -> usual();
      case "vim" -> vim();
      case "emacs" -> emacs();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Keymap usual() {
    return Keymap.of(ACTIONS)
        .with(Layer.SELECTED, Action.REPLY, "r")
        .with(Layer.SELECTED, Action.THREAD, "t")
        .with(Layer.SELECTED, Action.EDIT, "e")
        .with(Layer.SELECTED, Action.REMOVE, "x")
        .with(Layer.SELECTED, Action.REACT, "+")
        .with(Layer.SELECTED, Action.PIN, "P")
        .with(Layer.SELECTED, Action.BOOKMARK, "b")
        .with(Layer.SELECTED, Action.REMIND, "m")
        .with(Layer.SELECTED, Action.REPORT, "!")
        .with(Layer.SELECTED, Action.MARK_UNREAD, "u")
        .with(Layer.SELECTED, Action.COPY, "y")
        .with(Layer.SELECTED, Action.COPY_LINK, "l")
        .with(Layer.SELECTED, Action.COPY_CODE, "c")
        .with(Layer.SELECTED, Action.OPEN_LINK, "o")
        .with(Layer.SELECTED, Action.SAVE_FILE, "s")
        .with(Layer.SELECTED, Action.PREVIEW, "p")
        .with(Layer.SELECTED, Action.FIND, "/")
        .with(Layer.SELECTED, Action.FIND_OLDER, "n")
        .with(Layer.SELECTED, Action.FIND_NEWER, "N")
        .with(Layer.SELECTED, Action.HELP, "?");
  }

  private static Keymap emacs() {
    return usual()
        .with(Layer.ALWAYS, Action.PALETTE, "Alt-x")
        .with(Layer.ALWAYS, Action.DELETE_TO_END, "Ctrl-k")
        .with(Layer.ALWAYS, Action.UP, "ArrowUp", "Ctrl-p")
        .with(Layer.ALWAYS, Action.DOWN, "ArrowDown", "Ctrl-n")
        .with(Layer.ALWAYS, Action.ROOM_BEFORE, "Alt-p")
        .with(Layer.ALWAYS, Action.ROOM_AFTER, "Alt-n")
        .with(Layer.ALWAYS, Action.CANCEL, "Escape", "Ctrl-g")
        .with(Layer.ALWAYS, Action.LATEST, "Alt->", "Alt-End", "Ctrl-End")
        .with(Layer.ALWAYS, Action.MEMBERS_NARROWER, "Alt-(")
        .with(Layer.ALWAYS, Action.MEMBERS_WIDER, "Alt-)");
  }

  /// Escape switches to normal mode, in which letters are keys.
  private static Keymap vim() {
    var keys =
        usual()
            .with(Layer.NORMAL, Action.WRITE, "i", "a")
            .with(Layer.NORMAL, Action.SELECT_DOWN, "j")
            .with(Layer.NORMAL, Action.SELECT_UP, "k")
            .with(Layer.NORMAL, Action.ROOM_BEFORE, "h", "K")
            .with(Layer.NORMAL, Action.ROOM_AFTER, "l", "J")
            .with(Layer.NORMAL, Action.PAGE_UP, "Ctrl-b", "Ctrl-u")
            .with(Layer.NORMAL, Action.PAGE_DOWN, "Ctrl-f", "Ctrl-d")
            .with(Layer.NORMAL, Action.LINE_UP, "Ctrl-y")
            .with(Layer.NORMAL, Action.LINE_DOWN, "Ctrl-e")
            .with(Layer.NORMAL, Action.LATEST, "G")
            .with(Layer.NORMAL, Action.TO_UNREAD, "u")
            .with(Layer.NORMAL, Action.MARK_UNREAD, "U")
            .with(Layer.NORMAL, Action.NEXT_UNREAD, "]")
            .with(Layer.NORMAL, Action.FIND, "/")
            .with(Layer.NORMAL, Action.FIND_OLDER, "n")
            .with(Layer.NORMAL, Action.FIND_NEWER, "N")
            .with(Layer.NORMAL, Action.COPY, "y")
            .with(Layer.NORMAL, Action.COPY_LINK, "Y")
            .with(Layer.NORMAL, Action.COPY_CODE, "C")
            .with(Layer.NORMAL, Action.OPEN_LINK, "o")
            .with(Layer.NORMAL, Action.SAVE_FILE, "s")
            .with(Layer.NORMAL, Action.PREVIEW, "p")
            .with(Layer.NORMAL, Action.LAST_ROOM, "'")
            .with(Layer.NORMAL, Action.OTHER_HALF, "Ctrl-w")
            .with(Layer.NORMAL, Action.PALETTE, ":")
            .with(Layer.NORMAL, Action.REPLY, "r")
            .with(Layer.NORMAL, Action.THREAD, "t")
            .with(Layer.NORMAL, Action.EDIT, "e", "c")
            .with(Layer.NORMAL, Action.REMOVE, "x", "d")
            .with(Layer.NORMAL, Action.REACT, "+")
            .with(Layer.NORMAL, Action.PIN, "P")
            .with(Layer.NORMAL, Action.BOOKMARK, "b")
            .with(Layer.NORMAL, Action.REMIND, "M")
            .with(Layer.NORMAL, Action.REPORT, "!")
            .with(Layer.NORMAL, Action.RETRY, "R")
            .with(Layer.NORMAL, Action.DROP, "D")
            .with(Layer.NORMAL, Action.MUTE, "m")
            .with(Layer.NORMAL, Action.ROOM_UP, "{")
            .with(Layer.NORMAL, Action.ROOM_DOWN, "}")
            .with(Layer.NORMAL, Action.HELP, "?");
    return keys.with(
        Layer.NORMAL, Action.ROOM_BY_NUMBER, "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }
}
