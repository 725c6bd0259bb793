package kith.node.feature.presence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PresencePrivacy;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// Who is there, as far as this node's sessions are concerned: one actor on each node, which hears
/// of its own sessions, and of those of other nodes what they tell it.
///
/// Here is what it is told and what it tells; [PresenceBehavior] says what it does.
public final class Presence {
  private Presence() {}

  /// So many may be on one session's screen.
  public static final int MOST_WATCHED = 200;

  static final ServiceKey<FromNode> EVERY_NODE = ServiceKey.create(FromNode.class, "presence");

  public sealed interface Command {}

  /// A session is here, and so. Said again when it changes.
  public record Here(
      String user, Status status, PresencePrivacy discretion, ActorRef<ToSession> session)
      implements Command {}

  /// An account has chosen anew who is told what of it, whether it is there or not.
  public record Choose(String user, PresencePrivacy discretion) implements Command {}

  /// A session has these on its screen now, and nobody else.
  public record Watch(long number, Set<String> users, ActorRef<ToSession> session)
      implements Command {
    public Watch {
      users = Set.copyOf(users);
    }
  }

  /// This node stops, and its people are about to come back elsewhere.
  public record Leave() implements Command {}

  /// Between nodes.
  public sealed interface FromNode extends Command, CborSerializable {
    ActorRef<FromNode> from();
  }

  /// A node wants to hear of these for a while, and how they are now.
  public record Tell(List<String> users, ActorRef<FromNode> from) implements FromNode {
    public Tell {
      users = List.copyOf(users);
    }
  }

  /// @param absent those who are not on that node
  public record Told(List<PresenceState> words, List<String> absent, ActorRef<FromNode> from)
      implements FromNode {
    public Told {
      words = List.copyOf(words);
      absent = List.copyOf(absent);
    }
  }

  /// What the node has said lasts for the grace when it is gone: its people were sent elsewhere.
  public record Leaving(ActorRef<FromNode> from) implements FromNode {}

  /// What sessions on this node are told: of all they watch if `whole`, else of those who changed.
  /// Stays on this node.
  public record ToSession(long number, boolean whole, List<PresenceState> words) {
    public ToSession {
      words = List.copyOf(words);
    }
  }

  // what it tells itself

  record Ended(ActorRef<ToSession> session) implements Command {}

  record Nodes(Set<ActorRef<FromNode>> all) implements Command {}

  record NodeGone(ActorRef<FromNode> node) implements Command {}

  record Forget(ActorRef<FromNode> node) implements Command {}

  record LookedUp(Set<String> users, Optional<List<PresenceState>> kept) implements Command {}

  record Flush() implements Command {}

  record Show() implements Command {}

  record Look() implements Command {}

  record Renew() implements Command {}

  record Remember() implements Command {}
}
