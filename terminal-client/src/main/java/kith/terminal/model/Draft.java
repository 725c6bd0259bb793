package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;

/// The saved form of a room's unsent text. An empty text means that there is none.
///
/// @param other the unsent text of the other part of the screen, if a thread is open in the room
public record Draft(
    String room, String text, OptionalLong replyTo, OptionalLong edit, Optional<String> other) {

  public Draft(String room, String text, OptionalLong replyTo, OptionalLong edit) {
    this(room, text, replyTo, edit, Optional.empty());
  }

  public Draft with(Optional<String> newOther) {
    return new Draft(room, text, replyTo, edit, newOther);
  }

  public static Draft of(String room, Editor editor) {
    var replyTo = OptionalLong.empty();
    var edit = OptionalLong.empty();
    switch (editor.purpose()) {
      case Editor.Say() -> {}
      case Editor.Reply(var seq) -> replyTo = OptionalLong.of(seq);
      case Editor.Edit(var seq) -> edit = OptionalLong.of(seq);
    }
    return new Draft(room, editor.text(), replyTo, edit);
  }

  public Editor editor() {
    Editor.Purpose purpose = new Editor.Say();
    if (replyTo.isPresent()) purpose = new Editor.Reply(replyTo.getAsLong());
    if (edit.isPresent()) purpose = new Editor.Edit(edit.getAsLong());
    return Editor.of("", purpose).paste(text);
  }
}
