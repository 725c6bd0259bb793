package kith.node.feature;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/// The sessions of a node to which an actor sends news of their users, and the users whose state it
/// has to look up first. Belongs to one actor.
///
/// @param <T> the message to sessions
public final class ConnectedUsers<T> {
  private final Map<String, Set<ActorRef<T>>> sessionsByUser = new HashMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  /// The state of the user has to be looked up, for the new session.
  public void add(String user, ActorRef<T> session) {
    sessionsByUser.computeIfAbsent(user, _ -> new HashSet<>()).add(session);
    unknown.add(user);
  }

  /// @return whether it was the last session of the user
  public boolean remove(String user, ActorRef<T> session) {
    var sessions = sessionsByUser.get(user);
    if (sessions == null) return false;
    sessions.remove(session);
    if (!sessions.isEmpty()) return false;
    sessionsByUser.remove(user);
    unknown.remove(user);
    return true;
  }

  public boolean isEmpty() {
    return sessionsByUser.isEmpty();
  }

  public boolean has(String user) {
    return sessionsByUser.containsKey(user);
  }

  public Set<String> names() {
    return Set.copyOf(sessionsByUser.keySet());
  }

  /// Sends news to all sessions of a user.
  public void tell(String user, T news) {
    sessionsByUser.getOrDefault(user, Set.of()).forEach(session -> session.tell(news));
  }

  /// The states of these users have to be looked up, if they are connected.
  public void forget(Iterable<String> users) {
    for (var user : users) if (has(user)) unknown.add(user);
  }

  /// The states of all users have to be looked up.
  public void forgetAll() {
    unknown.addAll(sessionsByUser.keySet());
  }

  public boolean areKnown() {
    return unknown.isEmpty();
  }

  /// The next users to be looked up, who count as known from now on.
  public Set<String> takeUnknown(int most) {
    var taken = new HashSet<String>();
    for (var user : unknown) if (taken.size() < most) taken.add(user);
    unknown.removeAll(taken);
    return Set.copyOf(taken);
  }
}
