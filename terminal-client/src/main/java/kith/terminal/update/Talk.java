package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Graphemes;
import kith.terminal.model.Editor;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Seek;
import kith.terminal.net.SessionCommand;

/// What keys do while people talk.
final class Talk {
  private Talk() {}

  static void typed(Draft draft, String text) {
    var action = action(draft, text);
    if (action.isPresent()) {
      Update.act(draft, action.get(), text);
    } else if (draft.isNormal && Graphemes.of(text).size() == 1) {
      draft.say(
          draft.hint(Action.WRITE) + " writes, " + draft.hint(Action.HELP) + " shows the keys.");
    } else {
      draft.isNormal = false;
      draft.changeHere(it -> it.with(it.reading().selecting(OptionalLong.empty())));
      draft.editor = draft.editor.insert(text);
      draft.recalled = -1;
      Company.types(draft);
      if (draft.connection instanceof kith.terminal.net.ConnectionState.Waiting) {
        draft.want(new SessionCommand.Wake());
      }
    }
  }

  /// What a letter does where it does not write.
  private static Optional<Action> action(Draft draft, String text) {
    return draft.isNormal ? draft.keys().action(Layer.NORMAL, text) : Optional.empty();
  }

  static void act(Draft draft, Action action) {
    var editor = draft.editor;
    switch (action) {
      case HELP -> draft.overlay = new Overlay.Help(0);
      case PALETTE -> draft.overlay = new Overlay.Palette("", 0);
      case CONTACTS -> draft.overlay = new Overlay.Acquaintances(0);
      case NEXT_UNREAD -> Rooms.nextUnread(draft);
      case LAST_ROOM -> draft.previous.ifPresent(room -> Rooms.goTo(draft, room));
      case ROOM_BEFORE -> Rooms.step(draft, -1);
      case ROOM_AFTER -> Rooms.step(draft, 1);
      case ROOM_BY_NUMBER -> {}
      case PAGE_UP -> Looking.scroll(draft, Looking.page(draft));
      case PAGE_DOWN -> Looking.scroll(draft, -Looking.page(draft));
      case LINE_UP -> Looking.scroll(draft, Looking.FEW_ROWS);
      case LINE_DOWN -> Looking.scroll(draft, -Looking.FEW_ROWS);
      case TO_UNREAD -> Looking.toUnread(draft);
      case LATEST -> Looking.look(draft, Optional.empty());
      case SELECT_UP -> Selecting.select(draft, -1);
      case SELECT_DOWN -> Selecting.select(draft, 1);
      case MARK_UNREAD -> Seeing.markUnread(draft);
      case REPLY, EDIT, REMOVE, COPY, OPEN_LINK -> Selecting.actOn(draft, action);
      case FIND -> Finding.begin(draft);
      case FIND_OLDER -> {
        if (!Finding.older(draft)) Finding.begin(draft);
      }
      case FIND_NEWER -> {
        if (!Finding.newer(draft)) Finding.begin(draft);
      }
      case EDITOR -> draft.want(new Request.EditOutside(draft.editor.text()));
      case RETRY -> Outgoing.retry(draft);
      case DROP -> Outgoing.drop(draft);
      case ROOMS_PANE,
          MEMBERS_PANE,
          ROOMS_NARROWER,
          ROOMS_WIDER,
          MEMBERS_NARROWER,
          MEMBERS_WIDER,
          ROOM_UP,
          ROOM_DOWN,
          MUTE,
          DO_NOT_DISTURB,
          MOUSE ->
          Desk.act(draft, action);
      case THEME -> {
        var themes = Conf.THEMES;
        draft.theme = themes.get((themes.indexOf(draft.theme) + 1) % themes.size());
      }
      case REDRAW -> draft.want(new Request.Redraw());
      case SEND -> {
        if (Selecting.selected(draft).isPresent()) draft.overlay = new Overlay.Acting();
        else Typed.enter(draft);
      }
      case NEWLINE -> draft.editor = editor.insert("\n");
      case COMPLETE -> Completion.complete(draft);
      case WRITE -> draft.isNormal = false;
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
    if (draft.keys().isModal() && !draft.isNormal) {
      draft.isNormal = true;
      return;
    }
    leavePurpose(draft);
    draft.notice = Notice.NONE;
    draft.changeHere(
        it -> it.with(it.reading().selecting(OptionalLong.empty()).seeking(new Seek.Nothing())));
  }

  /// What was typed stays at hand.
  private static void leavePurpose(Draft draft) {
    var editor = draft.editor;
    switch (editor.purpose()) {
      case Editor.Say() -> {}
      case Editor.Reply _ ->
          draft.editor = new Editor(editor.text(), editor.cursor(), new Editor.Say());
      case Editor.Edit _ -> {
        Typed.remember(draft, editor.text());
        draft.editor = Editor.empty();
      }
    }
  }

  private static void interrupt(Draft draft) {
    var onceMore = draft.hint(Action.INTERRUPT) + " once more quits; so does /quit.";
    if (draft.editor.isEmpty() && draft.notice.lines().equals(List.of(onceMore))) {
      draft.isOver = true;
    } else {
      Typed.remember(draft, draft.editor.text());
      draft.editor = Editor.empty();
      draft.say(onceMore);
    }
  }
}
