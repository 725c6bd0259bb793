package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay.Question;
import kith.terminal.plain.FileLines;
import kith.terminal.plain.Sanitizer;

/// A question above the editor, and the keys that answer it.
final class ConfirmView {
  private static final int MAX_COLUMNS = 72;
  private static final int ROWS = 4;

  private ConfirmView() {}

  static void draw(Brush brush, Model model, Question question) {
    var panes = Panes.of(model);
    int columns = Math.min(panes.columns() - 2, MAX_COLUMNS);
    int left = (panes.columns() - columns) / 2;
    int top = Math.max(0, panes.statusRow() - ROWS);
    brush.box(left, top, columns, ROWS, prompt(question));
    brush.text(left + 2, top + 1, columns - 4, Sanitizer.line(subject(question)), Tone.PLAIN);
    var keys = model.settings().keys();
    var answers = keys.hint(Action.SEND) + " yes, " + other(question, keys) + no(question, keys);
    brush.text(left + 2, top + 2, columns - 4, answers, Tone.STRONG);
    brush.canvas().noCursor();
  }

  /// A third answer.
  private static String other(Question question, Keymap keys) {
    return question instanceof Question.SendPaste
        ? keys.hint(Action.COMPLETE) + " as a file, "
        : "";
  }

  private static String no(Question question, Keymap keys) {
    return keys.hint(Action.CANCEL)
        + (question instanceof Question.SendFile ? " keep the text" : " no");
  }

  private static String prompt(Question question) {
    return switch (question) {
      case Question.RemoveMessage _ -> "Remove this message for everybody?";
      case Question.EndContact _ -> "End this contact for both of you?";
      case Question.RemoveServer _ -> "Take this server out?";
      case Question.ReadAll _ -> "Mark all rooms as read, on all your devices?";
      case Question.Run run -> run.prompt();
      case Question.DropPost _ -> "Drop this unsent message?";
      case Question.SendText _ -> "This is too long for a message. Send it as a file?";
      case Question.SendFile _ -> "Send this file?";
      case Question.SendPaste(var lines, var messages, _) ->
          "Send "
              + lines
              + " lines as "
              + (messages == 1 ? "one message?" : messages + " messages?");
    };
  }

  private static String subject(Question question) {
    return switch (question) {
      case Question.RemoveMessage(_, _, var text) -> text;
      case Question.EndContact(var user) -> user;
      case Question.SendPaste(_, _, var first) -> first;
      case Question.SendText(var text) -> text.strip().lines().findFirst().orElse("");
      case Question.SendFile(_, _, _, var name, var size) -> name + " " + FileLines.size(size);
      case Question.RemoveServer(_, var name, var unsent) ->
          name + (unsent == 0 ? ": you stay logged in" : ": " + unsent + " unsent are kept");
      case Question.ReadAll(var names) -> String.join(", ", names);
      case Question.Run run -> run.subject();
      case Question.DropPost(_, _, var text) ->
          text.isEmpty() ? "(the removal of a message)" : text;
    };
  }
}
