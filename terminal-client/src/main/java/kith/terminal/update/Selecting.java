package kith.terminal.update;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Deed;
import kith.terminal.model.Room;
import kith.terminal.net.SessionCommand;

/// A message that is selected, and what one key then does to it.
///
/// Letters act only after Enter: whoever forgot that a message is selected and writes on must not
/// edit or remove it by the first letters of a sentence.
final class Selecting {
  private static final int NAMED = 50;

  private Selecting() {}

  /// While letters act.
  static void typed(Draft draft, String text) {
    draft
        .keys()
        .action(Layer.SELECTED, text)
        .ifPresentOrElse(
            action -> act(draft, action),
            () -> draft.say(draft.hint(Action.CANCEL) + " lets the message go; then you write."));
  }

  static void act(Draft draft, Action action) {
    switch (action) {
      case SEND -> finish(draft, Action.REPLY);
      case REPLY, EDIT, REMOVE, COPY, OPEN_LINK, MARK_UNREAD -> finish(draft, action);
      case UP -> select(draft, -1);
      case DOWN -> select(draft, 1);
      case SELECT_UP,
          SELECT_DOWN,
          FIND_OLDER,
          FIND_NEWER,
          PAGE_UP,
          PAGE_DOWN,
          LINE_UP,
          LINE_DOWN,
          THEME,
          REDRAW ->
          Talk.act(draft, action);
      // these are about the editor, which is not there now
      case LEFT,
          RIGHT,
          WORD_LEFT,
          WORD_RIGHT,
          LINE_START,
          LINE_END,
          BACKSPACE,
          DELETE,
          DELETE_WORD,
          DELETE_TO_START,
          DELETE_TO_END,
          NEWLINE,
          COMPLETE,
          FIELD_BACK -> {}
      case INTERRUPT -> finish(draft, Action.CANCEL);
      default -> finish(draft, action);
    }
    if (selected(draft).isEmpty() && draft.overlay instanceof Overlay.Acting) {
      draft.overlay = new Overlay.None();
    }
  }

  private static void finish(Draft draft, Action action) {
    draft.overlay = new Overlay.None();
    Talk.act(draft, action);
  }

  static Optional<Entry.Message> selected(Draft draft) {
    return draft
        .here()
        .filter(room -> room.reading().selected().isPresent())
        .flatMap(room -> room.log().find(room.reading().selected().getAsLong()))
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast);
  }

  static void select(Draft draft, int by) {
    if (draft.here().isEmpty()) return;
    var room = draft.here().get();
    var entries = room.log().entries();
    var index = nextMessage(room, by);
    if (index.isEmpty()) {
      if (by > 0) draft.changeHere(it -> it.with(it.reading().selecting(OptionalLong.empty())));
      return;
    }
    long seq = entries.get(index.getAsInt()).seq();
    draft.changeHere(it -> it.with(it.reading().selecting(OptionalLong.of(seq))));
    boolean isOwn = entries.get(index.getAsInt()).by().equals(draft.user);
    // in a big room nobody is named, and only what is asked for is counted
    if (isOwn && room.receipts().byUser().isEmpty() && room.members().size() > NAMED) {
      draft.want(new SessionCommand.CountReceipts(room.id(), seq));
    }
    if (index.getAsInt() < entries.size() - Looking.page(draft) / 2
        || room.reading().anchor().isPresent()) {
      Looking.look(draft, Panes.scroll(draft.model(), room).showing(seq));
    }
  }

  private static OptionalInt nextMessage(Room room, int by) {
    var entries = room.log().entries();
    int index =
        room.reading().selected().isPresent()
            ? room.log().indexOf(room.reading().selected().getAsLong()).orElse(entries.size())
            : entries.size();
    for (index += by; index >= 0 && index < entries.size(); index += by) {
      if (entries.get(index) instanceof Entry.Message) return OptionalInt.of(index);
    }
    return OptionalInt.empty();
  }

  static void actOn(Draft draft, Action action) {
    var selected = selected(draft);
    if (selected.isEmpty()) {
      draft.say("Select a message first, with " + draft.hint(Action.SELECT_UP) + ".");
      return;
    }
    var message = selected.get();
    switch (action) {
      case REPLY -> {
        var typed = draft.editor;
        draft.editor = new Editor(typed.text(), typed.cursor(), new Editor.Reply(message.seq()));
      }
      case EDIT -> {
        if (!message.by().equals(draft.user)) {
          draft.complain("Only your own messages can be changed.");
          return;
        }
        Typed.remember(draft, draft.editor.text());
        draft.editor = Editor.of(Blocks.text(message), new Editor.Edit(message.seq()));
      }
      case REMOVE -> {
        var room = draft.current.orElseThrow();
        Deeds.ask(draft, new Deed.Remove(room, message.seq(), Blocks.text(message)));
        return;
      }
      case COPY, OPEN_LINK -> {
        Chosen.act(draft, message, action);
        return;
      }
      default -> throw new IllegalArgumentException(action.word());
    }
    draft.isNormal = false;
    draft.changeHere(it -> it.with(it.reading().selecting(OptionalLong.empty())));
  }
}
