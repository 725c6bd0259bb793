package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.keys.Action;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Completions;
import kith.terminal.model.Room;
import kith.terminal.plain.Emoji;

/// Tab completion: commands at the start of a line, room names after some commands, emoji after a
/// colon, user names anywhere. A name at the start of a message addresses that user: `bob: `.
///
/// While the user types such a word, the choices are shown without a key; arrows choose one.
///
/// If several words match and are not listed yet, Tab inserts their common beginning and lists
/// them. While the list is shown, each Tab inserts the next word of it. Any other key closes the
/// list and has its usual effect.
final class Completion {
  private static final int SHORTEST_EMOJI = 3;
  private static final List<String> OF_ROOMS = List.of("/switch ", "/join ", "/split ");

  private Completion() {}

  static void complete(StepBuilder step) {
    var editor = step.editor;
    if (FileActions.isPath(editor)) {
      FileActions.complete(step);
      return;
    }
    var before = editor.text().substring(0, editor.cursor());
    int start = start(before);
    var prefix = before.substring(start);
    var choices = choices(step, before, prefix, start);
    if (choices.size() == 1) {
      insert(step, start, choices.getFirst());
      usage(step, choices.getFirst());
    } else if (!choices.isEmpty()) {
      var common = choices.stream().map(Completions.Choice::name).reduce(Completion::common);
      if (common.orElse("").length() > prefix.length())
        step.editor = replaced(editor, start, common.get());
      step.overlay = new Completions(start, choices, -1, false);
    }
  }

  private static int start(String before) {
    return Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1;
  }

  /// Shows the completions of the word at the cursor after each typed character: commands, users,
  /// rooms and emoji, by the character at its start.
  static void live(StepBuilder step) {
    if (!(step.overlay instanceof Overlay.None) || step.isNormal) return;
    var editor = step.editor;
    var before = editor.text().substring(0, editor.cursor());
    int start = start(before);
    var prefix = before.substring(start);
    if (!isOffered(editor, prefix, start)) return;
    if (prefix.charAt(0) == '/') BotCommands.load(step);
    var choices = choices(step, before, prefix, start);
    boolean isComplete = choices.size() == 1 && choices.getFirst().name().equals(prefix);
    if (!choices.isEmpty() && !isComplete) step.overlay = new Completions(start, choices, -1, true);
  }

  /// There are more choices now, because commands of bots were loaded.
  static void refresh(StepBuilder step) {
    if (step.overlay instanceof Completions list && list.isLive() && list.chosen() < 0)
      step.overlay = new Overlay.None();
    live(step);
  }

  private static boolean isOffered(Editor editor, String prefix, int start) {
    if (prefix.isEmpty()) return false;
    return switch (prefix.charAt(0)) {
      case '/' -> start == 0 && !(editor.purpose() instanceof Editor.Edit);
      case '@', '#' -> true;
      // not for a smiley
      case ':' -> prefix.length() >= SHORTEST_EMOJI;
      default -> false;
    };
  }

  static void act(StepBuilder step, Completions list, Action action) {
    boolean isUntouched = list.isLive() && list.chosen() < 0;
    switch (action) {
      case COMPLETE -> {
        if (list.choices().size() == 1) take(step, list);
        else choose(step, list, list.chosen() + 1);
      }
      case FIELD_BACK -> choose(step, list, Math.max(0, list.chosen()) - 1);
      case CANCEL -> step.overlay = new Overlay.None();
      case DOWN, UP -> {
        if (list.isLive())
          choose(
              step,
              list,
              action == Action.DOWN ? list.chosen() + 1 : Math.max(0, list.chosen()) - 1);
        else pass(step, action);
      }
      case SEND -> {
        // Enter takes the choice that the arrows inserted
        if (list.isLive() && !isUntouched) step.overlay = new Overlay.None();
        else pass(step, action);
      }
      case BACKSPACE, DELETE_WORD -> {
        pass(step, action);
        live(step);
      }
      default -> pass(step, action);
    }
  }

  /// The only word of the list.
  private static void take(StepBuilder step, Completions list) {
    step.overlay = new Overlay.None();
    insert(step, list.start(), list.choices().getFirst());
    usage(step, list.choices().getFirst());
  }

  private static void pass(StepBuilder step, Action action) {
    step.overlay = new Overlay.None();
    ChatActions.act(step, action);
  }

  private static void choose(StepBuilder step, Completions list, int index) {
    int chosen = Math.floorMod(index, list.choices().size());
    insert(step, list.start(), list.choices().get(chosen));
    step.overlay = new Completions(list.start(), list.choices(), chosen, list.isLive());
  }

  static void typed(StepBuilder step, String text) {
    step.overlay = new Overlay.None();
    ChatActions.typed(step, text);
  }

  private static void insert(StepBuilder step, int start, Completions.Choice choice) {
    step.editor = replaced(step.editor, start, choice.text());
  }

  private static void usage(StepBuilder step, Completions.Choice choice) {
    if (choice.name().startsWith("/")) step.info(choice.label());
  }

  private static List<Completions.Choice> choices(
      StepBuilder step, String before, String prefix, int start) {
    if (start == 0 && prefix.startsWith("/")) return commands(step, prefix);
    if (prefix.startsWith(":")) {
      var emoji = Emoji.choices(prefix.substring(1));
      if (!emoji.isEmpty()) return emoji;
    }
    if (OF_ROOMS.contains(before.substring(0, start))) {
      return starting(step.rooms.stream().map(Room::name), prefix)
          .distinct()
          .map(name -> new Completions.Choice(name, quoted(name) + " ", name))
          .toList();
    }
    if (prefix.startsWith("#")) {
      var rooms = step.rooms.stream().map(Room::name).filter(name -> !name.startsWith("@"));
      return words(starting(rooms.map(name -> "#" + name), prefix), " ");
    }
    var names = step.currentRoom().stream().flatMap(room -> names(room));
    if (prefix.startsWith("@")) return words(starting(names.map(name -> "@" + name), prefix), " ");
    return prefix.isEmpty() ? List.of() : words(starting(names, prefix), start == 0 ? ": " : " ");
  }

  private static String quoted(String name) {
    return name.contains(" ") ? '"' + name + '"' : name;
  }

  private static List<Completions.Choice> commands(StepBuilder step, String prefix) {
    var choices = new ArrayList<Completions.Choice>();
    SubmittedLine.usages()
        .forEach((name, usage) -> {
          var word = "/" + name;
          if (startsWith(word, prefix))
            choices.add(new Completions.Choice(word, word + " ", usage));
        });
    BotCommands.choices(step, prefix).forEach(choices::add);
    return choices;
  }

  private static List<Completions.Choice> words(Stream<String> words, String end) {
    return words.distinct().map(word -> new Completions.Choice(word, word + end, word)).toList();
  }

  private static Stream<String> names(Room room) {
    return room.members().stream().map(RoomAnswers.Member::user);
  }

  private static Stream<String> starting(Stream<String> all, String prefix) {
    return all.filter(it -> startsWith(it, prefix));
  }

  private static boolean startsWith(String word, String prefix) {
    return word.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
  }

  static String common(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same))
      same++;
    boolean isHalf = same > 0 && Character.isHighSurrogate(one.charAt(same - 1));
    return one.substring(0, isHalf ? same - 1 : same);
  }

  private static Editor replaced(Editor editor, int start, String word) {
    return new Editor(
        editor.text().substring(0, start) + word + editor.text().substring(editor.cursor()),
        start + word.length(),
        editor.purpose(),
        editor.isPasted());
  }
}
