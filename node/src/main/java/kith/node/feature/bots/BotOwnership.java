package kith.node.feature.bots;

import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.core.room.BotOwner;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted;
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
  /// @param what the change, for the audit log
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
  record OfServer(AdministratorGate gate) implements BotOwnership {
    @Override
    public Route under(Supplier<Route> inner) {
      return pathPrefix(segment("v1").slash("admin").slash("bots"), inner);
    }

    @Override
    public Route reader(Function<String, Route> inner) {
      return gate.read(ServerAct.OWN_SERVER_BOTS, "bots", () -> inner.apply(BotOwner.SERVER));
    }

    @Override
    public Route signedIn(Supplier<Route> inner) {
      return gate.run(ServerAct.OWN_SERVER_BOTS, _ -> inner.get());
    }

    @Override
    public Route changer(String bot, String what, Function<String, Route> inner) {
      return gate.run(
          ServerAct.OWN_SERVER_BOTS,
          caller ->
              gate.recorded(
                  caller,
                  AuditAct.ADMIN_BOT,
                  entry -> entry.about(bot).with(what),
                  () -> inner.apply(BotOwner.SERVER)));
    }

    @Override
    public Route joining(Bodies bodies, Function<JoinRoom, Route> inner) {
      return signedIn(() -> bodies.readOptional(JoinRoom.class, inner));
    }
  }
}
