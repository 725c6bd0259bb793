package kith.node.person;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.Presences;

/// The presence of watched members of a room, by user.
public final class LivePresence extends LiveView<Map<String, UserPresence>> {
  private final String room;
  private final Set<String> watched;

  public LivePresence(String room, Set<String> watched) {
    this.room = room;
    this.watched = watched;
  }

  @Override
  Map<String, UserPresence> empty() {
    return Map.of();
  }

  @Override
  Map<String, UserPresence> with(Map<String, UserPresence> users, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Presence presence)) return users;
    var after = new TreeMap<>(presence.whole() ? empty() : users);
    for (var user : presence.users()) after.put(user.user(), user);
    return after;
  }

  @Override
  Asking<Map<String, UserPresence>> asks(Person who) {
    return () -> {
      var users = new TreeMap<String, UserPresence>();
      var page = who.rest().get("/v1/rooms/" + room + "/presence").as(Presences.RoomPresence.class);
      for (var member : page.members())
        if (watched.contains(member.user()))
          users.put(
              member.user(), new UserPresence(member.user(), member.status(), member.lastSeen()));
      return users;
    };
  }
}
