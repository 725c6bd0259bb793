package kith.node.feature.contacts;

import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.server.Route;

/// Mutual contacts. Each account keeps its own intent towards the other and sends it until it is
/// confirmed; sessions send the list and its changes to clients.
public record ContactsFeature(ContactSettings settings) implements Feature {
  @Override
  public List<String> names() {
    return List.of("contacts");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountContacts.part(settings));
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ContactsSessionPart.Factory());
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new ContactRoutes(edge.accounts(), edge.authenticated(), edge.bodies()).route());
  }
}
