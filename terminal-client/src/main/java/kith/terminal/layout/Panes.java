package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.terminal.keys.Action;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.model.Size;
import kith.terminal.model.Split;
import kith.terminal.model.ThreadPane;
import kith.terminal.plain.Sanitizer;

/// The layout of the screen: rooms, timeline, members; title above, status and editor below. The
/// place of the timeline can show two rooms, or a room and one of its threads.
///
/// @param rooms columns of the left pane, 0 if hidden
/// @param members columns of the right pane, 0 if hidden
/// @param notice the result of the latest command, as rows below the timeline
/// @param split absent if one room is shown, also because the screen is too small for two, or
///   because a thread is beside it
/// @param thread the thread on the right of its room; absent if none is open, or if the screen is
///   so narrow that it is shown in place of the room
public record Panes(
    int rooms,
    int members,
    int columns,
    int height,
    int editorRows,
    List<Row> notice,
    Optional<Split> split,
    Optional<ThreadPane> thread) {
  /// At this width there is space for the rooms beside 55 columns of text, and at `WIDE` also for
  /// the members.
  private static final int FOR_ROOMS = 92;

  private static final int WIDE = 118;
  private static final int LIVE_CHOICES = 6;
  private static final int MIN_TIMELINE = 36;
  private static final int MIN_PANE = 10;
  private static final int MAX_EDITOR = 6;

  /// A title and four rows of the timeline.
  private static final int MIN_AREA_ROWS = 5;

  /// The screen that has space for two rooms side by side, with a border between them.
  public static final int COLUMNS_FOR_TWO = 2 * MIN_TIMELINE + 1;

  /// The screen that has space for a thread beside its room and for the list of rooms.
  private static final int COLUMNS_FOR_THREAD = 100;

  /// The screen that has space for two rooms one above the other, with a status line and a row of
  /// the editor below.
  public static final int ROWS_FOR_TWO = 2 * MIN_AREA_ROWS + 2;

  public Panes {
    notice = List.copyOf(notice);
  }

  public static Panes of(Model model) {
    int columns = model.size().columns();
    var thread =
        model
            .currentRoom()
            .flatMap(room -> room.threads().pane())
            .filter(_ -> isThreadBeside(model.size()));
    var split =
        wanted(model).filter(it -> thread.isEmpty() && isFitting(it.isBeside(), model.size()));
    // a second timeline replaces the panes on the sides; each timeline has a border, too
    boolean isDivided = thread.isPresent() || split.filter(Split::isBeside).isPresent();
    int least = isDivided ? COLUMNS_FOR_TWO + 2 : MIN_TIMELINE;
    boolean wide = columns >= WIDE;
    var preferences = model.settings().preferences();
    boolean hasRooms = model.settings().rooms().orElse(columns >= FOR_ROOMS);
    int rooms = hasRooms ? preferences.roomsColumns().orElse(wide ? 26 : 18) : 0;
    boolean hasMembers = model.settings().members().orElse(wide);
    int members = hasMembers ? preferences.membersColumns().orElse(wide ? 20 : 14) : 0;
    if (columns - rooms - members < least) members = 0;
    if (hasRooms) rooms = Math.min(rooms, columns - least);
    if (rooms < MIN_PANE) rooms = 0;
    int most = Math.max(1, Math.min(MAX_EDITOR, model.size().rows() / 3));
    int editor = Math.clamp(EditorRows.of(model.editor(), columns - 2).rows().size(), 1, most);
    int height = model.size().rows();
    var bare = new Panes(rooms, members, columns, height, editor, List.of(), split, thread);
    return new Panes(
        rooms, members, columns, height, editor, bare.noticeRows(model), split, thread);
  }

  /// The split that the user asked for, whether or not the screen has space for it.
  public static Optional<Split> wanted(Model model) {
    return model
        .settings()
        .preferences()
        .split()
        .filter(it -> model.currentRoom().isPresent() && model.room(it.other()).isPresent())
        .filter(it -> !model.current().equals(Optional.of(it.other())));
  }

  /// Whether a screen has space for two rooms. The size of the terminal alone decides, so that the
  /// rooms stay where they are while a long text is typed or an answer is shown.
  public static boolean isFitting(boolean isBeside, Size size) {
    return isBeside ? size.columns() >= COLUMNS_FOR_TWO : size.rows() >= ROWS_FOR_TWO;
  }

  /// Whether a thread is shown beside its room. The size of the terminal alone decides.
  public static boolean isThreadBeside(Size size) {
    return size.columns() >= COLUMNS_FOR_THREAD;
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

  /// The page of the list with the chosen word, and a last row with the number of words.
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

  /// The new width of a pane, within the limits of all panes.
  public int resized(int pane, int by) {
    boolean isDivided = thread.isPresent() || split.filter(Split::isBeside).isPresent();
    int least = isDivided ? COLUMNS_FOR_TWO : MIN_TIMELINE;
    int most = Math.max(MIN_PANE, pane + timelineColumns() - least);
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

  /// The part of the screen for the view with the focus: the current room, or a thread in it.
  public RoomArea focused() {
    return thread.filter(ThreadPane::hasFocus).isPresent() ? threadArea().orElseThrow() : current();
  }

  /// The part of the screen for the current room.
  public RoomArea current() {
    if (thread.isPresent()) return beside(whole(), true);
    return split.map(it -> half(it, it.isFirst())).orElseGet(this::whole);
  }

  /// The part of the screen for the thread beside the current room.
  public Optional<RoomArea> threadArea() {
    return thread.map(_ -> beside(whole(), false));
  }

  /// The part of the screen for the room without the focus.
  public Optional<RoomArea> other() {
    return split.map(it -> half(it, !it.isFirst()));
  }

  private RoomArea whole() {
    return new RoomArea(timelineLeft(), 0, timelineColumns(), timelineRows());
  }

  private RoomArea half(Split it, boolean isFirst) {
    var whole = whole();
    return it.isBeside() ? beside(whole, isFirst) : below(whole, isFirst, it.isFirst());
  }

  private static RoomArea beside(RoomArea whole, boolean isFirst) {
    int first = (whole.columns() - 1) / 2;
    return isFirst
        ? new RoomArea(whole.left(), 0, first, whole.rows())
        : new RoomArea(whole.left() + first + 1, 0, whole.columns() - first - 1, whole.rows());
  }

  /// If a long notice leaves few rows, the half with the focus gets most of them.
  private static RoomArea below(RoomArea whole, boolean isFirst, boolean hasFirstFocus) {
    int rows = whole.rows() + 1;
    int least = Math.min(rows - 1, MIN_AREA_ROWS);
    int upper = hasFirstFocus ? Math.max(rows / 2, least) : Math.min(rows / 2, rows - least);
    return isFirst
        ? new RoomArea(whole.left(), 0, whole.columns(), upper - 1)
        : new RoomArea(whole.left(), upper, whole.columns(), rows - upper - 1);
  }

  /// The part of the screen for a view: that of the current room, unless it is a thread beside it
  /// or the other of two rooms.
  private RoomArea area(Room room) {
    if (room.log().isThread()) return threadArea().orElseGet(this::current);
    return split
        .filter(it -> it.other().equals(room.id()))
        .flatMap(_ -> other())
        .orElseGet(this::current);
  }

  public static Scroll scroll(Model model, Room room) {
    var area = of(model).area(room);
    var settings = model.settings();
    var blocks =
        Blocks.of(
                room,
                model.user(),
                settings.zone(),
                area.columns(),
                settings.conf().links().orElse(false),
                settings.conf().strikes().orElse(false),
                settings.keys())
            .folding(settings.conf().foldsThreads());
    return new Scroll(blocks, area.rows());
  }
}
