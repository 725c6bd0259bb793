package kith.node.privacy;

import java.time.Instant;
import java.util.Optional;
import kith.node.feature.presence.PresenceState;
import kith.protocol.Status;
import kith.protocol.frame.Whereabouts;

/// Somebody who looks at others, and what of them may be seen. Who is hidden looks like somebody
/// who never was there.
public record Viewer(String user, Relations circle) {

  public Whereabouts sees(PresenceState word) {
    var discretion = word.discretion().orElse(PresencePrivacy.NONE);
    if (circle.hasBlocked(word.user()) || discretion.hiddenFrom().contains(user))
      return new Whereabouts(word.user(), Status.OFFLINE, Optional.empty());
    var lastSeen =
        word.isThere() || !seesWhen(word.user(), discretion)
            ? Optional.<Instant>empty()
            : word.lastSeen();
    return new Whereabouts(word.user(), word.status(), lastSeen);
  }

  /// Contacts are so on both sides.
  private boolean seesWhen(String other, PresencePrivacy discretion) {
    return switch (discretion.lastSeen()) {
      case EVERYONE -> true;
      case CONTACTS -> circle.contacts().contains(other);
      case NOBODY -> false;
    };
  }
}
