package kith.node.core.session;

import java.time.Clock;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.account.Account;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.SessionSettings;
import kith.node.platform.metrics.SessionMetrics;
import kith.protocol.Limits;
import org.apache.pekko.actor.typed.ActorRef;

/// The services of a node that its sessions use.
///
/// @param pageBytes bytes of entries in one page of history
/// @param node this node's address, for people and logs
/// @param clock for times that clients show
/// @param nanoClock a monotonic clock, for rates
/// @param socketCount receives the number of open sockets whenever it changes
/// @param attachments finds the files of messages
/// @param features the additions of features to sessions
public record SessionContext(
    SessionSettings settings,
    Limits limits,
    int pageBytes,
    String node,
    Clock clock,
    LongSupplier nanoClock,
    IntConsumer socketCount,
    Identity identity,
    ActorRef<Relays.Command> relays,
    RoomLog log,
    SessionMetrics metrics,
    Attachments attachments,
    SessionFeatures features) {

  /// Resolves access tokens, and reaches accounts.
  public interface Identity {
    Optional<Access> caller(String accessToken);

    /// Asks the account to accept a session of this device. The account watches `session`, and
    /// sends it a message when the device ends.
    ///
    /// @param live the client has asked for the live views of its account
    void attach(
        Access caller,
        boolean live,
        ActorRef<Account.AttachReply> replyTo,
        ActorRef<Account.DeviceEnded> session);
  }
}
