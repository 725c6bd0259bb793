package kith.terminal.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// What a session does about the rooms it has open: each entry once, in order, without a hole.
final class OpenRooms {
  /// Refusals of an `open` that pass by themselves.
  private static final Set<String> PASSING =
      Set.of(Code.UNAVAILABLE.wire(), Code.RATE_LIMITED.wire(), Code.GOING_AWAY.wire());

  private OpenRooms() {}

  static void open(SessionDraft draft, String room, OptionalLong after) {
    var known = draft.rooms.get(room);
    if (known == null || after.isPresent()) draft.rooms.put(room, RoomPlace.at(after));
  }

  static void close(SessionDraft draft, String room) {
    if (draft.rooms.remove(room) == null || !(draft.link instanceof Link.Live)) return;
    draft.closing.add(room);
    draft.transmit(new ClientFrame.Close(room));
  }

  static void asked(SessionDraft draft, String room) {
    draft.rooms.computeIfPresent(
        room, (_, place) -> place.askedUntil(draft.now() + SessionModel.ANSWER_MILLIS));
  }

  /// Asks for every room that is due, also for those that only have something to be sent.
  static void ask(SessionDraft draft) {
    draft.outbox.forEach(pending ->
        draft.rooms.computeIfAbsent(
            pending.post().room(), _ -> RoomPlace.at(OptionalLong.empty())));
    for (var room : List.copyOf(draft.rooms.keySet())) {
      var place = draft.rooms.getOrDefault(room, RoomPlace.at(OptionalLong.empty()));
      if (place.isOpen() || place.notBefore() > draft.now()) continue;
      draft.transmit(new ClientFrame.Open(room, place.handled()));
      asked(draft, room);
    }
  }

  static void arrived(SessionDraft draft, String room, List<Entry> entries) {
    var place = draft.rooms.get(room);
    if (place == null) return;
    var news = new ArrayList<Entry>();
    for (var entry : entries) {
      long handled = place.handled().orElse(entry.seq() - 1);
      if (entry.seq() <= handled) continue;
      if (entry.seq() > handled + 1) {
        // while the new `open` is on its way, the old one's entries still come
        if (place.isOpen()) place = place.againAt(again(draft, place));
        break;
      }
      news.add(entry);
      place = place.openAt(entry.seq());
    }
    draft.rooms.put(room, place);
    if (!news.isEmpty()) draft.emit(new SessionEvent.Arrived(room, news));
    if (!news.isEmpty() && draft.hasInbox) {
      draft.delivered = draft.delivered.withSoon(room, news.getLast().seq(), draft.now());
    }
    news.forEach(entry -> Posts.seen(draft, room, entry));
  }

  /// A hole is asked for at once, then ever less often while that does not fill it.
  private static long again(SessionDraft draft, RoomPlace place) {
    return place.tries() == 0 ? draft.now() : draft.later(place.tries());
  }

  static void complete(SessionDraft draft, String room, long seq) {
    var place = draft.rooms.get(room);
    if (place == null) return;
    long handled = place.handled().orElse(seq);
    if (seq > handled) {
      draft.rooms.put(room, place.againAt(again(draft, place)));
      return;
    }
    if (seq < handled) draft.emit(new SessionEvent.Rewound(room, handled, seq));
    draft.rooms.put(room, place.openAt(seq));
    draft.emit(new SessionEvent.CaughtUp(room, seq));
  }

  static void gap(SessionDraft draft, ServerFrame.Gap gap) {
    var place = draft.rooms.get(gap.room());
    if (place == null || gap.to() <= place.handled().orElse(0)) return;
    draft.rooms.put(gap.room(), place.openAt(gap.to()));
    draft.emit(new SessionEvent.Missing(gap.room(), gap.from(), gap.to()));
  }

  static void closed(SessionDraft draft, ServerFrame.Closed closed) {
    if (draft.closing.remove(closed.room())) return;
    shut(draft, closed.room(), closed.code(), closed.message());
  }

  static void refused(SessionDraft draft, ServerFrame.Problem problem, String room) {
    var place = draft.rooms.get(room);
    if (place == null) return;
    if (PASSING.contains(problem.code())) {
      var wait = problem.retryAfterMillis();
      long when = wait.isPresent() ? draft.now() + wait.getAsLong() : draft.later(place.tries());
      draft.rooms.put(room, place.againAt(when));
    } else if (!place.isOpen()) {
      shut(draft, room, problem.code(), problem.message());
    }
  }

  private static void shut(SessionDraft draft, String room, String code, String message) {
    if (draft.rooms.remove(room) == null) return;
    Posts.failAll(draft, room, code, message);
    draft.emit(new SessionEvent.RoomClosed(room, code, message));
  }
}
