package kith.terminal.layout;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.terminal.model.Reading.Anchor;
import kith.terminal.model.Timeline;

/// The visible rows of a timeline, and the result of scrolling.
public record Scroll(Blocks blocks, int height) {
  private static final int CONTEXT = 4;

  /// @param first the index of the highest visible block
  /// @param blocks the block index of each row
  /// @param isShort the loaded timeline has fewer rows than the screen
  public record Window(List<Row> rows, List<Integer> blocks, int first, boolean isShort) {
    public Window {
      rows = List.copyOf(rows);
      blocks = List.copyOf(blocks);
    }
  }

  /// The rows down to the anchor, at most one screen.
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

  /// The block at a row of the screen. The timeline is aligned to the bottom row.
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

  /// The anchor after scrolling by this many rows, up if positive; empty for the end of the log.
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

  /// Own posts without an entry are visible only at the end of the log.
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

  /// The anchor that shows this entry near the top, below a few rows of context.
  public Optional<Anchor> startingAt(long seq) {
    var index = log().indexOf(seq);
    if (index.isEmpty()) return Optional.empty();
    int above = Math.min(CONTEXT, height / 4);
    return moved(
        Optional.of(new Anchor(seq, 0)), -(height - blocks.rows(index.getAsInt()).size() - above));
  }

  /// The anchor that shows this entry in the middle of the screen, as a whole if it fits, else from
  /// its beginning on.
  public Optional<Anchor> centeredOn(long seq) {
    var index = log().indexOf(seq);
    if (index.isEmpty()) return Optional.empty();
    int rows = blocks.rows(index.getAsInt()).size();
    return moved(Optional.of(new Anchor(seq, 0)), -Math.min(height / 2, height - rows));
  }

  /// Whether all rows of this entry are on the screen.
  public boolean showsWhole(Optional<Anchor> anchor, long seq) {
    var index = log().indexOf(seq);
    if (index.isEmpty()) return false;
    var shown = window(anchor).blocks();
    long rows = shown.stream().filter(block -> block == index.getAsInt()).count();
    return rows == blocks.rows(index.getAsInt()).size();
  }
}
