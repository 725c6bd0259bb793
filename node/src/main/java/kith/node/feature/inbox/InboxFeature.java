package kith.node.feature.inbox;

import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.SessionSettings;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.server.Route;

/// Unread counts and read positions. Each room sends its summary to its node's [InboxNews] after a
/// commit, which sends it to the sessions on all nodes. Accounts keep the positions.
public record InboxFeature(
    ActorRef<InboxNews.Command> news,
    InboxLookup lookup,
    Positions positions,
    InboxSettings settings,
    SessionSettings sessions)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("inbox");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(RoomNews.factory(summary -> news.tell(new InboxNews.Changed(summary))));
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountInbox.part(positions, lookup.headlines(), settings));
  }

  @Override
  public List<String> accountTables() {
    return List.of("read_position");
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new InboxSessionPart.Factory(sessions, news, lookup));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new InboxRoutes(edge.accounts(), lookup, edge.authenticated()).route());
  }
}
