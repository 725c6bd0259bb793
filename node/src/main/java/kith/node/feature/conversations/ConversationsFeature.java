package kith.node.feature.conversations;

import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.http.javadsl.server.Route;

/// Rooms of two people; the id is derived from their names. Accounts begin, hide and show them, and
/// keep the requests of users who may not begin one; the rooms themselves are ordinary rooms with
/// two members.
public record ConversationsFeature(ClusterSharding sharding, ConversationSettings settings)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("conversations", "requests");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(
        AccountConversations.part(new RoomConversations(rooms, memberships, sharding), settings),
        AccountRequests.part(settings.requests()));
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new RequestsSessionPart.Factory());
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new ConversationRoutes(edge.accounts(), edge.rooms(), edge.authenticated(), edge.bodies())
            .route(),
        new RequestRoutes(edge.accounts(), edge.authenticated()).route());
  }
}
