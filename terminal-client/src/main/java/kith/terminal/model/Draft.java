package kith.terminal.model;

import java.util.OptionalLong;

/// The saved form of a room's unsent text. An empty text means that there is none.
public record Draft(String room, String text, OptionalLong replyTo, OptionalLong edit) {

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
