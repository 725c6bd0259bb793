package kith.terminal.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// The open rooms: delivers each entry once, in order and without gaps.
final class OpenRooms {
  /// Error codes of an `open` that are worth a retry.
  private static final Set<String> PASSING =
      Set.of(Code.UNAVAILABLE.wire(), Code.RATE_LIMITED.wire(), Code.GOING_AWAY.wire());

  private OpenRooms() {}

  static void open(SessionStepBuilder step, String room, OptionalLong after) {
    var known = step.rooms.get(room);
    if (known == null || after.isPresent()) step.rooms.put(room, RoomCursor.at(after));
  }

  static void close(SessionStepBuilder step, String room) {
    if (step.rooms.remove(room) == null || !(step.phase instanceof SessionPhase.Live)) return;
    step.closing.add(room);
    step.transmit(new ClientFrame.Close(room));
  }

  static void requested(SessionStepBuilder step, String room) {
    step.rooms.computeIfPresent(
        room, (_, place) -> place.requestedUntil(step.now() + SessionModel.ANSWER_MILLIS));
  }

  /// Sends `open` for each room that is due, including rooms that only have posts to send.
  static void request(SessionStepBuilder step) {
    step.outbox.forEach(pending ->
        step.rooms.computeIfAbsent(
            pending.post().room(), _ -> RoomCursor.at(OptionalLong.empty())));
    for (var room : List.copyOf(step.rooms.keySet())) {
      var place = step.rooms.getOrDefault(room, RoomCursor.at(OptionalLong.empty()));
      if (place.isOpen() || place.notBefore() > step.now()) continue;
      step.transmit(new ClientFrame.Open(room, place.handled()));
      requested(step, room);
    }
  }

  static void arrived(SessionStepBuilder step, String room, List<Entry> entries) {
    var place = step.rooms.get(room);
    if (place == null) return;
    var news = new ArrayList<Entry>();
    for (var entry : entries) {
      long handled = place.handled().orElse(entry.seq() - 1);
      if (entry.seq() <= handled) continue;
      if (entry.seq() > handled + 1) {
        // entries of the previous `open` still arrive while the new one is in flight
        if (place.isOpen()) place = place.retryAt(retryTime(step, place));
        break;
      }
      news.add(entry);
      place = place.openAt(entry.seq());
    }
    step.rooms.put(room, place);
    if (!news.isEmpty()) step.emit(new SessionEvent.Arrived(room, news));
    if (!news.isEmpty() && step.hasInbox) {
      step.delivered = step.delivered.withSoon(room, news.getLast().seq(), step.now());
    }
    news.forEach(entry -> Posts.onEntry(step, room, entry));
  }

  /// Requests a gap at once, then with growing back-off while it remains.
  private static long retryTime(SessionStepBuilder step, RoomCursor place) {
    return place.tries() == 0 ? step.now() : step.retryTime(place.tries());
  }

  static void complete(SessionStepBuilder step, String room, long seq) {
    var place = step.rooms.get(room);
    if (place == null) return;
    long handled = place.handled().orElse(seq);
    if (seq > handled) {
      step.rooms.put(room, place.retryAt(retryTime(step, place)));
      return;
    }
    if (seq < handled) step.emit(new SessionEvent.Rewound(room, handled, seq));
    step.rooms.put(room, place.openAt(seq));
    step.emit(new SessionEvent.CaughtUp(room, seq));
  }

  static void gap(SessionStepBuilder step, ServerFrame.Gap gap) {
    var place = step.rooms.get(gap.room());
    if (place == null || gap.to() <= place.handled().orElse(0)) return;
    step.rooms.put(gap.room(), place.openAt(gap.to()));
    step.emit(new SessionEvent.Missing(gap.room(), gap.from(), gap.to()));
  }

  static void closed(SessionStepBuilder step, ServerFrame.Closed closed) {
    if (step.closing.remove(closed.room())) return;
    remove(step, closed.room(), closed.code(), closed.message());
  }

  static void refused(SessionStepBuilder step, ServerFrame.Problem problem, String room) {
    var place = step.rooms.get(room);
    if (place == null) return;
    if (PASSING.contains(problem.code())) {
      var wait = problem.retryAfterMillis();
      long when = wait.isPresent() ? step.now() + wait.getAsLong() : step.retryTime(place.tries());
      step.rooms.put(room, place.retryAt(when));
    } else if (!place.isOpen()) {
      remove(step, room, problem.code(), problem.message());
    }
  }

  private static void remove(SessionStepBuilder step, String room, String code, String message) {
    if (step.rooms.remove(room) == null) return;
    Posts.failAll(step, room, code, message);
    step.emit(new SessionEvent.RoomClosed(room, code, message));
  }
}
