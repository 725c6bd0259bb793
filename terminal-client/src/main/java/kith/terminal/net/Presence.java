package kith.terminal.net;

import java.util.List;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;

/// Subscribes to the presence of others and reports the user's own.
final class Presence {
  private Presence() {}

  /// A room must be open before its members can be watched.
  static void watch(SessionStepBuilder step) {
    var watch = step.presence.watch();
    if (watch.isEmpty() || step.presence.isSent() || !step.has("presence")) return;
    if (watch.get().room().isPresent() && !isOpen(step, watch.get().room().get())) return;
    step.transmit(watch.get());
    step.presence = step.presence.sent(true);
  }

  private static boolean isOpen(SessionStepBuilder step, String room) {
    var place = step.rooms.get(room);
    return place != null && place.isOpen();
  }

  static void typing(SessionStepBuilder step, String room) {
    if (step.has("typing") && isOpen(step, room)) {
      step.transmit(new ClientFrame.Typing(room));
    }
  }

  static void count(SessionStepBuilder step, String room, long seq) {
    if (step.has("receipts") && isOpen(step, room)) {
      step.transmit(new ClientFrame.Receipts(room, List.of(seq)));
    }
  }

  static void idle(SessionStepBuilder step, boolean is) {
    step.presence = step.presence.idle(is);
    if (step.phase instanceof SessionPhase.Live) sendStatus(step, is ? Status.IDLE : Status.ONLINE);
  }

  /// The node treats a new connection as active.
  static void onWelcome(SessionStepBuilder step) {
    step.presence = step.presence.sent(false);
    if (step.presence.isIdle()) sendStatus(step, Status.IDLE);
  }

  private static void sendStatus(SessionStepBuilder step, Status status) {
    if (step.has("presence")) step.transmit(new ClientFrame.ChangeStatus(status));
  }
}
