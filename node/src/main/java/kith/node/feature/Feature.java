package kith.node.feature;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.Relays;
import kith.node.core.room.AmendmentKind;
import kith.node.core.room.PostRule;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.Attachments;
import kith.node.core.session.PostKind;
import kith.node.core.session.SessionPart;
import kith.node.gateway.http.Edge;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.server.Route;

/// Everything that one feature attaches to the node, and the place where it attaches. The node's
/// list of features is in its guardian.
public interface Feature {
  /// The names under which clients find its additions. `protocol/README.md` explains each; a later
  /// addition that clients must detect has its own name.
  List<String> names();

  default List<PostRule> postRules() {
    return List.of();
  }

  default List<RoomPart.Factory> roomParts() {
    return List.of();
  }

  default List<Projection> projections() {
    return List.of();
  }

  default List<AmendmentKind> amendments() {
    return List.of();
  }

  default List<RelayPart.Factory> relayParts() {
    return List.of();
  }

  default List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of();
  }

  /// Tables whose rows belong to the account in their column `account`, and are deleted with it.
  default List<String> accountTables() {
    return List.of();
  }

  /// Kinds of posts whose frames the feature owns.
  default List<PostKind<?>> postKinds() {
    return List.of();
  }

  /// Finds the files of messages. At most one feature provides this.
  default Optional<Attachments> attachments() {
    return Optional.empty();
  }

  /// The contents of files, for exports. At most one feature provides them.
  default Optional<ExportedFiles> exportedFiles() {
    return Optional.empty();
  }

  /// A part may use the parts of features that are listed before its own.
  default List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of();
  }

  /// Called once, before the first request and before the routes are asked for: starts the work of
  /// the feature that needs no request.
  default void start(Edge edge) {}

  default List<Route> routes(Edge edge) {
    return List.of();
  }

  /// For administrators of the server. The administrator of the node's machine may use them too,
  /// through a Unix domain socket.
  default List<Route> administratorRoutes(Edge edge) {
    return List.of();
  }

  /// For programs on the node's own machine, on the port for operators.
  default List<Route> operatorRoutes() {
    return List.of();
  }
}
