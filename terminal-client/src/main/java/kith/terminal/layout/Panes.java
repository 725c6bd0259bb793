package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.terminal.keys.Action;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.plain.Sanitizer;

/// The layout of the screen: rooms, timeline, members; title above, status and editor below.
///
/// @param rooms columns of the left pane, 0 if hidden
/// @param members columns of the right pane, 0 if hidden
/// @param notice the result of the latest command, as rows below the timeline
public record Panes(
    int rooms, int members, int columns, int height, int editorRows, List<Row> notice) {
  /// From here on there is space for the rooms beside 55 columns of text, and from `WIDE` on for
  /// the members, too.
  private static final int FOR_ROOMS = 92;

  private static final int WIDE = 118;
  private static final int LIVE_CHOICES = 6;
  private static final int MIN_TIMELINE = 36;
  private static final int MIN_PANE = 10;
  private static final int MAX_EDITOR = 6;

  public Panes {
    notice = List.copyOf(notice);
  }

  public static Panes of(Model model) {
    int columns = model.size().columns();
    boolean wide = columns >= WIDE;
    var preferences = model.settings().preferences();
    boolean hasRooms = model.settings().rooms().orElse(columns >= FOR_ROOMS);
    int rooms = hasRooms ? preferences.roomsColumns().orElse(wide ? 26 : 18) : 0;
    boolean hasMembers = model.settings().members().orElse(wide);
    int members = hasMembers ? preferences.membersColumns().orElse(wide ? 20 : 14) : 0;
    if (columns - rooms - members < MIN_TIMELINE) members = 0;
    if (hasRooms) rooms = Math.min(rooms, columns - MIN_TIMELINE);
    if (rooms < MIN_PANE) rooms = 0;
    int most = Math.max(1, Math.min(MAX_EDITOR, model.size().rows() / 3));
    int editor = Math.clamp(EditorRows.of(model.editor(), columns - 2).rows().size(), 1, most);
    var bare = new Panes(rooms, members, columns, model.size().rows(), editor, List.of());
    return new Panes(rooms, members, columns, model.size().rows(), editor, bare.noticeRows(model));
  }

  private List<Row> noticeRows(Model model) {
    if (model.overlay() instanceof Overlay.Completions list) return completions(model, list);
    var notice = model.notice();
    if (notice.lines().isEmpty()) return List.of();
    var tone = notice.isError() ? Tone.ERROR : Tone.PLAIN;
    var rule = Stream.of(Row.of("─".repeat(timelineColumns()), Tone.BORDER));
    var rows =
        notice.lines().stream()
            .flatMap(line -> Wrap.rows(Sanitizer.text(line), tone, timelineColumns()).stream());
    return Stream.concat(rule, rows).limit(Math.max(2, bodyRows() - 2)).toList();
  }

  /// The page of the list with the chosen word, and a last row that tells how many there are.
  private List<Row> completions(Model model, Overlay.Completions list) {
    int most = Math.clamp(bodyRows() - 4, 1, list.isLive() ? LIVE_CHOICES : Integer.MAX_VALUE);
    int page = Math.min(list.choices().size(), most);
    int from = Math.max(0, list.chosen()) / page * page;
    int to = Math.min(list.choices().size(), from + page);
    var rows = new ArrayList<>(List.of(Row.of("─".repeat(timelineColumns()), Tone.BORDER)));
    for (int index = from; index < to; index++) {
      var tone = index == list.chosen() ? Tone.CHOSEN : Tone.PLAIN;
      var label = Sanitizer.line(list.choices().get(index).label());
      rows.add(Row.of(Graphemes.fit(label, timelineColumns()), tone));
    }
    var keys = model.settings().keys();
    rows.add(
        Row.of(
            (from + 1)
                + "–"
                + to
                + " of "
                + list.choices().size()
                + ": "
                + keys.hint(Action.COMPLETE)
                + " inserts the next",
            Tone.QUIET));
    return rows;
  }

  /// Whether the screen is too narrow for the rooms pane.
  public static boolean isTooNarrow(Model model) {
    return model.size().columns() < MIN_TIMELINE + MIN_PANE;
  }

  /// The new width of a pane, within the limits of all panes.
  public int resized(int pane, int by) {
    int most = Math.max(MIN_PANE, pane + timelineColumns() - MIN_TIMELINE);
    return Math.clamp(pane + by, MIN_PANE, most);
  }

  /// The first visible room, if there are more rooms than fit.
  public int firstRoom(Model model) {
    int here = 0;
    for (int index = 0; index < model.rooms().size(); index++) {
      if (model.current().equals(Optional.of(model.rooms().get(index).id()))) here = index;
    }
    return Math.max(0, here - bodyRows() + 1);
  }

  public int timelineLeft() {
    return rooms == 0 ? 0 : rooms + 1;
  }

  public int timelineColumns() {
    return columns - timelineLeft() - (members == 0 ? 0 : members + 1);
  }

  public int membersLeft() {
    return columns - members;
  }

  /// The rows between the title and the status line.
  public int bodyRows() {
    return height - 2 - editorRows;
  }

  public int timelineRows() {
    return bodyRows() - notice.size();
  }

  public int statusRow() {
    return height - 1 - editorRows;
  }

  public static Scroll scroll(Model model, Room room) {
    var panes = of(model);
    var settings = model.settings();
    var blocks =
        Blocks.of(
            room,
            model.user(),
            settings.zone(),
            panes.timelineColumns(),
            settings.conf().links().orElse(false),
            settings.keys());
    return new Scroll(blocks, panes.timelineRows());
  }
}
