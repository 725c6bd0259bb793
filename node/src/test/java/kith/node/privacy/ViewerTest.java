package kith.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.feature.presence.PresenceState;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import kith.protocol.frame.Whereabouts;
import org.junit.jupiter.api.Test;

class ViewerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Whereabouts NOBODY =
      new Whereabouts("bob", Status.OFFLINE, Optional.empty());

  @Test
  void whoeverIsThereIsSeen() {
    assertThat(stranger().sees(word(Status.IDLE, Set.of(), ShownTo.NOBODY)))
        .isEqualTo(new Whereabouts("bob", Status.IDLE, Optional.empty()));
  }

  @Test
  void whoBlockedTheOnlookerLooksLikeNobody() {
    for (var status : new Status[] {Status.ONLINE, Status.OFFLINE})
      assertThat(stranger().sees(word(status, Set.of("ann"), ShownTo.EVERYONE))).isEqualTo(NOBODY);
  }

  @Test
  void whomTheOnlookerBlockedLooksLikeNobody() {
    var ann = new Viewer("ann", new Relations(Set.of("bob"), Set.of("bob"), PrivacySettings.OPEN));

    assertThat(ann.sees(word(Status.ONLINE, Set.of(), ShownTo.EVERYONE))).isEqualTo(NOBODY);
  }

  @Test
  void lastSeenIsShownToThoseWhoMayKnow() {
    assertThat(stranger().sees(gone(ShownTo.EVERYONE)).lastSeen()).hasValue(NOON);
    assertThat(stranger().sees(gone(ShownTo.CONTACTS)).lastSeen()).isEmpty();
    assertThat(contact().sees(gone(ShownTo.CONTACTS)).lastSeen()).hasValue(NOON);
    assertThat(contact().sees(gone(ShownTo.NOBODY)).lastSeen()).isEmpty();
  }

  @Test
  void whoIsThereWasNotSeenLast() {
    assertThat(contact().sees(word(Status.ONLINE, Set.of(), ShownTo.EVERYONE)).lastSeen())
        .isEmpty();
  }

  private static Viewer stranger() {
    return new Viewer("ann", Relations.EMPTY);
  }

  private static Viewer contact() {
    return new Viewer("ann", new Relations(Set.of("bob"), Set.of(), PrivacySettings.OPEN));
  }

  private static PresenceState gone(ShownTo lastSeen) {
    return word(Status.OFFLINE, Set.of(), lastSeen);
  }

  private static PresenceState word(Status status, Set<String> hiddenFrom, ShownTo lastSeen) {
    return new PresenceState(
        "bob", status, Optional.of(NOON), Optional.of(new PresencePrivacy(hiddenFrom, lastSeen)));
  }
}
