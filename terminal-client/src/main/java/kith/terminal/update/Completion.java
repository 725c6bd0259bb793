package kith.terminal.update;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Editor;
import kith.terminal.model.Room;

/// Tab completion: commands at the start of a line, room names after some commands, user names
/// anywhere.
final class Completion {
  private static final List<String> OF_ROOMS = List.of("/switch ", "/join ");

  private Completion() {}

  static void complete(StepBuilder step) {
    var editor = step.editor;
    var before = editor.text().substring(0, editor.cursor());
    int start = before.lastIndexOf(' ') + 1;
    start = Math.max(start, before.lastIndexOf('\n') + 1);
    var prefix = before.substring(start);
    if (prefix.startsWith(":") && Emoji.complete(step, start, prefix.substring(1))) return;
    var matches = candidates(step, before, prefix, start).distinct().toList();
    if (matches.isEmpty()) return;
    var common = matches.stream().reduce(Completion::common).orElse(prefix);
    var more = matches.size() == 1 ? matches.getFirst() + " " : common;
    if (more.length() > prefix.length() || matches.size() == 1) {
      step.editor = replaced(editor, start, more);
    }
    if (matches.size() > 1) step.info(String.join("  ", matches.stream().limit(30).toList()));
    else if (more.startsWith("/")) usage(step, more.strip().substring(1));
  }

  private static void usage(StepBuilder step, String command) {
    var usage = SubmittedLine.usages().get(command);
    if (usage != null) step.info(usage);
  }

  private static Stream<String> candidates(
      StepBuilder step, String before, String prefix, int start) {
    if (start == 0 && prefix.startsWith("/")) {
      return starting(SubmittedLine.usages().keySet().stream().map(name -> "/" + name), prefix);
    }
    if (OF_ROOMS.contains(before.substring(0, start))) {
      return starting(step.rooms.stream().map(Room::name), prefix);
    }
    var names = step.currentRoom().stream().flatMap(room -> names(room));
    if (prefix.startsWith("@")) return starting(names.map(name -> "@" + name), prefix);
    return prefix.isEmpty() ? Stream.empty() : starting(names, prefix);
  }

  private static Stream<String> names(Room room) {
    return room.members().stream().map(RoomAnswers.Member::user);
  }

  private static Stream<String> starting(Stream<String> all, String prefix) {
    var folded = prefix.toLowerCase(Locale.ROOT);
    return all.filter(it -> it.toLowerCase(Locale.ROOT).startsWith(folded));
  }

  static String common(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same))
      same++;
    return one.substring(0, same);
  }

  static Editor replaced(Editor editor, int start, String word) {
    return new Editor(
        editor.text().substring(0, start) + word + editor.text().substring(editor.cursor()),
        start + word.length(),
        editor.purpose());
  }
}
