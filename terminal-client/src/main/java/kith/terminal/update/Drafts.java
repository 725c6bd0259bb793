package kith.terminal.update;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.protocol.frame.ClientFrame;
import kith.terminal.model.Draft;
import kith.terminal.model.Editor;
import kith.terminal.model.Model;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Room;
import kith.terminal.model.ThreadPane;

/// The unsent texts, which outlive the client.
final class Drafts {
  private Drafts() {}

  /// Before the list of rooms arrives, which removes those that the user has left.
  static void restore(StepBuilder step, List<Draft> drafts) {
    for (var draft : drafts) {
      draft.other().ifPresent(text -> SubmittedLine.addToHistory(step, text));
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
      var draft = draft(after, room);
      if (!draft.equals(draft(before, room))) step.request(new Request.KeepDraft(draft));
    }
  }

  /// A message stays the draft until it is in the outbox on disk, so that no crash in between loses
  /// it.
  private static Draft draft(Model model, String room) {
    var typed = typed(model, room);
    var kept = typed.isEmpty() ? unkept(model, room).orElse(typed) : typed;
    return Draft.of(room, kept).with(other(model, room));
  }

  private static Optional<Editor> unkept(Model model, String room) {
    var posts =
        model.room(room).map(Room::ownPosts).orElse(List.of()).stream()
            .filter(own -> !own.isKept() && own.isWaiting() && own.upload().isEmpty())
            .map(OwnPost::post)
            .filter(ClientFrame.Send.class::isInstance)
            .map(ClientFrame.Send.class::cast)
            .toList();
    if (posts.isEmpty()) return Optional.empty();
    var answered = posts.getFirst().replyTo();
    var purpose = answered.isPresent() ? new Editor.Reply(answered.getAsLong()) : new Editor.Say();
    var bodies = posts.stream().map(ClientFrame.Send::body).collect(Collectors.joining("\n"));
    return Optional.of(Editor.of("", purpose).paste(bodies));
  }

  /// The text of the part without the focus, if the other one has a text, too.
  private static Optional<String> other(Model model, String room) {
    if (!model.current().equals(Optional.of(room)) || model.editor().isEmpty())
      return Optional.empty();
    return model
        .room(room)
        .flatMap(it -> it.threads().pane())
        .map(pane -> pane.aside().text())
        .filter(text -> !text.isBlank());
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

  /// The text of the part with the focus, or else of the other one.
  private static Editor draft(Editor typed, ThreadPane pane) {
    var shown = pane.hasFocus() ? ThreadActions.reply(typed, pane.root()) : typed;
    if (!typed.isEmpty()) return shown;
    return pane.hasFocus() ? pane.aside() : ThreadActions.reply(pane.aside(), pane.root());
  }
}
