package kith.terminal.update;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Panes;
import kith.terminal.model.Room;
import kith.terminal.model.Seek;
import kith.terminal.model.Timeline;
import kith.terminal.net.SessionCommand;

/// Goes to a day or an entry that may be far from what is at hand.
final class Travel {
  /// How the ids of its history questions begin.
  static final String ID = "there-";

  private static final int AROUND = 50;
  private static final Pattern AGO = Pattern.compile("(\\d{1,4}) days? ago");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private Travel() {}

  /// `2026-11-03`, `today`, `yesterday`, `monday` or `3 days ago`.
  static Optional<LocalDate> day(String text, LocalDate today) {
    var words = text.strip().toLowerCase(Locale.ROOT);
    if (words.equals("today")) return Optional.of(today);
    if (words.equals("yesterday")) return Optional.of(today.minusDays(1));
    var ago = AGO.matcher(words);
    if (ago.matches()) return Optional.of(today.minusDays(Long.parseLong(ago.group(1))));
    var named =
        Stream.of(DayOfWeek.values())
            .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(words))
            .findFirst();
    if (named.isPresent()) return Optional.of(today.with(TemporalAdjusters.previous(named.get())));
    try {
      return Optional.of(LocalDate.parse(words));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// @return whether the words name a day
  static boolean toDay(Draft draft, String words) {
    var today = draft.moment.now().atZone(draft.zone).toLocalDate();
    var day = day(words, today);
    if (day.isEmpty() || draft.here().isEmpty()) return false;
    var moment = day.get().atStartOfDay(draft.zone).toInstant();
    draft.say("Looking for " + DAY.format(day.get()) + " …");
    var room = draft.here().get();
    halve(draft, room, new Seek.Since(moment, 0, room.log().end() + 1));
    return true;
  }

  /// Asks for the entry in the middle, until there is none between.
  private static void halve(Draft draft, Room room, Seek.Since since) {
    if (since.high() - since.low() > 1) {
      draft.changeHere(it -> it.with(it.reading().seeking(since)).with(it.log().loading(true)));
      long middle = since.low() + (since.high() - since.low()) / 2;
      ask(draft, room, OptionalLong.of(middle + 1), OptionalLong.empty(), 1);
    } else if (since.high() > room.log().end()) {
      arrive(draft, "Nothing was said since then.");
      draft.changeHere(it -> it.with(it.reading().at(Optional.empty())));
    } else {
      toEntry(draft, since.high());
    }
  }

  private static void ask(
      Draft draft, Room room, OptionalLong before, OptionalLong after, int limit) {
    draft.want(
        new SessionCommand.History(
            new ClientFrame.History(
                ID + draft.moment.id(), room.id(), before, after, OptionalInt.of(limit))));
  }

  private static void arrive(Draft draft, String words) {
    draft.changeHere(
        it -> it.with(it.reading().seeking(new Seek.Nothing())).with(it.log().loading(false)));
    if (words.isEmpty()) draft.notice = kith.terminal.model.Model.Notice.NONE;
    else draft.say(words);
  }

  static void toEntry(Draft draft, long seq) {
    if (draft.here().isEmpty()) return;
    var room = draft.here().get();
    if (room.log().indexOf(seq).isPresent()) {
      arrive(draft, "");
      show(draft, seq);
      return;
    }
    draft.changeHere(
        it -> it.with(it.reading().seeking(new Seek.Place(seq))).with(it.log().loading(true)));
    ask(
        draft,
        room,
        OptionalLong.empty(),
        OptionalLong.of(Math.max(0, seq - AROUND - 1)),
        2 * AROUND);
  }

  /// What was asked before the room was open was not answered.
  static void goOn(Draft draft) {
    draft
        .here()
        .filter(room -> room.reading().seek() instanceof Seek.Place)
        .ifPresent(room -> toEntry(draft, ((Seek.Place) room.reading().seek()).seq()));
  }

  private static void show(Draft draft, long seq) {
    draft
        .here()
        .map(room -> Panes.scroll(draft.model(), room).beginningAt(seq))
        .ifPresent(anchor -> draft.changeHere(it -> it.with(it.reading().at(anchor))));
  }

  /// The answer to a question of this.
  static void came(Draft draft, String id, List<Entry> page) {
    var room = draft.here().filter(it -> it.id().equals(id));
    if (room.isEmpty()) {
      // somebody has gone to another room meanwhile
      draft.change(
          id,
          it -> it.with(it.reading().seeking(new Seek.Nothing())).with(it.log().loading(false)));
      return;
    }
    switch (room.get().reading().seek()) {
      case Seek.Since since -> halve(draft, room.get(), since.after(page));
      case Seek.Place(var seq) -> {
        if (page.isEmpty()) {
          arrive(draft, "#" + seq + " is no longer kept.");
          return;
        }
        long place = Math.max(seq, page.getFirst().seq());
        draft.changeHere(it -> it.with(Timeline.of(page, it.log().end())));
        arrive(draft, "");
        show(draft, place);
      }
      case Seek.Nothing _, Seek.Words _ -> arrive(draft, "");
    }
  }
}
