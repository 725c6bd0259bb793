package kith.node.presence;

import java.time.Instant;
import java.util.Optional;
import kith.node.people.Circle;
import kith.protocol.Status;
import kith.protocol.rest.Presences;

/// Somebody who looks at others, and what of them may be seen. Who is hidden looks like somebody
/// who never was there.
public record Onlooker(String user, Circle circle) {

  public Presences.Presence sees(Word word) {
    var discretion = word.discretion().orElse(Discretion.NONE);
    if (circle.hasBlocked(word.user()) || discretion.hiddenFrom().contains(user))
      return new Presences.Presence(word.user(), Status.OFFLINE, Optional.empty());
    var lastSeen =
        word.isThere() || !seesWhen(word.user(), discretion)
            ? Optional.<Instant>empty()
            : word.lastSeen();
    return new Presences.Presence(word.user(), word.status(), lastSeen);
  }

  /// Contacts are so on both sides.
  private boolean seesWhen(String other, Discretion discretion) {
    return switch (discretion.lastSeen()) {
      case EVERYONE -> true;
      case CONTACTS -> circle.contacts().contains(other);
      case NOBODY -> false;
    };
  }
}
