package kith.terminal.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.layout.Blocks;
import kith.terminal.layout.EditorRows;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Markup;
import kith.terminal.layout.Matches;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Editor;
import kith.terminal.model.MessagePermissions;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.plain.ModerationLines;
import kith.terminal.plain.Sanitizer;
import kith.terminal.plain.Spans;

/// The text being typed, with the terminal's cursor in it.
final class EditorPane {
  private static final Map<Action, String> MESSAGE_ACTIONS = new LinkedHashMap<>();

  static {
    MESSAGE_ACTIONS.put(Action.REPLY, "reply");
    MESSAGE_ACTIONS.put(Action.REACT, "react");
    MESSAGE_ACTIONS.put(Action.THREAD, "thread");
    MESSAGE_ACTIONS.put(Action.EDIT, "edit");
    MESSAGE_ACTIONS.put(Action.REMOVE, "remove");
    MESSAGE_ACTIONS.put(Action.REPORT, "report");
    MESSAGE_ACTIONS.put(Action.MARK_UNREAD, "unread");
    MESSAGE_ACTIONS.put(Action.COPY, "copy");
    MESSAGE_ACTIONS.put(Action.PIN, "pin");
    MESSAGE_ACTIONS.put(Action.BOOKMARK, "bookmark");
    MESSAGE_ACTIONS.put(Action.OPEN_LINK, "open");
    MESSAGE_ACTIONS.put(Action.PREVIEW, "preview");
    MESSAGE_ACTIONS.put(Action.SAVE_FILE, "save file");
    MESSAGE_ACTIONS.put(Action.COPY_LINK, "copy link");
    MESSAGE_ACTIONS.put(Action.COPY_CODE, "copy code");
    MESSAGE_ACTIONS.put(Action.REMIND, "remind");
  }

  /// The rarest first.
  private static final List<Action> RARER_ACTIONS =
      List.of(Action.REMIND, Action.BOOKMARK, Action.PIN, Action.MARK_UNREAD, Action.REPORT);

