package kith.node.feature.presence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.cluster.NodeActors;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// The protocol of the presence actor: one on each node. It receives the presence of this node's
/// users from their sessions, and that of other users from the presence actors of their nodes.
///
/// [PresenceBehavior] implements it.
public final class Presence {
  private Presence() {}

  static final ServiceKey<FromNode> EVERY_NODE = ServiceKey.create(FromNode.class, "presence");

  public sealed interface Command {}

  /// A session's status and its account's privacy policy. Repeated on each change of either.
  public record Here(String user, Status status, PrivacyPolicy policy, ActorRef<ToSession> session)
      implements Command {}

  /// An account's privacy policy has changed; it may have no session.
  public record Choose(String user, PrivacyPolicy policy) implements Command {}

  /// A session watches these users now, and no others.
  public record Watch(long number, Set<String> users, ActorRef<ToSession> session)
      implements Command {
    public Watch {
      users = Set.copyOf(users);
    }
  }

  /// This node shuts down; its clients are about to reconnect to other nodes.
  public record Leave() implements Command {}

  /// Messages between nodes.
  public sealed interface FromNode extends Command, CborSerializable {
    ActorRef<FromNode> from();
  }

  /// A node asks for the states of these users and their changes, for a limited time.
  public record Subscribe(List<String> users, ActorRef<FromNode> from) implements FromNode {
    public Subscribe {
      users = List.copyOf(users);
    }
  }

  /// States of users that the other node has subscribed to.
  ///
  /// @param absent users who have no session on the sending node
  public record Report(List<PresenceState> states, List<String> absent, ActorRef<FromNode> from)
      implements FromNode {
    public Report {
      states = List.copyOf(states);
      absent = List.copyOf(absent);
    }
  }

  /// The sending node shuts down: its reports stay valid for the grace period after its end,
  /// because its users are reconnecting elsewhere.
  public record Leaving(ActorRef<FromNode> from) implements FromNode {}

  /// The states of all users that a session on this node watches if `whole`, else of those that
  /// changed. Never leaves the node.
  public record ToSession(long number, boolean whole, List<PresenceState> states) {
    public ToSession {
      states = List.copyOf(states);
    }
  }

  // messages of the actor to itself

  record SessionEnded(ActorRef<ToSession> session) implements Command {}

  record NodesChanged(NodeActors.Change<FromNode> change) implements Command {}

  record Forget(ActorRef<FromNode> node) implements Command {}

  record LookedUp(Set<String> users, Optional<List<PresenceState>> stored) implements Command {}

  record SendReports() implements Command {}

  record SendToSessions() implements Command {}

  record Expire() implements Command {}

  record Renew() implements Command {}

  record RecordSeen() implements Command {}
}
