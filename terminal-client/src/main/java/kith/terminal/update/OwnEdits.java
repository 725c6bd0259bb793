package kith.terminal.update;

import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Blocks;
import kith.terminal.model.Editor;
import kith.terminal.model.Room;

/// Goes through the user's own messages with the arrows and edits them, if `arrow-up` is set to it.
final class OwnEdits {
  private OwnEdits() {}

  /// @param by -1 for an older message, 1 for a newer one
  /// @return whether the arrow was used for this
  static boolean isMoved(StepBuilder step, int by) {
    if (!step.conf.isUpEditing() || step.shownRoom().isEmpty()) return false;
    var room = step.shownRoom().get();
    return switch (step.editor.purpose()) {
      case Editor.Say() -> step.editor.isEmpty() && by < 0 && move(step, room, Long.MAX_VALUE, by);
      case Editor.Reply _ -> false;
      case Editor.Edit(var seq) -> {
        // a changed text stays
        boolean isUnchanged =
            find(room, seq).map(it -> Blocks.text(it).equals(step.editor.text())).orElse(false);
        boolean isOtherLine = by < 0 ? !step.editor.isOnFirstLine() : !step.editor.isOnLastLine();
        if (isOtherLine) yield false;
        if (isUnchanged) move(step, room, seq, by);
        yield true;
      }
    };
  }

  private static boolean move(StepBuilder step, Room room, long from, int by) {
    var entries = by < 0 ? room.log().entries().reversed() : room.log().entries();
    var next =
        entries.stream()
            .filter(entry -> by < 0 ? entry.seq() < from : entry.seq() > from)
            .flatMap(entry -> own(step, entry).stream())
            .findFirst();
    if (next.isPresent()) {
      var message = next.get();
      step.editor = Editor.of(Blocks.text(message), new Editor.Edit(message.seq()));
    } else if (by > 0) {
      step.editor = Editor.empty();
    }
    return next.isPresent();
  }

  private static Optional<Entry.Message> find(Room room, long seq) {
    return room.log()
        .find(seq)
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast);
  }

  private static Optional<Entry.Message> own(StepBuilder step, Entry entry) {
    return entry instanceof Entry.Message message
            && message.by().equals(step.user)
            && message.redaction().isEmpty()
            && !Blocks.text(message).isBlank()
        ? Optional.of(message)
        : Optional.empty();
  }
}
