package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.MessagePermissions;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.Pins;
import kith.terminal.model.Room;
import kith.terminal.net.SessionCommand;
import kith.terminal.plain.InputLine;

/// Handles keys while a message is selected.
///
/// Single letters act only in the message menu, which Enter opens. So text typed while a message is
/// selected cannot edit or remove it by accident.
final class SelectionActions {
  private static final int NAMED = 50;

  private SelectionActions() {}

  /// A letter in the message menu.
  static void typed(StepBuilder step, String text) {
    step.keys()
        .action(Layer.SELECTED, text)
        .ifPresentOrElse(
            action -> act(step, action),
            () ->
                step.info(
                    step.hint(Action.CANCEL) + " deselects the message; then you can write."));
  }

  static void act(StepBuilder step, Action action) {
    switch (action) {
      case SEND -> finish(step, Action.REPLY);
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
          THREAD,
          MARK_UNREAD ->
          finish(step, action);
      case UP -> select(step, -1);
      case DOWN -> select(step, 1);
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
          ChatActions.act(step, action);
      // editor keys: there is no editor in the menu
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
      case INTERRUPT -> finish(step, Action.CANCEL);
      default -> finish(step, action);
    }
    if (selected(step).isEmpty() && step.overlay instanceof Overlay.MessageMenu) {
      step.overlay = new Overlay.None();
    }
  }

  private static void finish(StepBuilder step, Action action) {
    step.overlay = new Overlay.None();
    ChatActions.act(step, action);
  }

  static Optional<Entry.Message> selected(StepBuilder step) {
    return step.shownRoom()
        .filter(room -> room.reading().selected().isPresent())
        .flatMap(room -> room.log().find(room.reading().selected().getAsLong()))
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast);
  }

  static void select(StepBuilder step, int by) {
    if (step.shownRoom().isEmpty()) return;
    var room = step.shownRoom().get();
    var entries = room.log().entries();
    var index = nextMessage(room, by, step.conf.foldsThreads());
    if (index.isEmpty()) {
      if (by > 0) step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
      return;
    }
    long seq = entries.get(index.getAsInt()).seq();
    step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.of(seq))));
    boolean isOwn = entries.get(index.getAsInt()).by().equals(step.user);
    // large rooms have no receipts by name, and counts only on request
    if (isOwn && room.receipts().byUser().isEmpty() && room.members().size() > NAMED) {
      step.request(new SessionCommand.CountReceipts(room.id(), seq));
    }
    // the selected message may have more rows than before
    var scroll = Panes.scroll(step.model(), step.shownRoom().get());
    if (index.getAsInt() < entries.size() - Scrolling.page(step) / 2
        || room.reading().anchor().isPresent()
        || !scroll.showsWhole(room.reading().anchor(), seq)) {
      Scrolling.scrollTo(step, scroll.centeredOn(seq));
    }
  }

  private static OptionalInt nextMessage(Room room, int by, boolean folds) {
    var entries = room.log().entries();
    int index =
        room.reading().selected().isPresent()
            ? room.log().indexOf(room.reading().selected().getAsLong()).orElse(entries.size())
            : entries.size();
    for (index += by; index >= 0 && index < entries.size(); index += by) {
      var entry = entries.get(index);
      if (entry instanceof Entry.Message && !room.isFolded(entry, folds))
        return OptionalInt.of(index);
    }
    return OptionalInt.empty();
  }

  static void actOn(StepBuilder step, Action action) {
    var selected = selected(step);
    if (selected.isEmpty()) {
      step.info("Select a message first, with " + step.hint(Action.SELECT_UP) + ".");
      return;
    }
    var message = selected.get();
    var refusal =
        MessagePermissions.refusal(step.shownRoom().orElseThrow(), message, step.user, action);
    if (refusal.isPresent()) {
      step.error(refusal.get());
      return;
    }
    switch (action) {
      case THREAD -> {
        ThreadActions.open(step, message.seq());
        return;
      }
      case REPLY -> {
        // replies are not shown in the room in this case
        boolean isInRoom = ThreadActions.answered(step.currentRoom().orElseThrow()).isEmpty();
        if (step.conf.foldsThreads() && isInRoom) {
          ThreadActions.answer(step, message.seq());
          return;
        }
        var typed = step.editor;
        step.editor =
            new Editor(
                typed.text(), typed.cursor(), new Editor.Reply(message.seq()), typed.isPasted());
      }
      case EDIT -> {
        SubmittedLine.addToHistory(step, step.editor.text());
        step.editor = Editor.of(Blocks.text(message), new Editor.Edit(message.seq()));
      }
      case REMOVE -> {
        var room = step.current.orElseThrow();
        Confirmations.ask(
            step, new Question.RemoveMessage(room, message.seq(), Blocks.text(message)));
        return;
      }
      case REACT -> {
        SubmittedLine.addToHistory(step, step.editor.text());
        step.editor = Editor.empty().with("/react " + message.seq() + " ");
        step.info("👍 ❤️ 😂 🎉 👀  or any other emoji; Tab completes names such as :heart");
      }
      case PIN -> {
        if (!OwnPosts.offers(step, "pins")) return;
        var room = step.current.orElseThrow();
        OwnPosts.post(step, Pins.toggled(step.moment.id(), room, message));
      }
      case BOOKMARK -> {
        if (!OwnPosts.offers(step, "bookmarks")) return;
        var bookmark = new InputLine.Bookmark(message.seq(), true, Optional.empty());
        step.request(new Request.Run(bookmark, step.current.orElseThrow()));
      }
      case REMIND -> {
        if (!OwnPosts.offers(step, "reminders")) return;
        SubmittedLine.addToHistory(step, step.editor.text());
        step.editor = Editor.empty().with("/remind " + message.seq() + " ");
        step.info("When? 20m, 14:30, tomorrow 9:00 or monday; then a note, if you want one.");
      }
      case REPORT -> {
        SubmittedLine.addToHistory(step, step.editor.text());
        step.editor = Editor.empty().with("/report " + message.seq() + " ");
        step.info(
            "Type the reason. Moderators and administrators read it with the messages around; "
                + message.by()
                + " is not notified.");
      }
      case PREVIEW -> {
        FileActions.preview(step, message);
        return;
      }
      case COPY_CODE -> {
        CodeBlocks.copy(step, message);
        return;
      }
      case COPY, COPY_LINK, OPEN_LINK, SAVE_FILE -> {
        boolean hasFiles = !message.files().orElse(List.of()).isEmpty();
        if (action == Action.SAVE_FILE || (action == Action.OPEN_LINK && hasFiles))
          FileActions.act(step, message, action);
        else ScreenCommands.act(step, message, action);
        return;
      }
      default -> throw new IllegalArgumentException(action.configName());
    }
    step.isNormal = false;
    step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
  }
}
