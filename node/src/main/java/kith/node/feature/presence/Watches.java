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

/// Who is on the screens of this node's sessions, what all nodes say of them, and what of it each
/// session has not been told.
///
/// @param <S> what names a session
/// @param <P> what names a node
final class Watches<S, P> {
  private static final class Subject<S, P> {
    final Map<P, PresenceState> wordsByNode = new HashMap<>();
    final Set<P> unanswered = new HashSet<>();
    final Set<S> sessions = new HashSet<>();
    PresenceState word;

    /// What stays true of an account that is nowhere: as it was kept, and as was said since.
    PresenceState past;

    boolean isLookedUp;
    boolean isRecent = true;

    Subject(String user) {
      this.word = PresenceState.absent(user);
      this.past = word;
    }

    boolean isComplete() {
      return isLookedUp && unanswered.isEmpty();
    }

    boolean changes() {
      var before = word;
      var now =
          wordsByNode.values().stream()
              .reduce(PresenceState.absent(before.user()), PresenceState::and);
      word = now.after(past);
      past = word.past();
      return !word.equals(before);
    }
  }

  private static final class Screen {
    final long number;
    final Set<String> users;
    final Set<String> awaited = new HashSet<>();
    final Set<String> changed = new HashSet<>();
    final Instant patience;
    boolean isTold;

    Screen(long number, Set<String> users, Instant patience) {
      this.number = number;
      this.users = users;
      this.patience = patience;
    }
  }

  private final Set<P> nodes = new HashSet<>();
  private final Map<String, Subject<S, P>> subjects = new HashMap<>();
  private final Map<S, Screen> screens = new HashMap<>();
  private final Set<S> dirty = new HashSet<>();

  // sessions

  /// A session has these on its screen now, instead of what it had.
  ///
  /// @param number goes with what it is told of it
  /// @param patience when it is to be told, even if not everything is known
  /// @return those of whom nothing is known here yet
  Set<String> watch(S session, long number, Set<String> users, Instant patience) {
    leave(session);
    var screen = new Screen(number, Set.copyOf(users), patience);
    screens.put(session, screen);
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
      if (!subject.isComplete()) screen.awaited.add(user);
    }
    return unknown;
  }

  boolean has(S session) {
    return screens.containsKey(session);
  }

  void end(S session) {
    leave(session);
    screens.remove(session);
    dirty.remove(session);
  }

  private void leave(S session) {
    var screen = screens.get(session);
    if (screen == null) return;
    for (var user : screen.users) {
      var subject = subjects.get(user);
      if (subject == null) continue;
      subject.sessions.remove(session);
      subject.isRecent = true;
    }
  }

  // nodes

  void came(P node) {
    nodes.add(node);
  }

  /// A node says nothing more; what it said still counts.
  void ended(P node) {
    nodes.remove(node);
    for (var subject : subjects.values()) if (subject.unanswered.remove(node)) update(subject);
  }

  /// A node is gone, and all that it said.
  ///
  /// @return those who were there according to it: it did not say when it saw them last
  Set<String> went(P node) {
    ended(node);
    var lost = new HashSet<String>();
    subjects.forEach((user, subject) -> {
      var word = subject.wordsByNode.remove(node);
      if (word != null && word.isThere()) lost.add(user);
      update(subject);
    });
    return lost;
  }

  void heard(P node, Collection<PresenceState> words) {
    if (!nodes.contains(node)) return;
    for (var word : words) {
      var subject = subjects.get(word.user());
      if (subject == null) continue;
      subject.unanswered.remove(node);
      subject.wordsByNode.put(node, word);
      update(subject);
    }
  }

  /// What is kept of these, if anything is.
  void lookedUp(Collection<String> users, Collection<PresenceState> kept) {
    for (var word : kept) known(word.user()).ifPresent(it -> it.past = it.past.after(word));
    for (var user : users)
      known(user)
          .ifPresent(subject -> {
            subject.isLookedUp = true;
            update(subject);
          });
  }

  private Optional<Subject<S, P>> known(String user) {
    return Optional.ofNullable(subjects.get(user));
  }

  private void update(Subject<S, P> subject) {
    var isNew = subject.changes();
    var user = subject.word.user();
    for (var session : subject.sessions) {
      var screen = screens.get(session);
      if (screen == null) continue;
      var isAnswered = subject.isComplete() && screen.awaited.remove(user);
      if (isNew) screen.changed.add(user);
      if (isNew || isAnswered) dirty.add(session);
    }
  }

  // what is to be said

  /// What sessions are to be told now.
  Map<S, Presence.ToSession> tell(Instant now) {
    var told = new LinkedHashMap<S, Presence.ToSession>();
    dirty.removeIf(session -> {
      var screen = screens.get(session);
      if (screen == null) return true;
      if (!screen.isTold && !screen.awaited.isEmpty() && now.isBefore(screen.patience))
        return false;
      var users = screen.isTold ? screen.changed : screen.users;
      if (!screen.isTold || !users.isEmpty())
        told.put(session, new Presence.ToSession(screen.number, !screen.isTold, words(users)));
      screen.isTold = true;
      screen.changed.clear();
      return true;
    });
    return told;
  }

  private List<PresenceState> words(Set<String> users) {
    return users.stream().flatMap(user -> known(user).stream()).map(it -> it.word).toList();
  }

  /// Is there somebody to be told later, because not everything is known?
  boolean isAwaiting() {
    return !dirty.isEmpty();
  }

  /// Those of whom the nodes have to go on telling. Who has been on no screen since this was asked
  /// before is forgotten.
  Set<String> renewed() {
    subjects.values().removeIf(subject -> subject.sessions.isEmpty() && !subject.isRecent);
    subjects.values().forEach(subject -> subject.isRecent = false);
    return subjects.entrySet().stream()
        .filter(it -> !it.getValue().sessions.isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// All who are known here.
  Set<String> users() {
    return Set.copyOf(subjects.keySet());
  }
}
