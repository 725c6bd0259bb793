package kith.node.feature.bots;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.auth.ServerAct;
import kith.node.core.room.BotOwner;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.protocol.Code;
import kith.protocol.rest.RoomRequests.JoinRoom;
import org.apache.pekko.http.javadsl.server.Route;

/// The owner of the bots of a route, and the callers that may use it.
interface BotOwnership {
  Route under(Supplier<Route> inner);

  /// Admits callers that may see the bots.
  ///
  /// @param inner gets the owner of the bots
  Route reader(Function<String, Route> inner);

  /// Admits callers that may change a bot.
  ///
  /// @param what is done
  Route changer(String bot, String what, Function<String, Route> inner);

  /// Refuses other callers before their request is read.
  default Route signedIn(Supplier<Route> inner) {
    return reader(_ -> inner.get());
  }

  /// Reads the permission of a bot to join a room.
  Route joining(Bodies bodies, Function<JoinRoom, Route> inner);

  /// `/v1/bots`: those of the caller.
  record OfUser(Permitted permitted) implements BotOwnership {
    @Override
    public Route under(Supplier<Route> inner) {
      return pathPrefix(segment("v1").slash("bots"), inner);
    }

    @Override
    public Route reader(Function<String, Route> inner) {
      return permitted.user(ServerAct.OWN_BOTS, caller -> inner.apply(caller.user()));
    }

    @Override
    public Route changer(String bot, String what, Function<String, Route> inner) {
      return reader(inner);
    }

    /// The membership of its owner lets it in.
    @Override
    public Route joining(Bodies bodies, Function<JoinRoom, Route> inner) {
      return inner.apply(new JoinRoom(Optional.empty(), Optional.empty()));
    }
  }

  /// `/v1/admin/bots`: those of the server. The audit log has each change before it is made.
  record OfServer(Permitted permitted, Audit audit) implements BotOwnership {
    private static final String NO_AUDIT =
        "The audit log does not answer, so nothing was done; try again.";

    @Override
    public Route under(Supplier<Route> inner) {
      return pathPrefix(segment("v1").slash("admin").slash("bots"), inner);
    }

    @Override
    public Route reader(Function<String, Route> inner) {
      return recorded(
          caller -> audit.entry(AuditAct.ADMIN_READ, caller.name()).with("bots"), inner);
    }

    @Override
    public Route signedIn(Supplier<Route> inner) {
      return permitted.administrator(ServerAct.OWN_SERVER_BOTS, _ -> inner.get());
    }

    @Override
    public Route changer(String bot, String what, Function<String, Route> inner) {
      return recorded(
          caller -> audit.entry(AuditAct.ADMIN_BOT, caller.name()).about(bot).with(what), inner);
    }

    /// Runs `inner` when the audit log has stored the entry.
    private Route recorded(Function<Caller, AuditEntry> entry, Function<String, Route> inner) {
      return permitted.administrator(
          ServerAct.OWN_SERVER_BOTS,
          caller ->
              onComplete(
                  audit.require(entry.apply(caller)),
                  stored ->
                      stored.isSuccess()
                          ? inner.apply(BotOwner.SERVER)
                          : complete(
                              Problems.response(
                                  Code.UNAVAILABLE, NO_AUDIT, OptionalLong.empty()))));
    }

    @Override
    public Route joining(Bodies bodies, Function<JoinRoom, Route> inner) {
      return signedIn(() -> bodies.readOptional(JoinRoom.class, inner));
    }
  }
}
