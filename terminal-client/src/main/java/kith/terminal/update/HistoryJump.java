package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Panes;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;
import kith.terminal.model.SearchState;
import kith.terminal.model.Timeline;
import kith.terminal.net.SessionCommand;
import kith.terminal.plain.Days;

/// Jumps to a day or an entry that may be outside the loaded window.
final class HistoryJump {
  /// Prefix of the ids of its history queries.
  static final String ID_PREFIX = "there-";

  private static final int AROUND = 50;

  private HistoryJump() {}

  /// @return whether the text is a day
  static boolean toDay(StepBuilder step, String words) {
    var today = step.moment.now().atZone(step.zone).toLocalDate();
    var day = Days.parse(words, today);
    if (day.isEmpty() || step.currentRoom().isEmpty()) return false;
    ThreadActions.toRoom(step);
    var moment = day.get().atStartOfDay(step.zone).toInstant();
    step.info("Searching for " + Days.text(day.get()) + " …");
    var room = step.currentRoom().get();
    bisect(step, room, new SearchState.Since(moment, 0, room.log().end() + 1));
    return true;
  }

  /// Binary search for the first entry since a time, one history query at a time.
  private static void bisect(StepBuilder step, Room room, SearchState.Since since) {
    if (since.high() - since.low() > 1) {
      step.changeCurrent(it -> it.with(it.reading().searching(since)).with(it.log().loading(true)));
      long middle = since.low() + (since.high() - since.low()) / 2;
      ask(step, room, OptionalLong.of(middle + 1), OptionalLong.empty(), 1);
    } else if (since.high() > room.log().end()) {
      finish(step, "There are no messages since then.");
      step.changeCurrent(it -> it.with(it.reading().at(Optional.empty())));
    } else {
      toEntry(step, since.high());
    }
  }

  private static void ask(
      StepBuilder step, Room room, OptionalLong before, OptionalLong after, int limit) {
    step.request(
        new SessionCommand.History(
            new ClientFrame.History(
                ID_PREFIX + step.moment.id(), room.id(), before, after, OptionalInt.of(limit))));
  }

  private static void finish(StepBuilder step, String words) {
    step.changeCurrent(it ->
        it.with(it.reading().searching(new SearchState.None())).with(it.log().loading(false)));
    if (words.isEmpty()) step.notice = Notice.NONE;
    else step.info(words);
  }

  static void toEntry(StepBuilder step, long seq) {
    ThreadActions.toRoom(step);
    if (step.currentRoom().isEmpty()) return;
    var room = step.currentRoom().get();
    if (room.log().indexOf(seq).isPresent()) {
      finish(step, "");
      show(step, seq);
      return;
    }
    step.changeCurrent(it ->
        it.with(it.reading().searching(new SearchState.ToEntry(seq))).with(it.log().loading(true)));
    ask(
        step,
        room,
        OptionalLong.empty(),
        OptionalLong.of(Math.max(0, seq - AROUND - 1)),
        2 * AROUND);
  }

  /// Repeats the query, because queries to a room that is not open yet get no answer.
  static void resume(StepBuilder step) {
    step.currentRoom()
        .filter(room -> room.reading().search() instanceof SearchState.ToEntry)
        .ifPresent(room -> toEntry(step, ((SearchState.ToEntry) room.reading().search()).seq()));
  }

  private static void show(StepBuilder step, long seq) {
    step.currentRoom()
        .map(room -> {
          var scroll = Panes.scroll(step.model(), room);
          // a selected message is shown among those around it
          return room.reading().selected().equals(OptionalLong.of(seq))
              ? scroll.centeredOn(seq)
              : scroll.startingAt(seq);
        })
        .ifPresent(anchor -> step.changeCurrent(it -> it.with(it.reading().at(anchor))));
  }

  /// A page for one of these queries arrived.
  static void onPage(StepBuilder step, String id, List<Entry> page) {
    var room = step.currentRoom().filter(it -> it.id().equals(id));
    if (room.isEmpty()) {
      // the user has switched to another room
      step.change(
          id,
          it ->
              it.with(it.reading().searching(new SearchState.None()))
                  .with(it.log().loading(false)));
      return;
    }
    switch (room.get().reading().search()) {
      case SearchState.Since since -> bisect(step, room.get(), since.after(page));
      case SearchState.ToEntry(var seq) -> {
        if (page.isEmpty()) {
          finish(step, "#" + seq + " is no longer kept.");
          return;
        }
        long place = Math.max(seq, page.getFirst().seq());
        step.changeCurrent(it -> it.with(Timeline.of(page, it.log().end())));
        ThreadActions.count(step, id, page);
        finish(step, "");
        show(step, place);
      }
      case SearchState.None _, SearchState.Text _ -> finish(step, "");
    }
  }
}
