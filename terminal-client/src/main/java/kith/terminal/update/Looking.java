package kith.terminal.update;

import java.util.Optional;
import kith.terminal.layout.Panes;
import kith.terminal.model.Reading.Anchor;

/// Moves what is on the screen up and down a room.
final class Looking {
  static final int FEW_ROWS = 3;

  private Looking() {}

  static int page(Draft draft) {
    return Math.max(1, Panes.of(draft.model()).timelineRows() - 2);
  }

  static void scroll(Draft draft, int rows) {
    draft
        .here()
        .ifPresent(room ->
            look(draft, Panes.scroll(draft.model(), room).moved(room.reading().anchor(), rows)));
  }

  static void look(Draft draft, Optional<Anchor> anchor) {
    draft.changeHere(it -> it.with(it.reading().at(anchor)));
  }

  static void toUnread(Draft draft) {
    draft
        .here()
        .ifPresent(room -> {
          long first = room.reading().marker() + 1;
          if (room.log().indexOf(first).isPresent()) {
            look(draft, Panes.scroll(draft.model(), room).beginningAt(first));
          } else {
            Travel.toEntry(draft, first);
          }
        });
  }
}
