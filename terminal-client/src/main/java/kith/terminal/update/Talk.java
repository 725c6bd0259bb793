package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Reading.Anchor;
import kith.terminal.model.Room;
import kith.terminal.model.Seek;

/// What keys do while people talk.
final class Talk {
  private static final int FEW_ROWS = 3;
  static final List<String> THEMES = List.of("dark", "light", "contrast", "mono");

  private Talk() {}

  static void typed(Draft draft, String text) {
    var selected = selected(draft);
    if (selected.isPresent() && text.length() == 1 && draft.editor.isEmpty()) {
      actOn(draft, selected.get(), text);
    } else {
      draft.editor = draft.editor.insert(text);
      draft.recalled = -1;
      if (draft.connection instanceof kith.terminal.net.ConnectionState.Waiting) {
        draft.want(new Request.Wake());
      }
    }
  }

  static void act(Draft draft, Action action) {
    var editor = draft.editor;
    switch (action) {
      case HELP -> draft.overlay = new Overlay.Help(0);
      case PALETTE -> draft.overlay = new Overlay.Palette("", 0);
      case NEXT_UNREAD -> Rooms.nextUnread(draft);
      case LAST_ROOM -> draft.previous.ifPresent(room -> Rooms.goTo(draft, room));
      case ROOM_BEFORE -> Rooms.step(draft, -1);
      case ROOM_AFTER -> Rooms.step(draft, 1);
      case ROOM_1 -> {}
      case PAGE_UP -> scroll(draft, page(draft));
      case PAGE_DOWN -> scroll(draft, -page(draft));
      case LINE_UP -> scroll(draft, FEW_ROWS);
      case LINE_DOWN -> scroll(draft, -FEW_ROWS);
      case TO_UNREAD -> toUnread(draft);
      case LATEST -> look(draft, Optional.empty());
      case SELECT_UP -> select(draft, -1);
      case SELECT_DOWN -> select(draft, 1);
      case FIND -> Finding.begin(draft);
      case EDITOR -> draft.want(new Request.EditOutside(draft.editor.text()));
      case RETRY -> Outgoing.retry(draft);
      case DROP -> Outgoing.drop(draft);
      case ROOMS_PANE -> draft.showRooms = Optional.of(Panes.of(draft.model()).rooms() == 0);
      case MEMBERS_PANE -> draft.showMembers = Optional.of(Panes.of(draft.model()).members() == 0);
      case THEME -> draft.theme = THEMES.get((THEMES.indexOf(draft.theme) + 1) % THEMES.size());
      case REDRAW -> draft.want(new Request.Redraw());
      case SEND -> Typed.enter(draft);
      case NEWLINE -> draft.editor = editor.insert("\n");
      case COMPLETE -> Completion.complete(draft);
      case CANCEL -> cancel(draft);
      case LEFT -> draft.editor = editor.left();
      case RIGHT -> draft.editor = editor.right();
      case WORD_LEFT -> draft.editor = editor.wordLeft();
      case WORD_RIGHT -> draft.editor = editor.wordRight();
      case UP -> {
        if (editor.isOnFirstLine()) recall(draft, 1);
        else draft.editor = editor.lineUp();
      }
      case DOWN -> {
        if (editor.isOnLastLine()) recall(draft, -1);
        else draft.editor = editor.lineDown();
      }
      case LINE_START -> draft.editor = editor.lineStart();
      case LINE_END -> draft.editor = editor.lineEnd();
      case BACKSPACE -> draft.editor = editor.backspace();
      case DELETE -> draft.editor = editor.delete();
      case DELETE_WORD -> draft.editor = editor.deleteWord();
      case DELETE_TO_START -> draft.editor = editor.deleteToLineStart();
      case DELETE_TO_END -> draft.editor = editor.deleteToLineEnd();
      case INTERRUPT -> interrupt(draft);
      case FIELD_BACK, QUIT -> {}
    }
  }

  private static void recall(Draft draft, int by) {
    int next = Math.clamp(draft.recalled + by, -1, draft.sent.size() - 1);
    if (next == draft.recalled) return;
    draft.recalled = next;
    draft.editor = draft.editor.with(next < 0 ? "" : draft.sent.get(next));
  }

  private static void cancel(Draft draft) {
    if (!(draft.editor.purpose() instanceof Editor.Say)) draft.editor = Editor.empty();
    draft.notice = Notice.NONE;
    draft.changeHere(
        it -> it.with(it.reading().selecting(OptionalLong.empty()).seeking(new Seek.Nothing())));
  }

  private static void interrupt(Draft draft) {
    if (draft.editor.isEmpty() && draft.notice.lines().equals(List.of(ONCE_MORE))) {
      draft.isOver = true;
    } else {
      draft.editor = Editor.empty();
      draft.say(ONCE_MORE);
    }
  }

  private static final String ONCE_MORE = "Ctrl-c once more quits; so does /quit.";

  private static int page(Draft draft) {
    return Math.max(1, Panes.of(draft.model()).timelineRows() - 2);
  }

  private static void scroll(Draft draft, int rows) {
    draft
        .here()
        .ifPresent(room ->
            look(draft, Panes.scroll(draft.model(), room).moved(room.reading().anchor(), rows)));
  }

  private static void look(Draft draft, Optional<Anchor> anchor) {
    draft.changeHere(it -> it.with(it.reading().at(anchor)));
  }

  private static void toUnread(Draft draft) {
    draft
        .here()
        .ifPresent(room -> {
          long first = room.reading().marker() + 1;
          if (room.log().indexOf(first).isPresent()) {
            look(draft, Panes.scroll(draft.model(), room).showing(first));
          } else {
            Travel.toEntry(draft, first);
          }
        });
  }

  private static Optional<Entry.Message> selected(Draft draft) {
    return draft
        .here()
        .filter(room -> room.reading().selected().isPresent())
        .flatMap(room -> room.log().find(room.reading().selected().getAsLong()))
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast);
  }

  private static void select(Draft draft, int by) {
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
    if (index.getAsInt() < entries.size() - page(draft) / 2
        || room.reading().anchor().isPresent()) {
      look(draft, Panes.scroll(draft.model(), room).showing(seq));
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

  private static void actOn(Draft draft, Entry.Message message, String key) {
    switch (key) {
      case "r" -> draft.editor = Editor.of("", new Editor.Reply(message.seq()));
      case "e" -> {
        if (message.by().equals(draft.user)) {
          draft.editor = Editor.of(Blocks.text(message), new Editor.Edit(message.seq()));
        } else draft.complain("Only your own messages can be changed.");
      }
      case "x" ->
          Outgoing.post(
              draft,
              new ClientFrame.Redact(
                  draft.moment.id(), draft.current.orElseThrow(), message.seq(), Optional.empty()));
      case "o", "y", "/", "n", "N" -> {
        Chosen.act(draft, message, key);
        return;
      }
      default -> {
        draft.say(
            "r replies, e edits, x removes, y copies, o opens a link, / finds, Escape leaves.");
        return;
      }
    }
    draft.changeHere(it -> it.with(it.reading().selecting(OptionalLong.empty())));
  }
}
