package kith.terminal.view;

import java.util.List;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Panes;
import kith.terminal.layout.RoomArea;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Room;
import kith.terminal.model.ThreadPane;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.Sanitizer;

/// The current room and a thread of it, or the other room of a split screen: name and topic,
/// timeline, and the result of the latest command.
final class TimelinePane {
  private TimelinePane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    var area = panes.focused();
    boolean isDivided = panes.split().isPresent() || panes.thread().isPresent();
    var title = (isDivided ? " ▸ " : " ") + title(model, panes);
    brush.bar(area.left(), area.top(), area.columns(), title, Tone.BAR);
    var typing = model.current().map(room -> typing(model, room)).orElse("");
    boolean isRoom = model.shownRoom().filter(it -> !it.log().isThread()).isPresent();
    int at = area.columns() - Graphemes.columns(typing) - 1;
    if (isRoom && (at > Graphemes.columns(title) + 1 || at > area.columns() / 2)) {
      brush.bar(area.left() + at - 1, area.top(), area.columns() - at + 1, " " + typing, Tone.BAR);
    }
    model.shownRoom().ifPresent(room -> timeline(brush, model, area, room));
    panes.thread().ifPresent(thread -> beside(brush, model, panes, thread));
    panes.other().ifPresent(half -> other(brush, model, panes, half));
    notice(brush, panes);
  }

  /// The view without the focus: the room, or the thread beside it.
  private static void beside(Brush brush, Model model, Panes panes, ThreadPane thread) {
    var room = model.currentRoom().orElseThrow();
    var right = panes.threadArea().orElseThrow();
    if (thread.hasFocus()) {
      int unread = room.reading().unread();
      unfocused(brush, model, panes.current(), room, title(model, room), unread);
    } else {
      var title = title(room, thread, "");
      var view = room.thread().orElseThrow();
      unfocused(brush, model, right, view, title, thread.unread(model.user()));
    }
    brush.border(right.left() - 1, 0, right.rows() + 1);
  }

  /// The room without the focus: its messages stay unread, so its title counts them.
  private static void other(Brush brush, Model model, Panes panes, RoomArea area) {
    var split = panes.split().orElseThrow();
    var room = model.room(split.other()).orElseThrow();
    unfocused(brush, model, area, room, title(model, room), room.reading().unread());
    if (split.isBeside()) {
      int border = Math.max(area.left(), panes.focused().left()) - 1;
      brush.border(border, 0, area.rows() + 1);
    }
  }

  private static void unfocused(
      Brush brush, Model model, RoomArea area, Room view, String words, int unread) {
    var count = unread == 0 ? "" : " " + unread + " unread ";
    int columns = area.columns() - Graphemes.columns(count);
    brush.text(area.left(), area.top(), columns, "─".repeat(columns), Tone.BORDER);
    var title = Graphemes.fit(" " + words + " ", columns - 2);
    brush.text(area.left() + 2, area.top(), columns - 2, title, Tone.STRONG);
    var typing = view.log().isThread() ? "" : " " + typing(model, view.id()) + " ";
    int at = columns - Graphemes.columns(typing) - 1;
    if (!typing.isBlank() && at > Graphemes.columns(title) + 2)
      brush.text(area.left() + at, area.top(), columns - at, typing, Tone.QUIET);
    brush.text(area.left() + columns, area.top(), area.columns() - columns, count, Tone.UNREAD);
    timeline(brush, model, area, view);
  }

  /// The title of the view with the focus. A thread that is not on the screen is named behind the
  /// room.
  private static String title(Model model, Panes panes) {
    if (model.currentRoom().isEmpty()) return "Kith";
    var room = model.currentRoom().get();
    var pane = room.threads().pane();
    if (pane.isEmpty()) return title(model, room);
    var keys = model.settings().keys();
    boolean isBeside = panes.thread().isPresent();
    if (!pane.get().hasFocus())
      return title(model, room)
          + (isBeside ? "" : " — " + keys.hint(Action.OTHER_HALF) + " thread");
    return isBeside
        ? title(room, pane.get(), "")
        : title(room, pane.get(), " in " + Sanitizer.line(room.name()))
            + " — "
            + keys.hint(Action.CANCEL)
            + " closes";
  }

  /// The title of a thread: `thread of ann in tea — 3 replies — following`.
  ///
  /// @param place empty beside the room
  private static String title(Room room, ThreadPane pane, String place) {
    var author =
        pane.log()
            .find(pane.root())
            .map(it -> "of " + EntryLines.author(it))
            .orElse("#" + pane.root());
    long replies = room.threads().replies(pane.root());
    return "thread "
        + author
        + place
        + (replies == 0 ? "" : " — " + replies + (replies == 1 ? " reply" : " replies"))
        + (pane.isFollowed() ? " — following" : "");
  }

  private static String title(Model model, Room room) {
    return Sanitizer.line(room.name())
        + (room.listing().isArchived() ? " (archived)" : "")
        + (room.listing().isMuted() ? " (muted)" : "")
        + (room.log().isCached() ? " (saved on this machine)" : "")
        + (room.topic().isEmpty() ? "" : " — " + Sanitizer.line(room.topic()))
        + presence(model, room);
  }

  private static String presence(Model model, Room room) {
    var zone = model.settings().zone();
    return room.listing()
        .with()
        .flatMap(user -> model.presence().of(user))
        .map(where -> " — " + PresenceMark.label(where, zone))
        .orElse("");
  }

  private static String typing(Model model, String room) {
    var names = model.presence().typing().getOrDefault(room, List.of());
    if (names.isEmpty()) return "";
    var first = Sanitizer.line(names.getFirst());
    return switch (names.size()) {
      case 1 -> first + " is typing …";
      case 2 -> first + " and " + Sanitizer.line(names.get(1)) + " are typing …";
      default -> first + " and " + (names.size() - 1) + " others are typing …";
    };
  }

  /// The line above the first entry. If the room has removed entries, a row of the timeline reports
  /// it instead.
  private static String above(Room room) {
    if (room.log().isThread()) return room.log().isLoading() ? "loading …" : "";
    if (room.log().isCached()) return "earlier messages are on the server";
    if (!room.log().isWhole()) return "loading …";
    return room.log().isCut() ? "" : "the beginning of " + Sanitizer.line(room.name());
  }

  private static void timeline(Brush brush, Model model, RoomArea area, Room room) {
    int left = area.left();
    int columns = area.columns();
    var window = Panes.scroll(model, room).window(room.reading().anchor());
    int top = area.firstRow() + area.rows() - window.rows().size();
    for (int index = 0; index < window.rows().size(); index++) {
      brush.row(left, top + index, columns, window.rows().get(index));
    }
    if (window.isShort()) {
      brush.text(left + 2, top - 1, columns - 2, above(room), Tone.QUIET);
    } else if (window.first() == 0 && !room.log().isWhole() && !room.log().isCached()) {
      brush.bar(left, area.firstRow(), columns, "  loading …", Tone.QUIET);
    }
    if (room.reading().anchor().isPresent()) {
      int unread = room.reading().unread();
      var key = model.settings().keys().hint(Action.LATEST);
      var words =
          unread > 0 ? " ↓ " + unread + " new below, " + key + " " : " ↓ " + key + ": latest ";
      int from = left + Math.max(0, columns - words.length());
      brush.text(from, area.top() + area.rows(), words.length(), words, Tone.BAR);
    }
  }

  private static void notice(Brush brush, Panes panes) {
    int top = 1 + panes.timelineRows();
    for (int index = 0; index < panes.notice().size(); index++) {
      brush.row(
          panes.timelineLeft(), top + index, panes.timelineColumns(), panes.notice().get(index));
    }
  }
}
