package kith.node.core.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomView;
import kith.node.feature.inbox.InboxLookup;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.presence.Presence;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.SessionMetrics;
import kith.protocol.Limits;
import org.apache.pekko.actor.typed.ActorRef;

/// What sessions need of the node around them.
///
/// @param node this node's address, for people and logs
/// @param nanoClock a clock that never goes back, for rates
/// @param socketCount is told how many sockets there are
public record SessionContext(
    NodeSettings.Sessions settings,
    Limits limits,
    String node,
    LongSupplier nanoClock,
    IntConsumer socketCount,
    Identity identity,
    ActorRef<Relays.Command> relays,
    RoomLog log,
    SessionMetrics metrics,
    ActorRef<InboxNews.Command> news,
    InboxLookup overview,
    ActorRef<Presence.Command> presence,
    AskRoom rooms) {

  /// Asks a room without opening it.
  public interface AskRoom {
    CompletionStage<RoomView.Answer> look(String room, RoomView.Question question);
  }

  /// Where tokens become accounts.
  public interface Identity {
    Optional<Access> caller(String accessToken);

    /// Asks the account to take a session of this device; the account watches `session`, and tells
    /// it when the device ends.
    void attach(
        Access caller,
        ActorRef<Account.AttachReply> replyTo,
        ActorRef<Account.DeviceEnded> session);
  }
}
