package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.layout.Matches;
import kith.terminal.layout.Panes;
import kith.terminal.model.Overlay;
import kith.terminal.model.Room;
import kith.terminal.model.Seek;

/// Looks for words in a room, from the latest up.
final class Finding {
  private static final int PAGES = 20;

  private Finding() {}

  static void begin(Draft draft) {
    draft
        .here()
        .ifPresent(room ->
            draft.overlay =
                new Overlay.Find(words(room), room.reading().anchor(), room.reading().selected()));
  }

  /// The words that were looked for here the last time.
  private static String words(Room room) {
    return room.reading().seek() instanceof Seek.Words words ? words.words() : "";
  }

  static void typed(Draft draft, Overlay.Find find, String query) {
    draft.overlay = new Overlay.Find(query, find.anchor(), find.selected());
    draft.changeHere(it ->
        it.with(
            it.reading()
                .at(find.anchor())
                .selecting(OptionalLong.empty())
                .seeking(new Seek.Words(query, 0, false))));
    if (!query.isBlank()) older(draft);
  }

  static void search(Draft draft, String words) {
    typed(draft, new Overlay.Find("", Optional.empty(), OptionalLong.empty()), words);
    keep(draft);
  }

  /// Somebody who found what they looked for does something with it.
  private static void keep(Draft draft) {
    draft.overlay =
        Selecting.selected(draft).isPresent() ? new Overlay.Acting() : new Overlay.None();
  }

  static void act(Draft draft, Overlay.Find find, Action action) {
    var query = find.query();
    switch (action) {
      case BACKSPACE -> typed(draft, find, shorter(query));
      case DELETE_WORD, DELETE_TO_START -> typed(draft, find, "");
      case FIND, FIND_OLDER, UP, SELECT_UP, ROOM_BEFORE -> older(draft);
      case FIND_NEWER, DOWN, SELECT_DOWN, ROOM_AFTER -> newer(draft);
      case PAGE_UP, PAGE_DOWN, LINE_UP, LINE_DOWN -> Talk.act(draft, action);
      case SEND -> keep(draft);
      case CANCEL, INTERRUPT -> leave(draft, find);
      default -> {}
    }
  }

  private static String shorter(String query) {
    return query.isEmpty() ? "" : query.substring(0, query.offsetByCodePoints(query.length(), -1));
  }

  private static void leave(Draft draft, Overlay.Find find) {
    draft.overlay = new Overlay.None();
    draft.notice = kith.terminal.model.Model.Notice.NONE;
    draft.changeHere(it ->
        it.with(
            it.reading().at(find.anchor()).selecting(find.selected()).seeking(new Seek.Nothing())));
  }

  /// @return whether there are words to look for
  static boolean older(Draft draft) {
    var room = draft.here();
    if (room.isEmpty() || !(room.get().reading().seek() instanceof Seek.Words words)) return false;
    var entries = room.get().log().entries();
    int from = place(room.get(), entries.size());
    for (int index = from - 1; index >= 0; index--) {
      if (found(draft, words, entries.get(index))) return true;
    }
    lookFurther(draft, room.get(), words);
    return true;
  }

  static boolean newer(Draft draft) {
    var room = draft.here();
    if (room.isEmpty() || !(room.get().reading().seek() instanceof Seek.Words words)) return false;
    var entries = room.get().log().entries();
    for (int index = place(room.get(), entries.size()) + 1; index < entries.size(); index++) {
      if (found(draft, words, entries.get(index))) return true;
    }
    draft.say("No later match in what is loaded.");
    return true;
  }

  /// Where to go on from: the match that is chosen, or what is lowest on the screen.
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

  private static boolean found(Draft draft, Seek.Words words, Entry entry) {
    if (!Matches.in(entry, words.words())) return false;
    draft.notice = kith.terminal.model.Model.Notice.NONE;
    draft.changeHere(it ->
        it.with(
            it.reading()
                .selecting(OptionalLong.of(entry.seq()))
                .seeking(new Seek.Words(words.words(), 0, false))));
    show(draft, entry.seq());
    return true;
  }

  private static void show(Draft draft, long seq) {
    draft
        .here()
        .map(room -> Panes.scroll(draft.model(), room).showing(seq))
        .ifPresent(anchor -> draft.changeHere(it -> it.with(it.reading().at(anchor))));
  }

  private static void lookFurther(Draft draft, Room room, Seek.Words words) {
    var log = room.log();
    if (log.isWhole()) {
      draft.say("No earlier match: this is the beginning of " + room.name() + ".");
    } else if (words.isAsked()) {
      seeking(draft, new Seek.Words(words.words(), PAGES, false));
    } else {
      draft.say(
          "No earlier match in what is loaded, #"
              + log.before()
              + " to #"
              + log.last()
              + ". Once more looks further back.");
      draft.changeHere(it -> it.with(it.reading().seeking(new Seek.Words(words.words(), 0, true))));
    }
  }

  /// What is on the screen decides what is loaded: so it goes up with the search.
  private static void seeking(Draft draft, Seek.Words words) {
    draft.changeHere(it -> it.with(it.reading().seeking(words)));
    draft
        .here()
        .filter(room -> !room.log().entries().isEmpty())
        .ifPresent(room -> {
          long top = room.log().before();
          draft.say("Looking further back than #" + top + " … Escape ends it.");
          show(draft, top);
        });
  }

  /// A page of what came earlier is at hand now.
  static void loaded(Draft draft, String id, List<Entry> page) {
    var room = draft.here().filter(it -> it.id().equals(id));
    if (room.isEmpty() || !(room.get().reading().seek() instanceof Seek.Words words)) return;
    if (words.pages() == 0) return;
    for (var entry : page.reversed()) {
      if (found(draft, words, entry)) return;
    }
    if (room.get().log().isWhole() || words.pages() == 1) {
      var asked = new Seek.Words(words.words(), 0, false);
      draft.changeHere(it -> it.with(it.reading().seeking(asked).selecting(OptionalLong.empty())));
      lookFurther(draft, room.get(), asked);
    } else {
      seeking(draft, new Seek.Words(words.words(), words.pages() - 1, false));
    }
  }
}
