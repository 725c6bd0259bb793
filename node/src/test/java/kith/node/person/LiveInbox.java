package kith.node.person;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;

/// The inbox: its rooms by id.
public final class LiveInbox extends LiveView<Map<String, InboxRoom>> {
  @Override
  Map<String, InboxRoom> empty() {
    return Map.of();
  }

  @Override
  Map<String, InboxRoom> with(Map<String, InboxRoom> rooms, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Inbox inbox)) return rooms;
    var after = new TreeMap<>(inbox.whole() ? empty() : rooms);
    for (var change : inbox.rooms()) after.merge(change.room(), change, LiveInbox::merged);
    inbox.removed().forEach(after::remove);
    return after;
  }

  @Override
  Asking<Map<String, InboxRoom>> asks(Person who) {
    return () -> {
      var rooms = new TreeMap<String, InboxRoom>();
      for (var room : who.inboxOverRest()) rooms.put(room.room(), room);
      return rooms;
    };
  }

  static Optional<InboxRoom> row(List<ServerFrame> frames, String room) {
    return Optional.ofNullable(new LiveInbox().after(frames).get(room));
  }

  /// Fields absent from a change keep their values.
  private static InboxRoom merged(InboxRoom before, InboxRoom change) {
    return new InboxRoom(
        change.room(),
        change.name().or(before::name),
        change.visibility().or(before::visibility),
        change.with().or(before::with),
        change.seq(),
        change.read(),
        change.unread(),
        change.unreadFrom(),
        change.mentions(),
        change.muted(),
        change
            .latest()
            .or(() -> change.latestHidden().orElse(false) ? Optional.empty() : before.latest()),
        change.latestHidden());
  }
}
