package kith.terminal.update;

import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;

/// Changes the user's preferences: panes, room order, muting, notifications, mouse.
final class PreferenceActions {
  private static final int STEP = 2;

  private PreferenceActions() {}

  static void act(StepBuilder step, Action action) {
    switch (action) {
      case ROOMS_PANE -> toggleRooms(step);
      case MEMBERS_PANE -> toggleMembers(step);
      case ROOMS_NARROWER -> resizeRooms(step, -STEP);
      case ROOMS_WIDER -> resizeRooms(step, STEP);
      case MEMBERS_NARROWER -> resizeMembers(step, -STEP);
      case MEMBERS_WIDER -> resizeMembers(step, STEP);
      case ROOM_UP -> RoomOrder.move(step, -1);
      case ROOM_DOWN -> RoomOrder.move(step, 1);
      case MUTE -> toggleMute(step);
      case DO_NOT_DISTURB -> toggleNotifications(step);
      case MOUSE -> toggleMouse(step);
      default -> throw new IllegalArgumentException(action.configName());
    }
  }

  /// On a screen that is too narrow for the pane, the palette takes its place.
  private static void toggleRooms(StepBuilder step) {
    var before = step.preferences;
    boolean isHidden = panes(step).rooms() == 0;
    step.preferences = before.showingRooms(isHidden);
    if (!isHidden || panes(step).rooms() > 0) return;
    step.preferences = before;
    CommandPalette.open(step);
  }

  private static void toggleMembers(StepBuilder step) {
    var before = panes(step).members();
    step.preferences = step.preferences.showingMembers(before == 0);
    if (before == 0 && panes(step).members() == 0)
      step.info("The screen is too narrow for the members; /who lists them.");
  }

  private static Panes panes(StepBuilder step) {
    return Panes.of(step.model());
  }

  private static void resizeRooms(StepBuilder step, int by) {
    var panes = panes(step);
    if (panes.rooms() == 0) return;
    step.preferences = step.preferences.withRoomsColumns(panes.resized(panes.rooms(), by));
  }

  private static void resizeMembers(StepBuilder step, int by) {
    var panes = panes(step);
    if (panes.members() == 0) return;
    step.preferences = step.preferences.withMembersColumns(panes.resized(panes.members(), by));
  }

  static void toggleMute(StepBuilder step) {
    step.currentRoom()
        .ifPresent(room -> {
          boolean is = !room.listing().isMuted();
          step.change(room.id(), it -> it.with(it.listing().muted(is)));
          step.request(new Request.Mute(room.id(), is));
          step.info(
              room.name()
                  + (is ? " is muted; only mentions count as unread." : " is no longer muted."));
        });
  }

  static void toggleNotifications(StepBuilder step) {
    boolean is = !step.preferences.isQuiet();
    step.preferences = step.preferences.quiet(is);
    step.info(is ? "Notifications are off." : "Notifications are on.");
  }

  static void toggleMouse(StepBuilder step) {
    step.hasMouse = !step.hasMouse;
    step.info(
        step.hasMouse
            ? "Mouse support is on; hold Shift to select text."
            : "Mouse support is off.");
  }
}
