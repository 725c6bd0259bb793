package kith.terminal.net;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// What a session does about what was read, here and on other devices.
final class Reads {
  private Reads() {}

  static void say(SessionDraft draft) {
    if (!draft.seen.isDue(draft.now())) return;
    draft.seen.due().forEach((room, seq) -> draft.transmit(new ClientFrame.Read(room, seq)));
    draft.seen = draft.seen.saidAt(draft.now());
  }

  /// What was read before is said before: behind it, it would take this back.
  static void unread(SessionDraft draft, String room, long seq) {
    if (!(draft.link instanceof Link.Live)) return;
    var read = draft.seen.due().get(room);
    if (read != null) draft.transmit(new ClientFrame.Read(room, read));
    draft.seen = draft.seen.forgetting(room);
    draft.transmit(new ClientFrame.Unread(room, seq));
  }

  /// What was read was delivered. What is lost with a connection, the next delivery makes good.
  static void sayDelivered(SessionDraft draft) {
    if (!draft.delivered.isDue(draft.now())) return;
    var now = draft.delivered.some();
    now.forEach((room, seq) -> {
      if (draft.seen.said().getOrDefault(room, 0L) < seq) {
        draft.transmit(new ClientFrame.Delivered(room, seq));
      }
    });
    draft.delivered = draft.delivered.without(now.keySet(), draft.now());
  }

  static void listed(SessionDraft draft, ServerFrame.Inbox inbox) {
    for (var room : inbox.rooms()) draft.seen = draft.seen.known(room.room(), room.read());
    for (var room : inbox.removed()) draft.seen = draft.seen.forgetting(room);
    draft.emit(new SessionEvent.Inbox(inbox.rooms(), inbox.removed(), all(draft, inbox)));
  }

  /// What the beginning has named, at its end: until then nobody knows which rooms are gone.
  private static Optional<Set<String>> all(SessionDraft draft, ServerFrame.Inbox inbox) {
    if (!(draft.link instanceof Link.Live live)) return Optional.empty();
    if (!inbox.whole() && live.named().isEmpty()) return Optional.empty();
    var named = new HashSet<>(inbox.whole() ? Set.<String>of() : live.named().orElse(Set.of()));
    inbox.removed().forEach(named::remove);
    for (var room : inbox.rooms()) named.add(room.room());
    var goesOn = inbox.more().orElse(false);
    draft.link = live.naming(goesOn ? Optional.of(named) : Optional.empty());
    return goesOn ? Optional.empty() : Optional.of(named);
  }
}
