package kith.terminal.update;

import java.util.Optional;
import kith.terminal.layout.Panes;
import kith.terminal.model.Reading.Anchor;

/// Scrolls the timeline of the current room.
final class Scrolling {
  static final int FEW_ROWS = 3;

  private Scrolling() {}

  static int page(StepBuilder step) {
    return Math.max(1, Panes.of(step.model()).timelineRows() - 2);
  }

  static void scroll(StepBuilder step, int rows) {
    step.currentRoom()
        .ifPresent(room ->
            scrollTo(step, Panes.scroll(step.model(), room).moved(room.reading().anchor(), rows)));
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
