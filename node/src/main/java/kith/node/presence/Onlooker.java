package kith.node.presence;

import java.time.Instant;
import java.util.Optional;
import kith.node.people.Circle;
import kith.protocol.Status;
import kith.protocol.frame.Whereabouts;

/// Somebody who looks at others, and what of them may be seen. Who is hidden looks like somebody
/// who never was there.
public record Onlooker(String user, Circle circle) {

  public Whereabouts sees(Word word) {
    var discretion = word.discretion().orElse(Discretion.NONE);
    if (circle.hasBlocked(word.user()) || discretion.hiddenFrom().contains(user))
      return new Whereabouts(word.user(), Status.OFFLINE, Optional.empty());
    var lastSeen =
        word.isThere() || !seesWhen(word.user(), discretion)
            ? Optional.<Instant>empty()
            : word.lastSeen();
    return new Whereabouts(word.user(), word.status(), lastSeen);
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
