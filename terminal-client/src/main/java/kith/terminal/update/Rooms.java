package kith.terminal.update;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.keys.Action;
import kith.terminal.model.Editor;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;

/// Coming, going and moving between rooms.
final class Rooms {
  private Rooms() {}

  static void mine(Draft draft, List<Input.Known> known) {
    for (var it : known) know(draft, it.room(), it.read());
    draft.rooms.removeIf(room ->
        known.stream().noneMatch(it -> it.room().room().equals(room.id())) && room.own().isEmpty());
    draft.habits = draft.habits.among(known.stream().map(it -> it.room().room()).collect(toSet()));
    Sorting.settle(draft);
    if (draft.here().isEmpty()) {
      draft.current = Optional.empty();
      draft.rooms.stream().findFirst().ifPresent(room -> goTo(draft, room.id()));
    }
    if (draft.rooms.isEmpty()) {
      draft.notice =
          new Notice(
              List.of(
                  "You are in no room yet.",
                  "/rooms lists the public ones, /join NAME goes in,",
                  "/create NAME makes a new one. " + draft.hint(Action.HELP) + " shows all keys."),
              false);
    }
  }

  private static void know(Draft draft, RoomAnswers.Room answer, long read) {
    var known = draft.room(answer.room());
    if (known.isPresent() && !known.get().name().isEmpty()) {
      draft.change(answer.room(), room -> room.named(answer.title(), answer.topic()));
      return;
    }
    // posts of an earlier run may wait in a room of which nothing else is known
    var fresh = Room.of(answer, read).withOwn(known.map(Room::own).orElse(List.of()));
    draft.rooms.removeIf(room -> room.id().equals(answer.room()));
    draft.rooms.add(fresh);
    draft.want(new Request.Open(fresh.id(), fresh.log().end()));
  }

  /// Until then everything that came since counted as unread.
  static void counted(Draft draft, Input.Counted counted) {
    draft.change(
        counted.room(),
        room -> {
          var reading = room.reading();
          long guessed = counted.end() - counted.read();
          if (reading.read() != counted.read() || reading.unread() < guessed) return room;
          int fewer = (int) (guessed - counted.unread());
          return room.with(reading.counted(-fewer, counted.mentions()));
        });
  }

  static void entered(Draft draft, RoomAnswers.Room answer) {
    know(draft, answer, answer.lastSeq().orElse(0L));
    goTo(draft, answer.room());
  }

  static void forget(Draft draft, String room) {
    draft.rooms.removeIf(it -> it.id().equals(room));
    if (!draft.isHere(room)) return;
    draft.current = Optional.empty();
    draft.editor = Editor.empty();
    draft
        .previous
        .filter(it -> draft.room(it).isPresent())
        .or(() -> draft.rooms.stream().findFirst().map(Room::id))
        .ifPresent(next -> goTo(draft, next));
  }

  static void goTo(Draft draft, String room) {
    if (draft.isHere(room) || draft.room(room).isEmpty()) return;
    var draftText = draft.editor;
    draft.changeHere(it ->
        it.with(draftText)
            .with(it.reading().marked().at(Optional.empty()).selecting(OptionalLong.empty())));
    draft.previous = draft.current;
    draft.current = Optional.of(room);
    draft.editor = draft.room(room).map(Room::draft).orElse(Editor.empty());
    draft.recalled = -1;
    draft.notice = Notice.NONE;
    draft.want(new Request.LoadMembers(room));
  }

  static void goToNumber(Draft draft, int number) {
    if (number <= draft.rooms.size()) goTo(draft, draft.rooms.get(number - 1).id());
    else draft.complain("There is no room " + number + ".");
  }

  static void step(Draft draft, int by) {
    if (draft.rooms.isEmpty()) return;
    int here = indexHere(draft);
    goTo(draft, draft.rooms.get(Math.floorMod(here + by, draft.rooms.size())).id());
  }

  private static int indexHere(Draft draft) {
    for (int index = 0; index < draft.rooms.size(); index++) {
      if (draft.isHere(draft.rooms.get(index).id())) return index;
    }
    return 0;
  }

  /// Mentions come first, then the next one down the list.
  static void nextUnread(Draft draft) {
    int here = indexHere(draft);
    Optional<Room> found = Optional.empty();
    for (int by = 1; by < draft.rooms.size(); by++) {
      var room = draft.rooms.get((here + by) % draft.rooms.size());
      if (room.reading().mentions() > 0) {
        found = Optional.of(room);
        break;
      }
      boolean isUnread = room.reading().unread() > 0 && !draft.habits.isMuted(room.id());
      if (found.isEmpty() && isUnread) found = Optional.of(room);
    }
    found.ifPresentOrElse(room -> goTo(draft, room.id()), () -> draft.say("Nothing is unread."));
  }
}
