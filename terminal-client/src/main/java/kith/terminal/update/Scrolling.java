package kith.terminal.update;

import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Panes;
import kith.terminal.model.Reading.Anchor;
import kith.terminal.model.Room;

/// Scrolls the timeline of a room on the screen.
final class Scrolling {
  static final int FEW_ROWS = 3;

  private Scrolling() {}

  static int page(StepBuilder step) {
    return Math.max(1, Panes.of(step.model()).focused().rows() - 2);
  }

  static void scroll(StepBuilder step, int rows) {
    step.shownRoom()
        .ifPresent(room ->
            scrollTo(step, Panes.scroll(step.model(), room).moved(room.reading().anchor(), rows)));
  }

  /// Scrolls a view on the screen, even if it does not have the focus.
  static void scroll(StepBuilder step, Room view, int rows) {
    var anchor = Panes.scroll(step.model(), view).moved(view.reading().anchor(), rows);
    if (view.log().isThread()) step.changeThread(it -> it.with(it.reading().at(anchor)));
    else step.change(view.id(), it -> it.with(it.reading().at(anchor)));
  }

  static void scrollTo(StepBuilder step, Optional<Anchor> anchor) {
    step.changeShown(it -> it.with(it.reading().at(anchor)));
  }

  static void toUnread(StepBuilder step) {
    step.shownRoom()
        .ifPresent(room -> {
          long first = firstUnread(room);
          if (room.log().isThread() || room.log().indexOf(first).isPresent()) {
            scrollTo(step, Panes.scroll(step.model(), room).startingAt(first));
          } else {
            HistoryJump.toEntry(step, first);
          }
        });
  }

  private static long firstUnread(Room room) {
    long marker = room.reading().marker();
    if (!room.log().isThread()) return marker + 1;
    return room.log().entries().stream()
        .mapToLong(Entry::seq)
        .filter(seq -> seq > marker)
        .findFirst()
        .orElse(room.log().last());
  }
}
