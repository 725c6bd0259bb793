package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.Matches;
import kith.terminal.layout.Panes;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.model.SearchState;

/// Text search in a room, from the latest entry backwards.
final class Search {
  private static final int PAGES = 20;

  private Search() {}

  static void begin(StepBuilder step) {
    step.currentRoom()
        .ifPresent(room ->
            step.overlay =
                new Overlay.Find(
                    lastQuery(room), room.reading().anchor(), room.reading().selected(), false));
  }

  /// The previous query in this room.
  private static String lastQuery(Room room) {
    return room.reading().search() instanceof SearchState.Text text ? text.query() : "";
  }

  static void typed(StepBuilder step, Overlay.Find find, String query) {
    step.overlay = new Overlay.Find(query, find.anchor(), find.selected(), true);
    step.changeCurrent(it ->
        it.with(
            it.reading()
                .at(find.anchor())
                .selecting(OptionalLong.empty())
                .searching(new SearchState.Text(query, 0, false))));
    if (!query.isBlank()) older(step);
  }

  static void search(StepBuilder step, String query) {
    ThreadActions.toRoom(step);
    typed(step, new Overlay.Find("", Optional.empty(), OptionalLong.empty(), true), query);
    finish(step);
  }

  /// Closes the search and opens the message menu on the match.
  private static void finish(StepBuilder step) {
    step.overlay =
        SelectionActions.selected(step).isPresent()
            ? new Overlay.MessageMenu()
            : new Overlay.None();
  }

  static void act(StepBuilder step, Overlay.Find find, Action action) {
    var query = find.query();
    switch (action) {
      case BACKSPACE -> typed(step, find, shorter(query));
      case DELETE_WORD, DELETE_TO_START -> typed(step, find, "");
      case FIND -> {
        if (find.isUsed() || !step.offers("search")) go(step, find, true);
        else everywhere(step, find);
      }
      case FIND_OLDER, UP, SELECT_UP, ROOM_BEFORE -> go(step, find, true);
      case FIND_NEWER, DOWN, SELECT_DOWN, ROOM_AFTER -> go(step, find, false);
      case PAGE_UP, PAGE_DOWN, LINE_UP, LINE_DOWN -> ChatActions.act(step, action);
      case SEND -> finish(step);
      case CANCEL, INTERRUPT -> leave(step, find);
      default -> {}
    }
  }

  private static void go(StepBuilder step, Overlay.Find find, boolean isOlder) {
    step.overlay = new Overlay.Find(find.query(), find.anchor(), find.selected(), true);
    if (isOlder) older(step);
    else newer(step);
  }

  /// The key that opened the search was pressed twice.
  private static void everywhere(StepBuilder step, Overlay.Find find) {
    leave(step, find);
    ServerSearches.open(step, find.query());
  }

  private static String shorter(String query) {
    return query.isEmpty() ? "" : query.substring(0, query.offsetByCodePoints(query.length(), -1));
  }

  private static void leave(StepBuilder step, Overlay.Find find) {
    step.overlay = new Overlay.None();
    step.notice = Notice.NONE;
    step.changeCurrent(it ->
        it.with(
            it.reading()
                .at(find.anchor())
                .selecting(find.selected())
                .searching(new SearchState.None())));
  }

  /// @return whether there is a query
  static boolean older(StepBuilder step) {
    var room = step.currentRoom();
    if (room.isEmpty() || !(room.get().reading().search() instanceof SearchState.Text text))
      return false;
    var entries = room.get().log().entries();
    int from = place(room.get(), entries.size());
    for (int index = from - 1; index >= 0; index--) {
      if (found(step, text, entries.get(index))) return true;
    }
    searchOlderPages(step, room.get(), text);
    return true;
  }

  static boolean newer(StepBuilder step) {
    var room = step.currentRoom();
    if (room.isEmpty() || !(room.get().reading().search() instanceof SearchState.Text text))
      return false;
    var entries = room.get().log().entries();
    for (int index = place(room.get(), entries.size()) + 1; index < entries.size(); index++) {
      if (found(step, text, entries.get(index))) return true;
    }
    step.info("There is no newer match in the loaded messages.");
    return true;
  }

  /// The index to continue from: the selected match, or else the lowest entry on the screen.
  private static int place(Room room, int otherwise) {
    var reading = room.reading();
    if (reading.selected().isPresent()) {
      return room.log().indexOf(reading.selected().getAsLong()).orElse(otherwise);
    }
    return reading.anchor().stream()
        .mapToInt(anchor -> room.log().indexOf(anchor.seq()).orElse(otherwise - 1) + 1)
        .findFirst()
        .orElse(otherwise);
  }

  private static boolean found(StepBuilder step, SearchState.Text text, Entry entry) {
    if (!Matches.in(entry, text.query())) return false;
    step.notice = Notice.NONE;
    step.changeCurrent(it ->
        it.with(
            it.reading()
                .selecting(OptionalLong.of(entry.seq()))
                .searching(new SearchState.Text(text.query(), 0, false))));
    show(step, entry.seq());
    return true;
  }

  private static void show(StepBuilder step, long seq) {
    step.currentRoom()
        .map(room -> Panes.scroll(step.model(), room).centeredOn(seq))
        .ifPresent(anchor -> step.changeCurrent(it -> it.with(it.reading().at(anchor))));
  }

  private static void searchOlderPages(StepBuilder step, Room room, SearchState.Text text) {
    var log = room.log();
    if (log.isWhole()) {
      step.info("There is no older match: this is the beginning of " + room.name() + ".");
    } else if (text.isOffered()) {
      searching(step, new SearchState.Text(text.query(), PAGES, false));
    } else {
      step.info(
          "There is no older match in the loaded messages, #"
              + log.before()
              + " to #"
              + log.last()
              + ". Search again to load older ones.");
      step.changeCurrent(
          it -> it.with(it.reading().searching(new SearchState.Text(text.query(), 0, true))));
    }
  }

  /// Scrolls up with the search, because older pages are loaded when the top of the window is on
  /// the screen.
  private static void searching(StepBuilder step, SearchState.Text text) {
    step.changeCurrent(it -> it.with(it.reading().searching(text)));
    step.currentRoom()
        .filter(room -> !room.log().entries().isEmpty())
        .ifPresent(room -> {
          long top = room.log().before();
          step.info("Searching before #" + top + " … Escape stops it.");
          show(step, top);
        });
  }

  /// An older page has arrived.
  static void onPage(StepBuilder step, String id, List<Entry> page) {
    var room = step.currentRoom().filter(it -> it.id().equals(id));
    if (room.isEmpty() || !(room.get().reading().search() instanceof SearchState.Text text)) return;
    if (text.pages() == 0) return;
    for (var entry : page.reversed()) {
      if (found(step, text, entry)) return;
    }
    if (room.get().log().isWhole() || text.pages() == 1) {
      var asked = new SearchState.Text(text.query(), 0, false);
      step.changeCurrent(
          it -> it.with(it.reading().searching(asked).selecting(OptionalLong.empty())));
      searchOlderPages(step, room.get(), asked);
    } else {
      searching(step, new SearchState.Text(text.query(), text.pages() - 1, false));
    }
  }
}
