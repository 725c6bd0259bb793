package kith.terminal.update;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kith.terminal.model.Model.Notice;

/// The notice below the timeline. It belongs to the room in which it arose. It disappears when the
/// user enters another room, sends something or presses Escape, and some time after the user was
/// active.
final class Notices {
  private static final Duration SHOWN = Duration.ofSeconds(60);

  private Notices() {}

  /// An answer that arrives in another room names the room to which it belongs.
  static void answer(StepBuilder step, List<String> lines, boolean isError, String room) {
    var elsewhere = step.room(room).filter(_ -> !step.isCurrent(room));
    if (elsewhere.isEmpty()) {
      step.notice = new Notice(lines, isError);
      return;
    }
    var named = new ArrayList<>(lines);
    if (!named.isEmpty()) named.set(0, elsewhere.get().name() + ": " + named.getFirst());
    step.notice = new Notice(named, isError);
  }

  static void date(StepBuilder step, Notice before) {
    if (!step.notice.equals(before) && !step.notice.equals(Notice.NONE))
      step.notice = step.notice.at(step.moment.now());
  }

  /// The first steps stay while the user has no room.
  static void expire(StepBuilder step) {
    if (step.notice.lines().isEmpty() || step.rooms.isEmpty()) return;
    var since = step.notice.since();
    boolean isOld = since.plus(SHOWN).isBefore(step.moment.now());
    if (isOld && !step.activity.lastKey().isBefore(since)) step.notice = Notice.NONE;
  }
}
