package kith.terminal.view;

import java.util.Optional;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Room;
import kith.terminal.plain.Sanitizer;

/// The rooms with their numbers and unread counts.
final class RoomsPane {
  private RoomsPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    brush.bar(0, 0, panes.rooms(), " Rooms", Tone.BAR);
    int height = panes.bodyRows();
    int from = panes.firstRoom(model);
    for (int row = 0; row < height && from + row < model.rooms().size(); row++) {
      room(brush, model, from + row, row + 1, panes.rooms());
    }
  }

  private static boolean isCurrent(Model model, Room room) {
    return model.current().equals(Optional.of(room.id()));
  }

  private static void room(Brush brush, Model model, int index, int row, int columns) {
    var room = model.rooms().get(index);
    var reading = room.reading();
    var tone = Tone.PLAIN;
    if (isCurrent(model, room)) tone = Tone.CHOSEN;
    else if (reading.mentions() > 0) tone = Tone.UNREAD;
    else if (room.listing().isMuted() || room.listing().isArchived()) tone = Tone.QUIET;
    else if (room.isUnread()) tone = Tone.STRONG;
    var count = count(room);
    int left = columns - Graphemes.columns(count) - 1;
    int assigned = model.numbers().of(room.id()).orElse(Integer.MAX_VALUE);
    var number = assigned <= 9 ? assigned + " " : "  ";
    var name = room.name().isEmpty() ? "…" : name(model, room);
    if (room.listing().isArchived()) name += " (archived)";
    brush.bar(0, row, columns, " " + Graphemes.fit(number + name, left - 1), tone);
    brush.text(left, row, columns - left, count, tone);
  }

  /// A direct conversation shows the other user's presence.
  private static String name(Model model, Room room) {
    return room.listing()
        .with()
        .map(user -> PresenceMark.mark(model.presence().of(user)) + " " + Sanitizer.line(user))
        .orElseGet(() -> Sanitizer.line(room.name()));
  }

  /// `!` for open tasks of a moderator, `@` for mentions of the user.
  private static String count(Room room) {
    var failed = room.ownPosts().stream().anyMatch(OwnPost::hasFailed) ? "✗" : "";
    var waits = room.listing().restrictions().waiting() > 0 ? "!" : "";
    int unread = room.reading().unread();
    var named = room.reading().mentions() > 0 ? "@" : "";
    var count = unread > 999 ? "999+" : unread > 0 ? String.valueOf(unread) : "";
    return failed + waits + named + (unread == 0 && room.isUnread() ? "•" : count);
  }
}
