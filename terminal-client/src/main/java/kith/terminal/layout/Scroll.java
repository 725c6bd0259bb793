package kith.terminal.layout;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.terminal.model.Reading.Anchor;
import kith.terminal.model.Timeline;

/// Which rows of a timeline are on the screen, and where moving up or down leads.
public record Scroll(Blocks blocks, int height) {
  private static final int CONTEXT = 4;

  /// @param first the block that is highest on the screen
  /// @param blocks which block each row is of
  /// @param isShort the timeline in memory ends before the screen does
  public record Window(List<Row> rows, List<Integer> blocks, int first, boolean isShort) {
    public Window {
      rows = List.copyOf(rows);
      blocks = List.copyOf(blocks);
    }
  }

  /// The rows above the anchor, at most a screen of them.
  public Window window(Optional<Anchor> anchor) {
    var place = place(anchor);
    var rows = new ArrayDeque<Row>();
    var owners = new ArrayDeque<Integer>();
    int hidden = place.hidden;
    int first = place.index;
    for (int index = place.index; index >= 0 && rows.size() < height; index--) {
      var block = blocks.rows(index);
      for (int row = block.size() - 1 - hidden; row >= 0 && rows.size() < height; row--) {
        rows.addFirst(block.get(row));
        owners.addFirst(index);
      }
      hidden = 0;
      first = index;
    }
    return new Window(List.copyOf(rows), List.copyOf(owners), first, rows.size() < height);
  }

  /// Which block is on this row of the screen; the timeline stands on the last.
  public OptionalInt blockAt(Optional<Anchor> anchor, int row) {
    var blocksByRow = window(anchor).blocks();
    int index = row - (height - blocksByRow.size());
    return index >= 0 && index < blocksByRow.size()
        ? OptionalInt.of(blocksByRow.get(index))
        : OptionalInt.empty();
  }

  private record Place(int index, int hidden) {}

  private Place place(Optional<Anchor> anchor) {
    var latest = new Place(blocks.count() - 1, 0);
    if (anchor.isEmpty()) return latest;
    var index = log().indexOf(anchor.get().seq());
    return index.isPresent() ? new Place(index.getAsInt(), anchor.get().hidden()) : latest;
  }

  private Timeline log() {
    return blocks.room().log();
  }

  /// Where a move by so many rows leads, up if positive; empty is the latest.
  public Optional<Anchor> moved(Optional<Anchor> anchor, int rows) {
    var place = place(anchor);
    int index = place.index;
    int hidden = place.hidden + rows;
    while (index > 0 && hidden >= blocks.rows(index).size()) {
      hidden -= blocks.rows(index).size();
      index--;
    }
    while (hidden < 0) {
      if (index + 1 >= blocks.count()) {
        return log().reachesEnd() ? Optional.empty() : Optional.of(new Anchor(log().last(), 0));
      }
      index++;
      hidden += blocks.rows(index).size();
    }
    if (index < 0) return Optional.empty();
    var up = anchorAt(index, Math.min(hidden, Math.max(0, blocks.rows(index).size() - 1)));
    int lacking = height - window(up).rows().size();
    if (rows > 0 && lacking > 0) return rows == lacking ? anchor : moved(up, -lacking);
    return up;
  }

  /// Own posts without an entry can only be seen at the latest.
  private Optional<Anchor> anchorAt(int index, int hidden) {
    var entries = log().entries();
    if (index >= entries.size()) {
      return (index == blocks.count() - 1 && hidden == 0) || entries.isEmpty()
          ? Optional.empty()
          : Optional.of(new Anchor(entries.getLast().seq(), 0));
    }
    boolean isLatest = index == blocks.count() - 1 && hidden == 0 && log().reachesEnd();
    return isLatest ? Optional.empty() : Optional.of(new Anchor(entries.get(index).seq(), hidden));
  }

  /// The anchor that has this entry high on the screen, below a little of what came before.
  public Optional<Anchor> beginningAt(long seq) {
    var index = log().indexOf(seq);
    if (index.isEmpty()) return Optional.empty();
    int above = Math.min(CONTEXT, height / 4);
    return moved(
        Optional.of(new Anchor(seq, 0)), -(height - blocks.rows(index.getAsInt()).size() - above));
  }

  /// The anchor that has this entry as the lowest on the screen but some.
  public Optional<Anchor> showing(long seq) {
    var index = log().indexOf(seq);
    if (index.isEmpty()) return Optional.empty();
    return moved(Optional.of(new Anchor(seq, 0)), -height / 2);
  }
}
