package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Editor;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// Coming, going and moving between rooms.
final class Rooms {
  private Rooms() {}

  static void entered(Draft draft, RoomAnswers.Room answer) {
    var known = draft.room(answer.room());
    if (known.isEmpty() || known.get().name().isEmpty()) {
      draft.rooms.removeIf(room -> room.id().equals(answer.room()));
      var fresh = Room.of(answer).withOwn(known.map(Room::own).orElse(List.of()));
      draft.rooms.add(fresh);
      draft.want(SessionCommand.Open.after(fresh.id(), fresh.log().end()));
    }
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
        it.marked()
            .with(draftText)
            .with(it.reading().held(false).at(Optional.empty()).selecting(OptionalLong.empty())));
    draft.previous = draft.current;
    draft.current = Optional.of(room);
    draft.editor = draft.room(room).map(Room::draft).orElse(Editor.empty());
    draft.recalled = -1;
    draft.notice = Notice.NONE;
    draft.habits = draft.habits.in(room);
    draft.want(new Request.LoadRoom(room));
    var reading = draft.room(room).orElseThrow().reading();
    boolean isBehind = reading.unread() > 0 || reading.marker() < reading.read();
    boolean isOnline = draft.connection instanceof ConnectionState.Online;
    // what is not at hand cannot be gone to without a connection
    if (isBehind && isOnline && draft.conf.rooms().atUnread()) Looking.toUnread(draft);
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
      if (found.isEmpty() && room.calls()) found = Optional.of(room);
    }
    found.ifPresentOrElse(room -> goTo(draft, room.id()), () -> draft.say("Nothing is unread."));
  }
}
