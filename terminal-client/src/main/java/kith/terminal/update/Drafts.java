package kith.terminal.update;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.terminal.model.Draft;
import kith.terminal.model.Editor;
import kith.terminal.model.Model;
import kith.terminal.model.Room;
import kith.terminal.model.ThreadPane;

/// The unsent texts, which outlive the client.
final class Drafts {
  private Drafts() {}

  /// Before the list of rooms arrives, which removes those that the user has left.
  static void restore(StepBuilder step, List<Draft> drafts) {
    for (var draft : drafts) {
      if (isPosted(step, draft)) {
        SubmittedLine.addToHistory(step, draft.text());
        step.request(new Request.KeepDraft(Draft.of(draft.room(), Editor.empty())));
        continue;
      }
      if (step.room(draft.room()).isEmpty()) step.rooms.add(Room.unknown(draft.room()));
      step.change(draft.room(), room -> room.with(draft.editor()));
    }
  }

  /// A client that was killed while it sent a message may have left the draft of it.
  private static boolean isPosted(StepBuilder step, Draft draft) {
    return step.room(draft.room()).stream()
        .flatMap(room -> room.ownPosts().stream())
        .anyMatch(own ->
            own.post() instanceof ClientFrame.Send send && send.body().startsWith(draft.text()));
  }

  /// Only the drafts of the rooms before and after an input can have changed.
  static void keep(StepBuilder step, Model before) {
    if (step.form.isPresent()) return;
    var after = step.model();
    Set<String> rooms = new LinkedHashSet<>();
    before.current().ifPresent(rooms::add);
    after.current().ifPresent(rooms::add);
    for (var room : rooms) {
      var draft = Draft.of(room, draft(after, room));
      if (!draft.equals(Draft.of(room, draft(before, room))))
        step.request(new Request.KeepDraft(draft));
    }
  }

  /// A message stays the draft until it is in the outbox on disk, so that no crash in between loses
  /// it.
  private static Editor draft(Model model, String room) {
    var typed = typed(model, room);
    if (!typed.isEmpty()) return typed;
    var unkept =
        model.room(room).map(Room::ownPosts).orElse(List.of()).stream()
            .filter(own -> !own.isKept() && own.isWaiting() && own.upload().isEmpty())
            .flatMap(own -> text(own.post()).stream())
            .toList();
    return unkept.isEmpty() ? typed : Editor.empty().paste(String.join("\n", unkept));
  }

  private static Optional<String> text(ClientFrame.Post post) {
    return post instanceof ClientFrame.Send send ? Optional.of(send.body()) : Optional.empty();
  }

  private static Editor typed(Model model, String room) {
    if (!model.current().equals(Optional.of(room)))
      return model.room(room).map(Room::draft).orElse(Editor.empty());
    return model
        .room(room)
        .flatMap(it -> it.threads().pane())
        .map(pane -> draft(model.editor(), pane))
        .orElse(model.editor());
  }

  /// One text of each room is kept: that of the part with the focus, or else the other one.
  private static Editor draft(Editor typed, ThreadPane pane) {
    var shown = pane.hasFocus() ? ThreadActions.reply(typed, pane.root()) : typed;
    if (!typed.isEmpty()) return shown;
    return pane.hasFocus() ? pane.aside() : ThreadActions.reply(pane.aside(), pane.root());
  }
}
