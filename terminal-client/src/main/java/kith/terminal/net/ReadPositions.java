package kith.terminal.net;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Sends read and delivered positions, and receives those of other devices.
final class ReadPositions {
  private ReadPositions() {}

  static void send(SessionStepBuilder step) {
    if (!step.read.isDue(step.now()) || !step.has("inbox")) return;
    step.read.due().forEach((room, seq) -> step.transmit(new ClientFrame.Read(room, seq)));
    step.read = step.read.sentAt(step.now());
  }

  /// Sends a pending read position first: after the `unread` it would undo it.
  static void unread(SessionStepBuilder step, String room, long seq) {
    if (!step.has("inbox")) return;
    var read = step.read.due().get(room);
    if (read != null) step.transmit(new ClientFrame.Read(room, read));
    step.read = step.read.without(room);
    step.transmit(new ClientFrame.Unread(room, seq));
  }

  /// A read position implies delivery. A position lost with the connection is covered by the next
  /// one.
  static void sendDelivered(SessionStepBuilder step) {
    if (!step.delivered.isDue(step.now())) return;
    var now = step.delivered.nextBatch();
    now.forEach((room, seq) -> {
      if (step.read.sent().getOrDefault(room, 0L) < seq && step.has("receipts")) {
        step.transmit(new ClientFrame.Delivered(room, seq));
      }
    });
    step.delivered = step.delivered.without(now.keySet(), step.now());
  }

  static void onInbox(SessionStepBuilder step, ServerFrame.Inbox inbox) {
    for (var room : inbox.rooms()) step.read = step.read.confirmed(room.room(), room.read());
    for (var room : inbox.removed()) step.read = step.read.without(room);
    step.emit(new SessionEvent.Inbox(inbox.rooms(), inbox.removed(), all(step, inbox)));
  }

  /// The ids of all rooms, at the end of the initial inbox pages. Before that, no room is known to
  /// be gone.
  private static Optional<Set<String>> all(SessionStepBuilder step, ServerFrame.Inbox inbox) {
    if (!(step.phase instanceof SessionPhase.Live live)) return Optional.empty();
    if (!inbox.whole() && live.listed().isEmpty()) return Optional.empty();
    var listed = new HashSet<>(inbox.whole() ? Set.<String>of() : live.listed().orElse(Set.of()));
    inbox.removed().forEach(listed::remove);
    for (var room : inbox.rooms()) listed.add(room.room());
    var hasMore = inbox.more().orElse(false);
    step.phase = live.listing(hasMore ? Optional.of(listed) : Optional.empty());
    return hasMore ? Optional.empty() : Optional.of(listed);
  }
}
