package kith.node.person;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.Whereabouts;
import kith.protocol.rest.Presences;

/// The presence of watched members of a room, by user.
public final class LivePresence extends LiveView<Map<String, Whereabouts>> {
  private final String room;
  private final Set<String> watched;

  public LivePresence(String room, Set<String> watched) {
    this.room = room;
    this.watched = watched;
  }

  @Override
  Map<String, Whereabouts> empty() {
    return Map.of();
  }

  @Override
  Map<String, Whereabouts> with(Map<String, Whereabouts> users, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Presence presence)) return users;
    var after = new TreeMap<>(presence.whole() ? empty() : users);
    for (var user : presence.users()) after.put(user.user(), user);
    return after;
  }

  @Override
  Asking<Map<String, Whereabouts>> asks(Person who) {
    return () -> {
      var users = new TreeMap<String, Whereabouts>();
      var page = who.rest().get("/v1/rooms/" + room + "/presence").as(Presences.RoomPresence.class);
      for (var member : page.members())
        if (watched.contains(member.user()))
          users.put(
              member.user(), new Whereabouts(member.user(), member.status(), member.lastSeen()));
      return users;
    };
  }
}
