package kith.terminal.update;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay.Question;
import kith.terminal.net.ConnectionState;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.LineParser;

/// Several pasted lines: the user is asked before they are sent, and a text longer than the limit
/// of a message is sent as several messages.
final class Pastes {
  private Pastes() {}

  /// @return whether the user was asked, instead of sending at once
  static boolean asks(StepBuilder step) {
    var editor = step.editor;
    if (!editor.isPastedBlock() || step.currentRoom().isEmpty()) return false;
    if (!(editor.purpose() instanceof Editor.Edit)
        && !(LineParser.read(editor.text()) instanceof InputLine.Say)) return false;
    int messages = isSplit(editor) ? parts(step, editor.text()).size() : 1;
    int lines = (int) editor.text().strip().lines().count();
    Confirmations.ask(
        step,
        new Question.SendPaste(
            lines, messages, editor.text().strip().lines().findFirst().orElse("")));
    return true;
  }

  static void send(StepBuilder step) {
    var editor = step.editor;
    var parts = isSplit(editor) ? parts(step, editor.text()) : List.of(editor.text());
    if (parts.size() == 1 || step.currentRoom().isEmpty()) {
      SubmittedLine.submit(step);
      return;
    }
    var room = step.currentRoom().get();
    for (int index = 0; index < parts.size(); index++)
      OwnPosts.sendPart(step, room, parts.get(index), index);
    SubmittedLine.addToHistory(step, editor.text());
    step.editor = Editor.empty();
    step.recalled = -1;
  }

  /// An edit or an answer is one message.
  private static boolean isSplit(Editor editor) {
    return editor.purpose() instanceof Editor.Say && !editor.text().startsWith("//");
  }

  private static List<String> parts(StepBuilder step, String text) {
    return step.connection instanceof ConnectionState.Online(var welcome)
        ? split(text, welcome.limits().bodyBytes())
        : List.of(text);
  }

  /// Whole lines, as many as fit in a message. A line that is too long stays whole, and is refused
  /// by the server.
  static List<String> split(String text, int maxBytes) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    int used = 0;
    for (var line : text.strip().split("\n", -1)) {
      int bytes = line.getBytes(StandardCharsets.UTF_8).length + 1;
      if (used > 0 && used + bytes - 1 > maxBytes) {
        parts.add(part.toString());
        part.setLength(0);
        used = 0;
      }
      part.append(used == 0 ? "" : "\n").append(line);
      used += bytes;
    }
    parts.add(part.toString());
    return parts.stream().filter(it -> !it.isBlank()).toList();
  }
}
