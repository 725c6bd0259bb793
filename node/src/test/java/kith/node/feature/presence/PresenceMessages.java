package kith.node.feature.presence;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each presence message between nodes, with every field filled. Examples of a release are
/// not changed afterwards.
public final class PresenceMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private PresenceMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    var policy =
        new PrivacyPolicy(
            Set.of("eve"), new PrivacySettings(ShownTo.CONTACTS, ShownTo.NOBODY, false), 3);
    return List.of(
        new Presence.Subscribe(List.of("ann", "bob"), elsewhere(here, "presence")),
        new Presence.Report(
            List.of(
                new PresenceState("ann", Status.OFFLINE, Optional.of(NOON), Optional.of(policy))),
            List.of("bob"),
            elsewhere(here, "presence")),
        new Presence.Leaving(elsewhere(here, "presence")),
        new AccountStatus.Choose(Status.INVISIBLE, elsewhere(here, "answer")),
        new AccountStatus.Chosen(Status.DND));
  }
}
