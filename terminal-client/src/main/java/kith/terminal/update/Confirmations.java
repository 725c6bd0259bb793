package kith.terminal.update;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.terminal.keys.Action;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Question;
import kith.terminal.plain.InputLine;

/// Asks for confirmation before an action that cannot be undone.
final class Confirmations {
  private Confirmations() {}

  static void ask(StepBuilder step, Question question) {
    step.overlay = new Overlay.Confirm(question);
  }

  static void act(StepBuilder step, Question question, Action action) {
    switch (action) {
      case SEND -> execute(step, question);
      case COMPLETE -> {
        if (question instanceof Question.SendPaste && step.offers("files")) asFile(step);
      }
      case CANCEL, INTERRUPT -> {
        step.overlay = new Overlay.None();
        if (question instanceof Question.Run run) goBack(step, run);
      }
      default -> {}
    }
  }

  private static void execute(StepBuilder step, Question question) {
    step.overlay = new Overlay.None();
    switch (question) {
      case Question.RemoveMessage(var room, var seq, _) ->
          OwnPosts.post(
              step, new ClientFrame.Redact(step.moment.id(), room, seq, Optional.empty()));
      case Question.EndContact(var user) ->
          ContactActions.ask(step, ContactActions.contact(InputLine.ContactAction.REMOVE, user));
      case Question.SendPaste _ -> Pastes.send(step);
      case Question.SendText(var text) -> FileActions.sendText(step, text);
      case Question.SendFile file -> FileActions.send(step, file);
      case Question.DropPost(var room, var id, _) -> OwnPosts.drop(step, room, id);
      case Question.RemoveServer(var seat, _, _) -> step.request(new Request.RemoveServer(seat));
      case Question.ReadAll _ -> ReadTracking.readAll(step);
      case Question.Run run -> {
        step.request(new Request.Run(run.line(), run.room()));
        goBack(step, run);
      }
    }
  }

  private static void asFile(StepBuilder step) {
    step.overlay = new Overlay.None();
    FileActions.sendText(step, step.editor.text());
    step.editor = Editor.empty();
  }

  /// The list is loaded again, because the command may have changed it.
  private static void goBack(StepBuilder step, Question.Run run) {
    run.back().ifPresent(kind -> Pickers.open(step, kind, run.room()));
  }
}
