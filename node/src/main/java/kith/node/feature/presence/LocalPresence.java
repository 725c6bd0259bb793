package kith.node.feature.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Status;

/// The presence of users on this node, derived from its sessions alone.
///
/// When the last session ends, the user keeps the status for a grace period, so that a reconnect
/// does not appear as offline and online. Turning invisible is treated like leaving, grace period
/// included.
///
/// @param <S> identifies a session
final class LocalPresence<S> {
  private static final class Person<S> {
    final Map<S, Status> sessions = new HashMap<>();
    PrivacyPolicy policy = PrivacyPolicy.OPEN;
    Status shown = Status.OFFLINE;
    Optional<Instant> goneAt = Optional.empty();

    /// The status of all devices; `OFFLINE` without a session or if the account is invisible.
    Status status() {
      var first =
          sessions.values().stream()
              .reduce(
                  Status.OFFLINE,
                  (one, other) ->
                      PresenceState.rank(other) < PresenceState.rank(one) ? other : one);
      return first == Status.INVISIBLE ? Status.OFFLINE : first;
    }
  }

  private final Duration grace;
  private final BiConsumer<String, Instant> seen;
  private final Map<String, Person<S>> people = new HashMap<>();
  private final Map<S, String> usersBySession = new HashMap<>();

  /// @param seen called with a user and the time at which the user was online
  LocalPresence(Duration grace, BiConsumer<String, Instant> seen) {
    this.grace = grace;
    this.seen = seen;
  }

  boolean has(S session) {
    return usersBySession.containsKey(session);
  }

  /// Adds a session or changes its status.
  ///
  /// @return the account's state, if it changed
  Optional<PresenceState> update(
      S session, String user, Status status, PrivacyPolicy policy, Instant now) {
    usersBySession.put(session, user);
    var person = people.computeIfAbsent(user, _ -> new Person<>());
    var before = state(user);
    person.sessions.put(session, status);
    person.policy = policy;
    refresh(user, person, now);
    return changed(before);
  }

  /// @return the account's state, if it changed
  Optional<PresenceState> remove(S session, Instant now) {
    var user = usersBySession.remove(session);
    var person = user == null ? null : people.get(user);
    if (user == null || person == null) return Optional.empty();
    var before = state(user);
    person.sessions.remove(session);
    refresh(user, person, now);
    if (person.sessions.isEmpty() && person.shown == Status.OFFLINE) people.remove(user);
    return changed(before);
  }

  private void refresh(String user, Person<S> person, Instant now) {
    var status = person.status();
    if (status != Status.OFFLINE) {
      // an approximate time, in case the node dies before the session ends
      if (person.shown == Status.OFFLINE) seen.accept(user, now);
      person.shown = status;
      person.goneAt = Optional.empty();
    } else if (person.shown != Status.OFFLINE && person.goneAt.isEmpty()) {
      person.goneAt = Optional.of(now);
      seen.accept(user, now);
    }
  }

  private Optional<PresenceState> changed(PresenceState before) {
    var now = state(before.user());
    return now.completedBy(before).equals(before) ? Optional.empty() : Optional.of(now);
  }

  /// @return the states of the users whose grace period has ended
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
          gone.add(state(it.getKey()));
          return person.sessions.isEmpty();
        });
    return gone;
  }

  /// Records for all users online that they were seen now.
  void recordSeen(Instant now) {
    people.forEach((user, person) -> {
      if (person.shown != Status.OFFLINE && person.goneAt.isEmpty()) seen.accept(user, now);
    });
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  PresenceState state(String user) {
    var person = people.get(user);
    if (person == null) return PresenceState.absent(user);
    var lastSeen = person.shown == Status.OFFLINE ? person.goneAt : Optional.<Instant>empty();
    // without a session this node does not receive changes of the policy
    var policy = Optional.of(person.policy).filter(_ -> !person.sessions.isEmpty());
    return new PresenceState(user, person.shown, lastSeen, policy);
  }
}
