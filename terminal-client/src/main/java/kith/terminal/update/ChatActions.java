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
import kith.terminal.model.SearchState;

/// Handles keys while no overlay is open.
final class ChatActions {
  private ChatActions() {}

  static void typed(StepBuilder step, String text) {
    var action = action(step, text);
    if (action.isPresent()) {
      Update.act(step, action.get(), text);
    } else if (step.isNormal && Graphemes.of(text).size() == 1) {
      step.info(
          step.hint(Action.WRITE) + " writes, " + step.hint(Action.HELP) + " shows the keys.");
    } else {
      step.isNormal = false;
      step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
      step.editor = step.editor.insert(text);
      step.recalled = -1;
      PresenceRequests.onTyping(step);
      Completion.live(step);
    }
  }

  static void pasted(StepBuilder step, String text) {
    step.isNormal = false;
    step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
    if (!step.editor.hasRoomFor(text)) {
      if (step.offers("files") && step.currentRoom().isPresent())
        Confirmations.ask(step, new Overlay.Question.SendText(text));
      else step.error("This is too long to paste: " + Editor.MAX_CHARS + " characters fit.");
      return;
    }
    step.editor = step.editor.paste(text);
    step.recalled = -1;
    PresenceRequests.onTyping(step);
    FileActions.onPasted(step, text);
  }

  /// The action of a letter in normal mode.
  private static Optional<Action> action(StepBuilder step, String text) {
    return step.isNormal ? step.keys().action(Layer.NORMAL, text) : Optional.empty();
  }

  static void act(StepBuilder step, Action action) {
    var editor = step.editor;
    switch (action) {
      case HELP -> step.overlay = new Overlay.Help("", 0);
      case PALETTE -> CommandPalette.open(step);
      case CONTACTS -> step.overlay = new Overlay.ContactList(0);
      case NEXT_UNREAD -> RoomNavigation.nextUnread(step);
      case LAST_ROOM -> step.previous.ifPresent(room -> RoomNavigation.goTo(step, room));
      case ROOM_BEFORE -> RoomNavigation.move(step, -1);
      case ROOM_AFTER -> RoomNavigation.move(step, 1);
      case ROOM_BY_NUMBER -> {}
      case PAGE_UP -> Scrolling.scroll(step, Scrolling.page(step));
      case PAGE_DOWN -> Scrolling.scroll(step, -Scrolling.page(step));
      case LINE_UP -> Scrolling.scroll(step, Scrolling.FEW_ROWS);
      case LINE_DOWN -> Scrolling.scroll(step, -Scrolling.FEW_ROWS);
      case TO_UNREAD -> Scrolling.toUnread(step);
      case LATEST -> Scrolling.scrollTo(step, Optional.empty());
      case SELECT_UP -> SelectionActions.select(step, -1);
      case SELECT_DOWN -> SelectionActions.select(step, 1);
      case MARK_UNREAD -> ReadTracking.markUnread(step);
      case REPLY,
          EDIT,
          REMOVE,
          REACT,
          PIN,
          BOOKMARK,
          REMIND,
          REPORT,
          COPY,
          COPY_LINK,
          COPY_CODE,
          OPEN_LINK,
          SAVE_FILE,
          PREVIEW,
          THREAD ->
          SelectionActions.actOn(step, action);
      case FIND -> {
        ThreadActions.toRoom(step);
        Search.begin(step);
      }
      case FIND_OLDER -> {
        ThreadActions.toRoom(step);
        if (!Search.older(step)) Search.begin(step);
      }
      case FIND_NEWER -> {
        ThreadActions.toRoom(step);
        if (!Search.newer(step)) Search.begin(step);
      }
      case EDITOR -> step.request(new Request.EditExternally(step.editor.text()));
      case RETRY -> OwnPosts.retry(step);
      case DROP -> OwnPosts.drop(step);
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
          PreferenceActions.act(step, action);
      case SPLIT -> Splits.toggle(step);
      case OTHER_HALF -> Splits.otherHalf(step);
      case TURN_SPLIT -> Splits.turn(step);
      case THEME -> {
        var themes = Conf.THEMES;
        step.theme = themes.get((themes.indexOf(step.theme) + 1) % themes.size());
      }
      case REDRAW -> step.request(new Request.Redraw());
      case SEND -> {
        if (SelectionActions.selected(step).isPresent()) step.overlay = new Overlay.MessageMenu();
        else if (!Pastes.asks(step)) SubmittedLine.submit(step);
      }
      case SPELLING -> SpellCheck.suggest(step);
      case NEWLINE -> step.editor = editor.insert("\n");
      case COMPLETE -> Completion.complete(step);
      case WRITE -> step.isNormal = false;
      case CANCEL -> cancel(step);
      case LEFT -> step.editor = editor.left();
      case RIGHT -> step.editor = editor.right();
      case WORD_LEFT -> step.editor = editor.wordLeft();
      case WORD_RIGHT -> step.editor = editor.wordRight();
      case UP -> {
        if (OwnEdits.isMoved(step, -1)) return;
        if (editor.isOnFirstLine()) recall(step, 1);
        else step.editor = editor.lineUp();
      }
      case DOWN -> {
        if (OwnEdits.isMoved(step, 1)) return;
        if (editor.isOnLastLine()) recall(step, -1);
        else step.editor = editor.lineDown();
      }
      case LINE_START -> step.editor = editor.lineStart();
      case LINE_END -> step.editor = editor.lineEnd();
      case BACKSPACE -> step.editor = editor.backspace();
      case DELETE -> step.editor = editor.delete();
      case DELETE_WORD -> step.editor = editor.deleteWord();
      case DELETE_TO_START -> step.editor = editor.deleteToLineStart();
      case DELETE_TO_END -> step.editor = editor.deleteToLineEnd();
      case INTERRUPT -> interrupt(step);
      case FIELD_BACK, NEXT_SERVER, QUIT -> {}
    }
  }