  private EditorPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    if (model.overlay() instanceof Overlay.Find find) {
      find(brush, model, panes, find.query());
      return;
    }
    if (model.overlay() instanceof Overlay.MessageMenu) {
      messageMenu(brush, model, panes);
      return;
    }
    var editor = EditorRows.of(model.editor(), panes.columns() - 2);
    int from = editor.first(panes.editorRows());
    int top = panes.statusRow() + 1;
    for (int row = 0; row < panes.editorRows() && from + row < editor.rows().size(); row++) {
      brush.text(0, top + row, 2, row + from == 0 ? mark(model) : "  ", Tone.STRONG);
      brush.text(2, top + row, panes.columns() - 2, editor.rows().get(from + row), Tone.PLAIN);
    }
    misspelled(brush, model, editor, from, top);
    if (model.editor().isEmpty()) brush.text(2, top, panes.columns() - 2, hint(model), Tone.QUIET);
    var cursor = editor.cursor();
    brush.canvas().cursorAt(2 + cursor.column(), top + cursor.row() - from);
  }

  /// Underlines the words that the spell checker considers wrong.
  private static void misspelled(Brush brush, Model model, EditorRows editor, int from, int top) {
    int most = Panes.of(model).editorRows();
    var text = model.editor().text();
    for (var word : model.misspelled()) {
      for (int index = 0; index + 1 < editor.spots().size(); index++) {
        var spot = editor.spots().get(index);
        int row = spot.row() - from;
        boolean isOfIt = spot.at() >= word.start() && spot.at() < word.end();
        if (!isOfIt || row < 0 || row >= most) continue;
        var letter = Sanitizer.line(text.substring(spot.at(), editor.spots().get(index + 1).at()));
        brush.text(
            2 + spot.column(), top + row, Graphemes.columns(letter), letter, Tone.MISSPELLED);
      }
    }
  }

  /// Hides the cursor, because letters are keys here.
  private static void messageMenu(Brush brush, Model model, Panes panes) {
    var actions = "▶ " + actions(model, Layer.SELECTED);
    brush.bar(0, panes.statusRow() + 1, panes.columns(), actions, Tone.CHOSEN);
    brush.canvas().noCursor();
  }

  private static void find(Brush brush, Model model, Panes panes, String query) {
    int top = panes.statusRow() + 1;
    var shown = "/ " + Sanitizer.line(query);
    brush.text(0, top, panes.columns(), shown, Tone.STRONG);
    int end = Graphemes.columns(shown);
    var summary =
        query.isBlank()
            ? "search: Enter selects the match, ↑ older, Escape cancels"
            : model.currentRoom().map(room -> Matches.summary(room, query)).orElse("");
    int left = panes.columns() - Graphemes.columns(summary);
    if (left > end + 1) brush.text(left, top, panes.columns() - left, summary, Tone.QUIET);
    brush.canvas().cursorAt(end, top);
  }

  private static String mark(Model model) {
    return switch (model.editor().purpose()) {
      case Editor.Say() -> model.settings().isNormal() ? "- " : "> ";
      case Editor.Reply _ -> "↪ ";
      case Editor.Edit _ -> "✎ ";
    };
  }

  private static String hint(Model model) {
    var leave = "; " + model.settings().keys().hint(Action.CANCEL) + " cancels";
    return switch (model.editor().purpose()) {
      case Editor.Say() -> prompt(model);
      case Editor.Reply(var seq) -> "your answer to #" + seq + leave;
      case Editor.Edit(var seq) -> "the new text of #" + seq + leave;
    };
  }

  private static String prompt(Model model) {
    var keys = model.settings().keys();
    boolean isNormal = model.settings().isNormal();
    boolean isSelected =
        model.shownRoom().map(room -> room.reading().selected().isPresent()).orElse(false);
    if (isSelected && !isNormal) {
      var receipts = receipts(model);
      return (receipts.isEmpty() ? "" : receipts + "; ")
          + keys.hint(Action.SEND)
          + " to reply, edit, copy …; "
          + keys.hint(Action.CANCEL)
          + " deselects";
    }
    if (!isNormal) {
      var restriction = restriction(model);
      return restriction.isEmpty() ? thread(model) : restriction;
    }
    return isSelected
        ? actions(model, Layer.NORMAL)
        : keys.hint(Layer.NORMAL, Action.WRITE)
            + " writes, "
            + keys.hint(Layer.NORMAL, Action.HELP)
            + " all keys";
  }

  /// The part that an answer goes to, and the keys of an open thread.
  private static String thread(Model model) {
    if (model.currentRoom().flatMap(room -> room.threads().pane()).isEmpty()) return "";
    boolean isThread = model.shownRoom().map(room -> room.log().isThread()).orElse(false);
    var keys = model.settings().keys();
    return (isThread ? "your answer in this thread; " : "a message to the room; ")
        + keys.hint(Action.OTHER_HALF)
        + (isThread ? " room, " : " thread, ")
        + keys.hint(Action.CANCEL)
        + " closes";
  }

  /// The reason why the user cannot write here, or not as often as elsewhere.
  private static String restriction(Model model) {
    return model
        .currentRoom()
        .map(room -> {
          var restrictions = room.listing().restrictions();
          if (restrictions.settings().forbidsChanges())
            return "archived: nobody writes in this room";
          var mute = restrictions.mute();
          if (mute.isPresent()) return "muted " + ModerationLines.text(mute.get());
          if (room.isModerator(model.user())) return "";
          if (restrictions.settings().restrictsWriting())
            return "only moderators write in this room";
          int seconds = restrictions.settings().slowMode();
          return seconds == 0
              ? ""
              : "slow mode: one message in " + Spans.text(Duration.ofSeconds(seconds));
        })
        .orElse("");
  }

  /// The members who received and read the selected own message.
  private static String receipts(Model model) {
    var room = model.shownRoom();
    var seq = room.map(it -> it.reading().selected().orElse(0)).orElse(0L);
    return room.flatMap(it -> it.log().find(seq))
        .filter(entry -> entry.by().equals(model.user()))
        .flatMap(_ -> room.map(it -> Sanitizer.line(it.receipts().summary(seq, model.user()))))
        .orElse("");
  }

  /// The keys that apply to the selected message. A narrow screen leaves out the rarer ones.
  private static String actions(Model model, Layer layer) {
    var shown = new ArrayList<>(MESSAGE_ACTIONS.keySet());
    var line = actions(model, layer, shown);
    for (var rarer : RARER_ACTIONS) {
      if (Graphemes.columns(line) + 2 <= model.size().columns()) break;
      shown.remove(rarer);
      line = actions(model, layer, shown);
    }
    return line;
  }

  private static String actions(Model model, Layer layer, Collection<Action> shown) {
    var keys = model.settings().keys();
    var room = model.shownRoom();
    var message = room.flatMap(EditorPane::selected);
    return MESSAGE_ACTIONS.entrySet().stream()
            .filter(it -> shown.contains(it.getKey()))
            .filter(
                it -> message.map(that -> applies(it.getKey(), that, model.user())).orElse(true))
            .filter(it -> isPermitted(room, message, model.user(), it.getKey()))
            .filter(it -> it.getKey() != Action.THREAD || hasThread(room, message))
            .map(it -> keys.hint(layer, it.getKey()) + " " + it.getValue() + "  ")
            .collect(Collectors.joining())
        + keys.hint(Action.CANCEL)
        + " back";
  }

  private static boolean isPermitted(
      Optional<Room> room, Optional<Entry.Message> message, String me, Action action) {
    return room.isEmpty()
        || message.isEmpty()
        || MessagePermissions.refusal(room.get(), message.get(), me, action).isEmpty();
  }

  /// Whether there is a thread that is not on the screen.
  private static boolean hasThread(Optional<Room> room, Optional<Entry.Message> message) {
    if (room.isEmpty() || message.isEmpty() || room.get().log().isThread()) return false;
    return message.get().thread().isPresent()
        || room.get().threads().replies(message.get().seq()) > 0;
  }

  private static Optional<Entry.Message> selected(Room room) {
    var seq = room.reading().selected();
    return seq.isEmpty()
        ? Optional.empty()
        : room.log()
            .find(seq.getAsLong())
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast);
  }

  private static boolean applies(Action action, Entry.Message message, String me) {
    var text = Blocks.text(message);
    boolean hasFiles = !message.files().orElse(List.of()).isEmpty();
    return switch (action) {
      case EDIT, REMOVE, PIN, REACT -> message.redaction().isEmpty();
      case REPORT -> !message.by().equals(me);
      case OPEN_LINK -> hasFiles || Markup.link(text).isPresent();
      case COPY_LINK -> Markup.link(text).isPresent();
      case COPY_CODE -> !Markup.code(text).isEmpty();
      case PREVIEW, SAVE_FILE -> hasFiles;
      default -> true;
    };
  }
}
