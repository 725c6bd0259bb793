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

/// Who is there, of those on the screen.
///
/// @param there by user name
/// @param typing who else writes something just now, by room
/// @param watched whom the server was asked to tell of
/// @param typed when it was told that this person writes
/// @param isIdle the server was told that this person is not at their keyboard
public record People(
    Map<String, Whereabouts> there,
    Map<String, List<String>> typing,
    Optional<ClientFrame.Watch> watched,
    Instant typed,
    boolean isIdle) {
  public static final People NOBODY =
      new People(Map.of(), Map.of(), Optional.empty(), Instant.EPOCH, false);

  public People {
    there = Map.copyOf(there);
    typing = Map.copyOf(typing);
  }

  /// Without a connection nobody knows.
  public People unknown() {
    return new People(Map.of(), Map.of(), watched, Instant.EPOCH, isIdle);
  }

  public People heard(List<Whereabouts> users, boolean isWhole) {
    var now = new HashMap<>(isWhole ? Map.<String, Whereabouts>of() : there);
    for (var user : users) now.put(user.user(), user);
    return new People(now, typing, watched, typed, isIdle);
  }

  public People typing(String room, List<String> users) {
    var now = new HashMap<>(typing);
    if (users.isEmpty()) now.remove(room);
    else now.put(room, List.copyOf(users));
    return new People(there, now, watched, typed, isIdle);
  }

  /// What somebody wrote is there: they do not write it any more.
  public People said(String room, String user) {
    var left = new ArrayList<>(typing.getOrDefault(room, List.of()));
    return left.remove(user) ? typing(room, left) : this;
  }

  public People watching(ClientFrame.Watch whom) {
    return new People(there, typing, Optional.of(whom), typed, isIdle);
  }

  public People typedAt(Instant when) {
    return new People(there, typing, watched, when, isIdle);
  }

  public People idle(boolean is) {
    return new People(there, typing, watched, typed, is);
  }

  public Optional<Whereabouts> of(String user) {
    return Optional.ofNullable(there.get(user));
  }

  public boolean is(String user, Status status) {
    return of(user).map(Whereabouts::status).filter(it -> it == status).isPresent();
  }
}
