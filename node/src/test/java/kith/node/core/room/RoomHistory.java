package kith.node.core.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.Moderation;

/// Events of a room, with short names. `after` returns the room that they lead to.
public final class RoomHistory {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  public static final RoomState.Bounds BOUNDS =
      new RoomState.Bounds(4, 2, 2, new RecentPosts.Window(80, 80, Duration.ofHours(1)));

  private RoomHistory() {}

  public static RoomState after(RoomEvent... events) {
    return after(RoomState.absent(BOUNDS), List.of(events));
  }

  public static RoomState after(RoomState room, List<RoomEvent> events) {
    for (var event : events) room = room.with(event);
    return room;
  }

  public static RoomEvent publicRoomOf(String owner) {
    return created(owner, Visibility.PUBLIC, Optional.empty(), OptionalInt.empty());
  }

  public static RoomEvent privateRoomOf(String owner) {
    return created(owner, Visibility.PRIVATE, Optional.empty(), OptionalInt.empty());
  }

  public static RoomEvent created(
      String owner, Visibility visibility, Optional<String> passcodeHash, OptionalInt capacity) {
    return new RoomEvent.Created(
        owner, NOW, "lobby", "talk", visibility, passcodeHash, capacity, Optional.empty());
  }

  public static RoomEvent joined(String user) {
    return new RoomEvent.Joined(user, NOW, Optional.empty());
  }

  public static RoomEvent joinedAt(String user, Instant at) {
    return new RoomEvent.Joined(user, at, Optional.empty());
  }

  public static RoomEvent invitedBack(String user, String invitation) {
    return new RoomEvent.Joined(user, NOW, Optional.of(invitation));
  }

  public static RoomEvent left(String user) {
    return new RoomEvent.Left(user, NOW);
  }

  public static RoomEvent kicked(String by, String user) {
    return new RoomEvent.Kicked(by, NOW, user, Optional.empty());
  }

  public static RoomEvent banned(String by, String user) {
    return new RoomEvent.Banned(by, NOW, user, Optional.empty());
  }

  public static RoomEvent role(String by, String user, Role role) {
    return new RoomEvent.RoleChanged(by, NOW, user, role);
  }

  public static RoomEvent invitation(String by, String id, Instant expires, OptionalInt uses) {
    return new RoomEvent.Invited(by, NOW, id, "hash-of-" + id, expires, uses);
  }

  public static RoomEvent invitation(String by, String id) {
    return invitation(by, id, NOW.plusSeconds(60), OptionalInt.empty());
  }

  public static RoomEvent moderated(Moderation moderation) {
    return moderated("ann", moderation);
  }

  public static RoomEvent moderated(String by, Moderation moderation) {
    return new RoomEvent.SettingsChanged(
        by,
        NOW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(moderation));
  }

  public static RoomEvent said(String by, String id, String body) {
    return new RoomEvent.Posted(by, NOW, id, body, OptionalLong.empty());
  }

  public static RoomEvent edited(String by, String id, long target, String body) {
    return new RoomEvent.Edited(by, NOW, id, target, body);
  }

  public static RoomEvent redacted(String by, String id, long target) {
    return new RoomEvent.Redacted(by, NOW, id, target, Optional.empty());
  }

  public static RoomEvent deleted(String by) {
    return new RoomEvent.Deleted(by, NOW);
  }
}
