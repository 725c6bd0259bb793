package kith.node.feature.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The users that each session of this node watches, the states that nodes reported of them, and
/// the changes that a session has not been sent yet.
///
/// @param <S> identifies a session
/// @param <N> identifies a node
final class WatchLists<S, N> {
  /// A user watched by at least one session.
  private static final class Subject<S, N> {
    final Map<N, PresenceState> reportsByNode = new HashMap<>();
    final Set<N> unanswered = new HashSet<>();
    final Set<S> sessions = new HashSet<>();

    /// Merged from all nodes.
    PresenceState state;

    /// The state to use when no node reports the user: from the database, and from earlier reports.
    PresenceState lastKnown;

    boolean isLookedUp;
    boolean isRecent = true;

    Subject(String user) {
      this.state = PresenceState.absent(user);
      this.lastKnown = state;
    }

    boolean isComplete() {
      return isLookedUp && unanswered.isEmpty();
    }

    /// @return true if the merged state has changed
    boolean update() {
      var before = state;
      var reported =
          reportsByNode.values().stream()
              .reduce(PresenceState.absent(before.user()), PresenceState::merge);
      state = reported.completedBy(lastKnown);
      lastKnown = state.offline();
      return !state.equals(before);
    }
  }

  /// The users that one session watches.
  private static final class WatchList {
    final long number;
    final Set<String> users;
    final Set<String> awaited = new HashSet<>();
    final Set<String> changed = new HashSet<>();
    final Instant deadline;
    boolean isSent;

    WatchList(long number, Set<String> users, Instant deadline) {
      this.number = number;
      this.users = users;
      this.deadline = deadline;
    }
  }

  private final Set<N> nodes = new HashSet<>();
  private final Map<String, Subject<S, N>> subjects = new HashMap<>();
  private final Map<S, WatchList> listsBySession = new HashMap<>();
  private final Set<S> dirty = new HashSet<>();

  // sessions

  /// A session watches these users now, instead of its earlier list.
  ///
  /// @param number identifies the list in messages to the session
  /// @param deadline when the list is sent even if some nodes have not answered
  /// @return the users whose presence is not known here yet
  Set<String> watch(S session, long number, Set<String> users, Instant deadline) {
    unwatch(session);
    var list = new WatchList(number, Set.copyOf(users), deadline);
    listsBySession.put(session, list);
    dirty.add(session);
    var unknown = new HashSet<String>();
    for (var user : users) {
      var subject = subjects.get(user);
      if (subject == null) {
        subject = new Subject<>(user);
        subject.unanswered.addAll(nodes);
        subjects.put(user, subject);
        unknown.add(user);
      }
      subject.sessions.add(session);
      if (!subject.isComplete()) list.awaited.add(user);
    }
    return unknown;
  }

  boolean has(S session) {
    return listsBySession.containsKey(session);
  }

  void removeSession(S session) {
    unwatch(session);
    listsBySession.remove(session);
    dirty.remove(session);
  }

  private void unwatch(S session) {
    var list = listsBySession.get(session);
    if (list == null) return;
    for (var user : list.users) {
      var subject = subjects.get(user);
      if (subject == null) continue;
      subject.sessions.remove(session);
      subject.isRecent = true;
    }
  }

  // nodes

  void addNode(N node) {
    nodes.add(node);
  }

  /// A node will send no more reports; its last reports stay valid.
  void closeNode(N node) {
    nodes.remove(node);
    for (var subject : subjects.values()) if (subject.unanswered.remove(node)) update(subject);
  }

  /// Removes a node with all its reports.
  ///
  /// @return the users that were online on it: when it saw them last is only in the database
  Set<String> removeNode(N node) {
    closeNode(node);
    var lost = new HashSet<String>();
    subjects.forEach((user, subject) -> {
      var report = subject.reportsByNode.remove(node);
      if (report != null && report.isThere()) lost.add(user);
      update(subject);
    });
    return lost;
  }

  void reported(N node, Collection<PresenceState> states) {
    if (!nodes.contains(node)) return;
    for (var state : states) {
      var subject = subjects.get(state.user());
      if (subject == null) continue;
      subject.unanswered.remove(node);
      subject.reportsByNode.put(node, state);
      update(subject);
    }
  }

  /// @param stored the stored states of these users, if any
  void lookedUp(Collection<String> users, Collection<PresenceState> stored) {
    for (var state : stored)
      known(state.user()).ifPresent(it -> it.lastKnown = it.lastKnown.completedBy(state));
    for (var user : users)
      known(user)
          .ifPresent(subject -> {
            subject.isLookedUp = true;
            update(subject);
          });
  }

  private Optional<Subject<S, N>> known(String user) {
    return Optional.ofNullable(subjects.get(user));
  }

  private void update(Subject<S, N> subject) {
    var isChanged = subject.update();
    var user = subject.state.user();
    for (var session : subject.sessions) {
      var list = listsBySession.get(session);
      if (list == null) continue;
      var isAnswered = subject.isComplete() && list.awaited.remove(user);
      if (isChanged) list.changed.add(user);
      if (isChanged || isAnswered) dirty.add(session);
    }
  }

  // messages to sessions

  /// Takes the messages to send now. A new list is sent whole, after that only changes.
  Map<S, Presence.ToSession> takeUnsent(Instant now) {
    var unsent = new LinkedHashMap<S, Presence.ToSession>();
    dirty.removeIf(session -> {
      var list = listsBySession.get(session);
      if (list == null) return true;
      if (!list.isSent && !list.awaited.isEmpty() && now.isBefore(list.deadline)) return false;
      var users = list.isSent ? list.changed : list.users;
      if (!list.isSent || !users.isEmpty())
        unsent.put(session, new Presence.ToSession(list.number, !list.isSent, states(users)));
      list.isSent = true;
      list.changed.clear();
      return true;
    });
    return unsent;
  }

  private List<PresenceState> states(Set<String> users) {
    return users.stream().flatMap(user -> known(user).stream()).map(it -> it.state).toList();
  }

  /// True while a list waits for answers of nodes or of the database.
  boolean hasUnsent() {
    return !dirty.isEmpty();
  }

  /// The users to subscribe to again. Users that no session has watched since the previous call are
  /// removed.
  Set<String> renewed() {
    subjects.values().removeIf(subject -> subject.sessions.isEmpty() && !subject.isRecent);
    subjects.values().forEach(subject -> subject.isRecent = false);
    return subjects.entrySet().stream()
        .filter(it -> !it.getValue().sessions.isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  Set<String> users() {
    return Set.copyOf(subjects.keySet());
  }
}
