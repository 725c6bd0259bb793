package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.UserPresence;

/// The presence of the users on the screen, and the reports about this user.
///
/// @param users by user name
/// @param typing the other users who are typing, by room
/// @param watched the latest subscription
/// @param typed when typing was last reported
/// @param isIdle this user was reported as idle
public record PresenceState(
    Map<String, UserPresence> users,
    Map<String, List<String>> typing,
    Optional<ClientFrame.Watch> watched,
    Instant typed,
    boolean isIdle) {
  public static final PresenceState NONE =
      new PresenceState(Map.of(), Map.of(), Optional.empty(), Instant.EPOCH, false);

  public PresenceState {
    users = Map.copyOf(users);
    typing = Map.copyOf(typing);
  }

  /// Presence is unknown while offline.
  public PresenceState unknown() {
    return new PresenceState(Map.of(), Map.of(), watched, Instant.EPOCH, isIdle);
  }

  public PresenceState updated(List<UserPresence> changes, boolean isWhole) {
    var now = new HashMap<>(isWhole ? Map.<String, UserPresence>of() : users);
    for (var user : changes) now.put(user.user(), user);
    return new PresenceState(now, typing, watched, typed, isIdle);
  }

  public PresenceState typing(String room, List<String> typists) {
    var now = new HashMap<>(typing);
    if (typists.isEmpty()) now.remove(room);
    else now.put(room, List.copyOf(typists));
    return new PresenceState(users, now, watched, typed, isIdle);
  }

  /// A message of the user has arrived, so they are no longer typing it.
  public PresenceState typingEnded(String room, String user) {
    var left = new ArrayList<>(typing.getOrDefault(room, List.of()));
    return left.remove(user) ? typing(room, left) : this;
  }

  public PresenceState watching(ClientFrame.Watch watch) {
    return new PresenceState(users, typing, Optional.of(watch), typed, isIdle);
  }

  public PresenceState typedAt(Instant when) {
    return new PresenceState(users, typing, watched, when, isIdle);
  }

  public PresenceState idle(boolean is) {
    return new PresenceState(users, typing, watched, typed, is);
  }

  public Optional<UserPresence> of(String user) {
    return Optional.ofNullable(users.get(user));
  }

  public boolean is(String user, Status status) {
    return of(user).map(UserPresence::status).filter(it -> it == status).isPresent();
  }
}
