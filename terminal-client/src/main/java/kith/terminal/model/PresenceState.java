package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Whereabouts;

/// Who is users, of those on the screen.
///
/// @param there by user name
/// @param typing who else writes something just now, by room
/// @param watched whom the server was asked to tell of
/// @param typed when it was told that this person writes
/// @param isIdle the server was told that this person is not at their keyboard
public record PresenceState(
    Map<String, Whereabouts> users,
    Map<String, List<String>> typing,
    Optional<ClientFrame.Watch> watched,
    Instant typed,
    boolean isIdle) {
  public static final PresenceState NOBODY =
      new PresenceState(Map.of(), Map.of(), Optional.empty(), Instant.EPOCH, false);

  public PresenceState {
    users = Map.copyOf(users);
    typing = Map.copyOf(typing);
  }

  /// Without a connection nobody knows.
  public PresenceState unknown() {
    return new PresenceState(Map.of(), Map.of(), watched, Instant.EPOCH, isIdle);
  }

  public PresenceState updated(List<Whereabouts> changes, boolean isWhole) {
    var now = new HashMap<>(isWhole ? Map.<String, Whereabouts>of() : users);
    for (var user : changes) now.put(user.user(), user);
    return new PresenceState(now, typing, watched, typed, isIdle);
  }

  public PresenceState typing(String room, List<String> typists) {
    var now = new HashMap<>(typing);
    if (typists.isEmpty()) now.remove(room);
    else now.put(room, List.copyOf(typists));
    return new PresenceState(users, now, watched, typed, isIdle);
  }

  /// What somebody wrote is there: they do not write it any more.
  public PresenceState typingEnded(String room, String user) {
    var left = new ArrayList<>(typing.getOrDefault(room, List.of()));
    return left.remove(user) ? typing(room, left) : this;
  }

  public PresenceState watching(ClientFrame.Watch whom) {
    return new PresenceState(users, typing, Optional.of(whom), typed, isIdle);
  }

  public PresenceState typedAt(Instant when) {
    return new PresenceState(users, typing, watched, when, isIdle);
  }

  public PresenceState idle(boolean is) {
    return new PresenceState(users, typing, watched, typed, is);
  }

  public Optional<Whereabouts> of(String user) {
    return Optional.ofNullable(users.get(user));
  }

  public boolean is(String user, Status status) {
    return of(user).map(Whereabouts::status).filter(it -> it == status).isPresent();
  }
}
