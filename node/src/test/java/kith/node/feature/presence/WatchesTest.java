package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.privacy.PresencePrivacy;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(1);

  private final Watches<String, String> screens = new Watches<>();

  @BeforeEach
  void twoNodes() {
    screens.came("n1");
    screens.came("n2");
  }

  @Test
  void aScreenIsToldWhenEverythingIsKnown() {
    assertThat(watch("s", 1, "ann", "bob")).containsExactlyInAnyOrder("ann", "bob");
    says("n1", word("ann", Status.ONLINE), PresenceState.absent("bob"));
    says("n2", PresenceState.absent("ann"), word("bob", Status.IDLE));
    assertThat(tell()).isEmpty();

    screens.lookedUp(Set.of("ann", "bob"), List.of());

    assertThat(tell().get("s"))
        .returns(1L, Presence.ToSession::number)
        .returns(true, Presence.ToSession::whole)
        .satisfies(it ->
            assertThat(it.words())
                .extracting(PresenceState::status)
                .containsExactlyInAnyOrder(Status.ONLINE, Status.IDLE));
    assertThat(screens.isAwaiting()).isFalse();
  }

  @Test
  void aNodeThatDoesNotAnswerIsNotWaitedForForEver() {
    watch("s", 1, "ann");
    says("n1", word("ann", Status.ONLINE));

    assertThat(tell()).isEmpty();
    assertThat(screens.tell(LATER)).containsKey("s");
  }

  @Test
  void whatIsKnownIsToldAtOnce() {
    known("s", "ann");

    assertThat(watch("t", 7, "ann")).isEmpty();
    assertThat(tell().get("t")).returns(true, Presence.ToSession::whole);
  }

  @Test
  void afterTheWholeOnlyChangesAreTold() {
    known("s", "ann", "bob");

    says("n1", word("ann", Status.DND));
    says("n1", word("ann", Status.DND));

    assertThat(tell().get("s"))
        .returns(false, Presence.ToSession::whole)
        .satisfies(
            it -> assertThat(it.words()).extracting(PresenceState::user).containsExactly("ann"));
    assertThat(tell()).isEmpty();
  }

  @Test
  void whoIsSomewhereIsThere() {
    known("s", "ann");
    says("n1", word("ann", Status.ONLINE));
    says("n2", word("ann", Status.IDLE));
    tell();

    says("n1", gone("ann", NOON));

    assertThat(now("s", "ann")).returns(Status.IDLE, PresenceState::status);
  }

  @Test
  void aNodeThatDiesTakesItsWordsWithIt() {
    known("s", "ann", "bob");
    says("n1", word("ann", Status.ONLINE));
    says("n2", word("bob", Status.ONLINE));
    tell();

    assertThat(screens.went("n1")).containsExactly("ann");

    assertThat(now("s", "ann")).returns(Status.OFFLINE, PresenceState::status);
  }

  @Test
  void aNodeThatIsGoneIsNotHeardAnyMore() {
    known("s", "ann");
    screens.went("n1");

    says("n1", word("ann", Status.ONLINE));

    assertThat(tell()).isEmpty();
  }

  @Test
  void whatANodeSaidThatLeavesLastsForAWhile() {
    known("s", "ann");
    says("n1", word("ann", Status.ONLINE));
    tell();

    screens.ended("n1");
    says("n1", word("ann", Status.DND));
    assertThat(tell()).isEmpty();

    screens.went("n1");
    assertThat(now("s", "ann")).returns(Status.OFFLINE, PresenceState::status);
  }

  @Test
  void aNodeThatDiesIsNotWaitedFor() {
    watch("s", 1, "ann");
    says("n1", PresenceState.absent("ann"));
    screens.lookedUp(Set.of("ann"), List.of());

    screens.went("n2");

    assertThat(tell()).containsKey("s");
  }

  @Test
  void lastSeenNeverGoesBack() {
    known("s", "ann");
    says("n1", gone("ann", LATER));
    says("n2", gone("ann", NOON));
    says("n1", PresenceState.absent("ann"));
    screens.lookedUp(Set.of("ann"), List.of(gone("ann", NOON)));

    assertThat(now("s", "ann").lastSeen()).hasValue(LATER);
  }

  @Test
  void whatIsKeptIsKnownOfWhoIsNowhere() {
    watch("s", 1, "ann");
    says("n1", PresenceState.absent("ann"));
    says("n2", PresenceState.absent("ann"));
    var discretion = Optional.of(new PresencePrivacy(Set.of("eve"), ShownTo.NOBODY));

    screens.lookedUp(
        Set.of("ann"),
        List.of(new PresenceState("ann", Status.OFFLINE, Optional.of(NOON), discretion)));

    assertThat(now("s", "ann"))
        .returns(Optional.of(NOON), PresenceState::lastSeen)
        .returns(discretion, PresenceState::discretion);
  }

  @Test
  void whatTheAccountChoosesNowCountsMoreThanWhatWasKept() {
    known("s", "ann");
    screens.lookedUp(
        Set.of("ann"),
        List.of(
            new PresenceState(
                "ann",
                Status.OFFLINE,
                Optional.empty(),
                Optional.of(new PresencePrivacy(Set.of("eve"), ShownTo.NOBODY)))));
    tell();

    says("n1", word("ann", Status.ONLINE));

    assertThat(now("s", "ann").discretion()).hasValue(PresencePrivacy.NONE);

    says("n1", PresenceState.absent("ann"));

    assertThat(now("s", "ann").discretion()).hasValue(PresencePrivacy.NONE);
  }

  @Test
  void aNewScreenReplacesTheOneBefore() {
    known("s", "ann");
    watch("s", 2, "bob");
    says("n1", word("ann", Status.ONLINE));

    assertThat(of(screens.tell(LATER), "s").words())
        .extracting(PresenceState::user)
        .containsExactly("bob");
  }

  @Test
  void whoIsOnNoScreenIsForgottenAfterAWhile() {
    known("s", "ann");
    screens.end("s");

    assertThat(screens.renewed()).isEmpty();
    assertThat(screens.users()).containsExactly("ann");
    assertThat(screens.renewed()).isEmpty();
    assertThat(screens.users()).isEmpty();
  }

  @Test
  void whoIsOnAScreenIsNot() {
    known("s", "ann");

    screens.renewed();

    assertThat(screens.renewed()).containsExactly("ann");
  }

  @Test
  void anEmptyScreenIsToldSo() {
    watch("s", 3);

    assertThat(of(tell(), "s").words()).isEmpty();
  }

  private Set<String> watch(String session, long number, String... users) {
    return screens.watch(session, number, Set.of(users), LATER);
  }

  /// Everybody is on no node, and the screen has been told.
  private void known(String session, String... users) {
    watch(session, 1, users);
    for (var user : users) {
      says("n1", PresenceState.absent(user));
      says("n2", PresenceState.absent(user));
    }
    screens.lookedUp(Set.of(users), List.of());
    tell();
  }

  private void says(String node, PresenceState... words) {
    screens.heard(node, List.of(words));
  }

  private Map<String, Presence.ToSession> tell() {
    return screens.tell(NOON);
  }

  private PresenceState now(String session, String user) {
    return of(tell(), session).words().stream()
        .filter(it -> it.user().equals(user))
        .findFirst()
        .orElseThrow();
  }

  private static Presence.ToSession of(Map<String, Presence.ToSession> told, String session) {
    return Optional.ofNullable(told.get(session)).orElseThrow();
  }

  private static PresenceState word(String user, Status status) {
    return new PresenceState(user, status, Optional.empty(), Optional.of(PresencePrivacy.NONE));
  }

  private static PresenceState gone(String user, Instant at) {
    return new PresenceState(
        user, Status.OFFLINE, Optional.of(at), Optional.of(PresencePrivacy.NONE));
  }
}
