package kith.node.feature.presence;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.privacy.PrivacyPolicy;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;

/// The presence of users. Sessions report to their node's presence actor; nodes subscribe to the
/// users that their clients watch; accounts keep a chosen status.
///
/// @param policies receives an account's privacy policy when it changes or the account starts
public record PresenceFeature(
    ActorSystem<?> system,
    ActorRef<Presence.Command> presence,
    BiConsumer<String, PrivacyPolicy> policies,
    Duration idleAfter,
    PresenceSettings bounds)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("presence");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountStatus.part(policies));
  }

  @Override
  public List<String> accountTables() {
    return List.of("last_seen");
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new PresenceSessionPart.Factory(idleAfter, bounds, presence, rooms::look));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new PresenceRoutes(
                system,
                presence,
                edge.accounts(),
                edge.rooms(),
                edge.authenticated(),
                edge.bodies(),
                bounds.watchedUsers())
            .route());
  }
}
