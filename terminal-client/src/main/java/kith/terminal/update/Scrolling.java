package kith.terminal.update;

import java.util.Optional;
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
    step.currentRoom().ifPresent(room -> scroll(step, room, rows));
  }

  static void scroll(StepBuilder step, Room room, int rows) {
    var anchor = Panes.scroll(step.model(), room).moved(room.reading().anchor(), rows);
    step.change(room.id(), it -> it.with(it.reading().at(anchor)));
  }

  static void scrollTo(StepBuilder step, Optional<Anchor> anchor) {
    step.changeCurrent(it -> it.with(it.reading().at(anchor)));
  }

  static void toUnread(StepBuilder step) {
    step.currentRoom()
        .ifPresent(room -> {
          long first = room.reading().marker() + 1;
          if (room.log().indexOf(first).isPresent()) {
            scrollTo(step, Panes.scroll(step.model(), room).startingAt(first));
          } else {
            HistoryJump.toEntry(step, first);
          }
        });
  }
}
