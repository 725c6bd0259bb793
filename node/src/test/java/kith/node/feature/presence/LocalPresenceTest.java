package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Status;
import org.junit.jupiter.api.Test;

class LocalPresenceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final Map<String, Instant> seen = new HashMap<>();
  private final LocalPresence<String> here = new LocalPresence<>(GRACE, seen::put);

  @Test
  void aUserWithASessionIsOnline() {
    assertThat(is("phone", Status.ONLINE)).hasValue(Status.ONLINE);
  }

  @Test
  void anUpdateThatChangesNothingIsNotReported() {
    is("phone", Status.ONLINE);

    assertThat(is("phone", Status.ONLINE)).isEmpty();
    assertThat(is("desk", Status.IDLE)).isEmpty();
  }

  @Test
  void theMostActiveDeviceDecidesTheStatus() {
    is("phone", Status.IDLE);

    assertThat(is("desk", Status.ONLINE)).hasValue(Status.ONLINE);
    assertThat(is("desk", Status.IDLE)).hasValue(Status.IDLE);
    assertThat(is("phone", Status.DND)).hasValue(Status.DND);
  }

  @Test
  void aUserWhoComesBackWithinTheGracePeriodStaysOnline() {
    is("phone", Status.IDLE);

    assertThat(here.remove("phone", NOON)).isEmpty();
    assertThat(here.expire(NOON.plus(GRACE).minusMillis(1))).isEmpty();
    assertThat(is("phone again", Status.IDLE))
        .as("the policy is reported again")
        .hasValue(Status.IDLE);
    assertThat(here.expire(NOON.plus(GRACE))).isEmpty();
  }

  @Test
  void withoutASessionNoPolicyIsReported() {
    here.update("phone", "ann", Status.ONLINE, PrivacyPolicy.OPEN, NOON);
    assertThat(here.state("ann").policy()).hasValue(PrivacyPolicy.OPEN);

    here.remove("phone", NOON);

    assertThat(here.state("ann").policy()).isEmpty();
  }

  @Test
  void aUserWhoStaysAwayIsOfflineSinceTheSessionEnded() {
    is("phone", Status.ONLINE);
    here.remove("phone", NOON);

    assertThat(here.expire(NOON.plus(GRACE)))
        .singleElement()
        .returns(Status.OFFLINE, PresenceState::status)
        .returns(Optional.of(NOON), PresenceState::lastSeen);
    assertThat(seen).containsEntry("ann", NOON);
    assertThat(here.isEmpty()).isTrue();
  }

  @Test
  void turningInvisibleLooksLikeLeaving() {
    is("phone", Status.ONLINE);
    is("desk", Status.ONLINE);

    assertThat(is("phone", Status.INVISIBLE)).isEmpty();
    var gone = here.expire(NOON.plus(GRACE));

    assertThat(gone)
        .singleElement()
        .returns(Status.OFFLINE, PresenceState::status)
        .returns(Optional.of(NOON), PresenceState::lastSeen);
    assertThat(seen).containsEntry("ann", NOON);
  }

  @Test
  void anInvisibleUserIsNotRecordedAsSeen() {
    is("phone", Status.INVISIBLE);

    here.recordSeen(NOON);
    here.remove("phone", NOON);

    assertThat(seen).isEmpty();
    assertThat(here.expire(NOON.plus(GRACE))).isEmpty();
    assertThat(here.isEmpty()).isTrue();
  }

  @Test
  void aUserWhoLeavesAfterBeingInvisibleIsRemoved() {
    is("phone", Status.ONLINE);
    is("phone", Status.INVISIBLE);
    here.expire(NOON.plus(GRACE));

    assertThat(here.remove("phone", NOON.plusSeconds(60)).filter(PresenceState::isThere)).isEmpty();
    assertThat(here.isEmpty()).isTrue();
    assertThat(seen).containsEntry("ann", NOON);
  }

  @Test
  void aUserWhoBecomesVisibleAgainIsOnlineAtOnce() {
    is("phone", Status.INVISIBLE);

    assertThat(is("phone", Status.ONLINE)).hasValue(Status.ONLINE);
  }

  @Test
  void usersOnlineAreRecordedAsSeen() {
    is("phone", Status.IDLE);
    assertThat(seen).containsEntry("ann", NOON);

    here.recordSeen(NOON.plusSeconds(60));

    assertThat(seen).containsEntry("ann", NOON.plusSeconds(60));
  }

  private Optional<Status> is(String session, Status status) {
    return here.update(session, "ann", status, PrivacyPolicy.OPEN, NOON).map(PresenceState::status);
  }
}
