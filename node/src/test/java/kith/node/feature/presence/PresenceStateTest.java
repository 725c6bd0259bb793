package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.node.privacy.Viewer;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import kith.protocol.frame.UserPresence;
import org.junit.jupiter.api.Test;

class PresenceStateTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final UserPresence UNKNOWN =
      new UserPresence("bob", Status.OFFLINE, Optional.empty());

  @Test
  void aStrangerSeesTheStatus() {
    assertThat(bob(Status.IDLE, Set.of(), ShownTo.NOBODY).seenBy(stranger()))
        .isEqualTo(new UserPresence("bob", Status.IDLE, Optional.empty()));
  }

  @Test
  void aUserWhoBlockedTheViewerLooksUnknown() {
    for (var status : new Status[] {Status.ONLINE, Status.OFFLINE})
      assertThat(bob(status, Set.of("ann"), ShownTo.EVERYONE).seenBy(stranger()))
          .isEqualTo(UNKNOWN);
  }

  @Test
  void aUserBlockedByTheViewerLooksUnknown() {
    var ann = new Viewer("ann", new Relations(Set.of("bob"), Set.of("bob"), PrivacySettings.OPEN));

    assertThat(bob(Status.ONLINE, Set.of(), ShownTo.EVERYONE).seenBy(ann)).isEqualTo(UNKNOWN);
  }

  @Test
  void lastSeenIsShownToItsAudience() {
    assertThat(offline(ShownTo.EVERYONE).seenBy(stranger()).lastSeen()).hasValue(NOON);
    assertThat(offline(ShownTo.CONTACTS).seenBy(stranger()).lastSeen()).isEmpty();
    assertThat(offline(ShownTo.CONTACTS).seenBy(contact()).lastSeen()).hasValue(NOON);
    assertThat(offline(ShownTo.NOBODY).seenBy(contact()).lastSeen()).isEmpty();
  }

  @Test
  void aUserOnlineHasNoLastSeen() {
    assertThat(bob(Status.ONLINE, Set.of(), ShownTo.EVERYONE).seenBy(contact()).lastSeen())
        .isEmpty();
  }

  private static Viewer stranger() {
    return new Viewer("ann", Relations.EMPTY);
  }

  private static Viewer contact() {
    return new Viewer("ann", new Relations(Set.of("bob"), Set.of(), PrivacySettings.OPEN));
  }

  private static PresenceState offline(ShownTo lastSeen) {
    return bob(Status.OFFLINE, Set.of(), lastSeen);
  }

  private static PresenceState bob(Status status, Set<String> blocked, ShownTo lastSeen) {
    var settings = new PrivacySettings(lastSeen, ShownTo.EVERYONE, true);
    return new PresenceState(
        "bob", status, Optional.of(NOON), Optional.of(new PrivacyPolicy(blocked, settings, 0)));
  }
}
