package kith.node.core.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.auth.ClientNetwork;
import kith.node.auth.Tokens.Access;
import kith.node.platform.config.SessionSettings;
import org.apache.pekko.actor.typed.ActorRef;

/// The sockets whose account has not accepted them yet. Those without a token share places, per
/// client address and in total. A token that was verified in the handshake needs none of these
/// places: strangers cannot keep accounts out. Its sockets are counted per account.
final class PendingSockets {
  private sealed interface Holder {}

  private record Stranger(ClientNetwork network) implements Holder {}

  private record OfAccount(String user) implements Holder {}

  private final int most;
  private final int mostPerHolder;
  private final Map<ActorRef<Session.Command>, Holder> holders = new HashMap<>();
  private final Map<Holder, Integer> counts = new HashMap<>();
  private int strangers;

  PendingSockets(SessionSettings settings) {
    this.most = settings.unauthenticated();
    this.mostPerHolder = settings.unauthenticatedPerAddress();
  }

  boolean hasPlace(Optional<Access> caller, InetAddress address) {
    return counts.getOrDefault(holder(caller, address), 0) < mostPerHolder
        && (caller.isPresent() || strangers < most);
  }

  void add(ActorRef<Session.Command> session, Optional<Access> caller, InetAddress address) {
    var holder = holder(caller, address);
    holders.put(session, holder);
    counts.merge(holder, 1, Integer::sum);
    if (holder instanceof Stranger) strangers++;
  }

  /// True if the socket was pending.
  boolean remove(ActorRef<Session.Command> session) {
    var holder = holders.remove(session);
    if (holder == null) return false;
    counts.computeIfPresent(holder, (_, count) -> count == 1 ? null : count - 1);
    if (holder instanceof Stranger) strangers--;
    return true;
  }

  Set<ActorRef<Session.Command>> all() {
    return holders.keySet();
  }

  int size() {
    return holders.size();
  }

  private static Holder holder(Optional<Access> caller, InetAddress address) {
    return caller
        .<Holder>map(known -> new OfAccount(known.user()))
        .orElseGet(() -> new Stranger(ClientNetwork.of(address)));
  }
}
