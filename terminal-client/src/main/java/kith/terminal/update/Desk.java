package kith.terminal.update;

import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;

/// What somebody arranges for themselves: panes, what is muted, who has the mouse.
final class Desk {
  private static final int STEP = 2;

  private Desk() {}

  static void act(Draft draft, Action action) {
    switch (action) {
      case ROOMS_PANE -> draft.habits = draft.habits.showingRooms(panes(draft).rooms() == 0);
      case MEMBERS_PANE -> draft.habits = draft.habits.showingMembers(panes(draft).members() == 0);
      case ROOMS_NARROWER -> resizeRooms(draft, -STEP);
      case ROOMS_WIDER -> resizeRooms(draft, STEP);
      case MEMBERS_NARROWER -> resizeMembers(draft, -STEP);
      case MEMBERS_WIDER -> resizeMembers(draft, STEP);
      case ROOM_UP -> Sorting.move(draft, -1);
      case ROOM_DOWN -> Sorting.move(draft, 1);
      case MUTE -> mute(draft);
      case DO_NOT_DISTURB -> quiet(draft);
      case MOUSE -> mouse(draft);
      default -> throw new IllegalArgumentException(action.word());
    }
  }

  private static Panes panes(Draft draft) {
    return Panes.of(draft.model());
  }

  private static void resizeRooms(Draft draft, int by) {
    var panes = panes(draft);
    if (panes.rooms() == 0) return;
    draft.habits = draft.habits.withRoomsColumns(panes.resized(panes.rooms(), by));
  }

  private static void resizeMembers(Draft draft, int by) {
    var panes = panes(draft);
    if (panes.members() == 0) return;
    draft.habits = draft.habits.withMembersColumns(panes.resized(panes.members(), by));
  }

  static void mute(Draft draft) {
    draft
        .here()
        .ifPresent(room -> {
          boolean is = !room.listed().isMuted();
          draft.change(room.id(), it -> it.with(it.listed().muted(is)));
          draft.want(new Request.Mute(room.id(), is));
          draft.say(room.name() + (is ? " is muted: only mentions count." : " is heard again."));
        });
  }

  static void quiet(Draft draft) {
    boolean is = !draft.habits.isQuiet();
    draft.habits = draft.habits.quiet(is);
    draft.say(is ? "No notifications until you say so." : "Notifications are on again.");
  }

  static void mouse(Draft draft) {
    draft.hasMouse = !draft.hasMouse;
    draft.say(
        draft.hasMouse
            ? "Clicks and the wheel come to Kith; hold Shift to select text."
            : "The mouse is the terminal's again.");
  }
}
