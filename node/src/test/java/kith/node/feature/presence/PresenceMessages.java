package kith.node.feature.presence;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PresencePrivacy;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message between nodes about who is there, with every field filled. What a release
/// has sent is not changed here any more.
public final class PresenceMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private PresenceMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    var discretion = new PresencePrivacy(Set.of("eve"), ShownTo.CONTACTS, ShownTo.NOBODY, 3);
    return List.of(
        new Presence.Tell(List.of("ann", "bob"), elsewhere(here, "presence")),
        new Presence.Told(
            List.of(
                new PresenceState(
                    "ann", Status.OFFLINE, Optional.of(NOON), Optional.of(discretion))),
            List.of("bob"),
            elsewhere(here, "presence")),
        new Presence.Leaving(elsewhere(here, "presence")),
        new AccountStatus.Choose(Status.INVISIBLE, elsewhere(here, "answer")),
        new AccountStatus.Chosen(Status.DND));
  }
}
