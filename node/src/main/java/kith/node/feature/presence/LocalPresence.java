package kith.node.feature.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import kith.node.privacy.PresencePrivacy;
import kith.protocol.Status;

/// Who is here on this node, from its sessions alone.
///
/// Whoever leaves is shown for a while longer as they were, so that a reconnect is not an off and
/// on. Turning invisible looks the same as leaving, in this too.
///
/// @param <S> what names a session
final class LocalPresence<S> {
  private static final class Person<S> {
    final Map<S, Status> sessions = new HashMap<>();
    PresencePrivacy discretion = PresencePrivacy.NONE;
    Status shown = Status.OFFLINE;
    Optional<Instant> goneAt = Optional.empty();

    /// Of all devices; `OFFLINE` when there is none, or the account is not to be seen.
    Status status() {
      var most =
          sessions.values().stream()
              .reduce(
                  Status.OFFLINE,
                  (one, other) ->
                      PresenceState.rank(other) < PresenceState.rank(one) ? other : one);
      return most == Status.INVISIBLE ? Status.OFFLINE : most;
    }
  }

  private final Duration grace;
  private final BiConsumer<String, Instant> seen;
  private final Map<String, Person<S>> people = new HashMap<>();
  private final Map<S, String> usersBySession = new HashMap<>();

  /// @param seen is told when somebody was there
  LocalPresence(Duration grace, BiConsumer<String, Instant> seen) {
    this.grace = grace;
    this.seen = seen;
  }

  boolean has(S session) {
    return usersBySession.containsKey(session);
  }

  /// A session is here, and so.
  ///
  /// @return what is new about its account, if anything is
  Optional<PresenceState> is(
      S session, String user, Status status, PresencePrivacy discretion, Instant now) {
    usersBySession.put(session, user);
    var person = people.computeIfAbsent(user, _ -> new Person<>());
    var before = word(user);
    person.sessions.put(session, status);
    person.discretion = discretion;
    look(user, person, now);
    return changed(before);
  }

  Optional<PresenceState> end(S session, Instant now) {
    var user = usersBySession.remove(session);
    var person = user == null ? null : people.get(user);
    if (user == null || person == null) return Optional.empty();
    var before = word(user);
    person.sessions.remove(session);
    look(user, person, now);
    if (person.sessions.isEmpty() && person.shown == Status.OFFLINE) people.remove(user);
    return changed(before);
  }

  private void look(String user, Person<S> person, Instant now) {
    var status = person.status();
    if (status != Status.OFFLINE) {
      // if the node dies, that is better than nothing
      if (person.shown == Status.OFFLINE) seen.accept(user, now);
      person.shown = status;
      person.goneAt = Optional.empty();
    } else if (person.shown != Status.OFFLINE && person.goneAt.isEmpty()) {
      person.goneAt = Optional.of(now);
      seen.accept(user, now);
    }
  }

  private Optional<PresenceState> changed(PresenceState before) {
    var now = word(before.user());
    return now.after(before).equals(before) ? Optional.empty() : Optional.of(now);
  }

  /// Those who have been away for long enough.
  List<PresenceState> expire(Instant now) {
    var gone = new ArrayList<PresenceState>();
    people
        .entrySet()
        .removeIf(it -> {
          var person = it.getValue();
          var isOver =
              person.shown != Status.OFFLINE
                  && person.goneAt.filter(at -> !at.plus(grace).isAfter(now)).isPresent();
          if (!isOver) return false;
          person.shown = Status.OFFLINE;
          gone.add(word(it.getKey()));
          return person.sessions.isEmpty();
        });
    return gone;
  }

  /// Everybody who is there was seen now.
  void seen(Instant now) {
    people.forEach((user, person) -> {
      if (person.shown != Status.OFFLINE && person.goneAt.isEmpty()) seen.accept(user, now);
    });
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  PresenceState word(String user) {
    var person = people.get(user);
    if (person == null) return PresenceState.absent(user);
    var lastSeen = person.shown == Status.OFFLINE ? person.goneAt : Optional.<Instant>empty();
    // without a session it is not heard what the account chooses now
    var discretion = Optional.of(person.discretion).filter(_ -> !person.sessions.isEmpty());
    return new PresenceState(user, person.shown, lastSeen, discretion);
  }
}