  /// A text that was typed or changed goes to the history first, so that the arrows come back to
  /// it. An edit stays unchanged.
  private static void recall(StepBuilder step, int by) {
    int here = step.recalled;
    if (step.editor.purpose() instanceof Editor.Edit || here + by < -1) return;
    var typed = step.editor.text();
    boolean isRecalled = here >= 0 && step.sent.get(here).equals(typed);
    if (!typed.isBlank() && !isRecalled) {
      SubmittedLine.addToHistory(step, typed);
      here = 0;
    }
    int next = Math.clamp(here + by, -1, step.sent.size() - 1);
    if (next == step.recalled) return;
    step.recalled = next;
    step.editor = step.editor.with(next < 0 ? "" : step.sent.get(next));
  }

  private static void cancel(StepBuilder step) {
    if (step.keys().isModal() && !step.isNormal) {
      step.isNormal = true;
      return;
    }
    if (isPaneOnly(step)) {
      ThreadActions.close(step);
      return;
    }
    cancelReplyOrEdit(step);
    dropUnfinishedCommand(step);
    step.notice = Notice.NONE;
    step.changeShown(it ->
        it.with(it.reading().selecting(OptionalLong.empty()).searching(new SearchState.None())));
  }

  /// Whether a thread is open, and nothing else can be cancelled.
  private static boolean isPaneOnly(StepBuilder step) {
    return ThreadActions.pane(step).isPresent()
        && step.shownRoom()
            .filter(it ->
                it.reading().selected().isEmpty()
                    && it.reading().search() instanceof SearchState.None)
            .isPresent()
        && step.editor.purpose() instanceof Editor.Say
        && step.notice.lines().isEmpty();
  }

  /// Keeps the text that was typed.
  private static void cancelReplyOrEdit(StepBuilder step) {
    var editor = step.editor;
    switch (editor.purpose()) {
      case Editor.Say() -> {}
      case Editor.Reply _ ->
          step.editor =
              new Editor(editor.text(), editor.cursor(), new Editor.Say(), editor.isPasted());
      case Editor.Edit _ -> {
        SubmittedLine.addToHistory(step, editor.text());
        step.editor = Editor.empty();
      }
    }
  }

  /// A list or a completion puts the beginning of a command into the editor, which ends with a
  /// space. Text that is typed after Escape must not become its last argument, such as the reason
  /// of a mute.
  private static void dropUnfinishedCommand(StepBuilder step) {
    var text = step.editor.text();
    if (!text.startsWith("/") || !text.endsWith(" ")) return;
    SubmittedLine.addToHistory(step, text);
    step.editor = Editor.empty();
  }

  private static void interrupt(StepBuilder step) {
    var onceMore = step.hint(Action.INTERRUPT) + " again quits, and so does /quit.";
    if (step.editor.isEmpty() && step.notice.lines().equals(List.of(onceMore))) {
      step.isOver = true;
    } else {
      SubmittedLine.addToHistory(step, step.editor.text());
      step.editor = Editor.empty();
      step.info(onceMore);
    }
  }
}
