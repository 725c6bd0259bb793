package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchListsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final PrivacyPolicy STRICT =
      new PrivacyPolicy(
          Set.of("eve"), new PrivacySettings(ShownTo.NOBODY, ShownTo.EVERYONE, true), 0);
  private static final Instant LATER = NOON.plusSeconds(1);

  private final WatchLists<String, String> lists = new WatchLists<>();

  @BeforeEach
  void twoNodes() {
    lists.addNode("n1");
    lists.addNode("n2");
  }

  @Test
  void aWatchListIsSentWhenEverythingIsKnown() {
    assertThat(watch("s", 1, "ann", "bob")).containsExactlyInAnyOrder("ann", "bob");
    says("n1", online("ann", Status.ONLINE), PresenceState.absent("bob"));
    says("n2", PresenceState.absent("ann"), online("bob", Status.IDLE));
    assertThat(unsent()).isEmpty();

    lists.lookedUp(Set.of("ann", "bob"), List.of());

    assertThat(unsent().get("s"))
        .returns(1L, Presence.ToSession::number)
        .returns(true, Presence.ToSession::whole)
        .satisfies(it ->
            assertThat(it.states())
                .extracting(PresenceState::status)
                .containsExactlyInAnyOrder(Status.ONLINE, Status.IDLE));
    assertThat(lists.hasUnsent()).isFalse();
  }

  @Test
  void aNodeThatDoesNotAnswerDelaysAWatchListUntilItsDeadline() {
    watch("s", 1, "ann");
    says("n1", online("ann", Status.ONLINE));

    assertThat(unsent()).isEmpty();
    assertThat(lists.takeUnsent(LATER)).containsKey("s");
  }

  @Test
  void knownStatesAreSentAtOnce() {
    known("s", "ann");

    assertThat(watch("t", 7, "ann")).isEmpty();
    assertThat(unsent().get("t")).returns(true, Presence.ToSession::whole);
  }

  @Test
  void afterTheWholeListOnlyChangesAreSent() {
    known("s", "ann", "bob");

    says("n1", online("ann", Status.DND));
    says("n1", online("ann", Status.DND));

    assertThat(unsent().get("s"))
        .returns(false, Presence.ToSession::whole)
        .satisfies(
            it -> assertThat(it.states()).extracting(PresenceState::user).containsExactly("ann"));
    assertThat(unsent()).isEmpty();
  }

  @Test
  void aUserOnlineOnOneNodeIsOnline() {
    known("s", "ann");
    says("n1", online("ann", Status.ONLINE));
    says("n2", online("ann", Status.IDLE));
    unsent();

    says("n1", gone("ann", NOON));

    assertThat(now("s", "ann")).returns(Status.IDLE, PresenceState::status);
  }

  @Test
  void removingANodeDropsItsReports() {
    known("s", "ann", "bob");
    says("n1", online("ann", Status.ONLINE));
    says("n2", online("bob", Status.ONLINE));
    unsent();

    assertThat(lists.removeNode("n1")).containsExactly("ann");

    assertThat(now("s", "ann")).returns(Status.OFFLINE, PresenceState::status);
  }

  @Test
  void reportsOfARemovedNodeAreIgnored() {
    known("s", "ann");
    lists.removeNode("n1");

    says("n1", online("ann", Status.ONLINE));

    assertThat(unsent()).isEmpty();
  }

  @Test
  void reportsOfAClosedNodeStayUntilItIsRemoved() {
    known("s", "ann");
    says("n1", online("ann", Status.ONLINE));
    unsent();

    lists.closeNode("n1");
    says("n1", online("ann", Status.DND));
    assertThat(unsent()).isEmpty();

    lists.removeNode("n1");
    assertThat(now("s", "ann")).returns(Status.OFFLINE, PresenceState::status);
  }

  @Test
  void aWatchListDoesNotWaitForARemovedNode() {
    watch("s", 1, "ann");
    says("n1", PresenceState.absent("ann"));
    lists.lookedUp(Set.of("ann"), List.of());

    lists.removeNode("n2");

    assertThat(unsent()).containsKey("s");
  }

  @Test
  void lastSeenNeverGoesBack() {
    known("s", "ann");
    says("n1", gone("ann", LATER));
    says("n2", gone("ann", NOON));
    says("n1", PresenceState.absent("ann"));
    lists.lookedUp(Set.of("ann"), List.of(gone("ann", NOON)));

    assertThat(now("s", "ann").lastSeen()).hasValue(LATER);
  }

  @Test
  void theStoredStateOfAnOfflineUserIsUsed() {
    watch("s", 1, "ann");
    says("n1", PresenceState.absent("ann"));
    says("n2", PresenceState.absent("ann"));
    var policy = Optional.of(STRICT);

    lists.lookedUp(
        Set.of("ann"),
        List.of(new PresenceState("ann", Status.OFFLINE, Optional.of(NOON), policy)));

    assertThat(now("s", "ann"))
        .returns(Optional.of(NOON), PresenceState::lastSeen)
        .returns(policy, PresenceState::policy);
  }

  @Test
  void aReportedPolicyReplacesTheStoredOne() {
    known("s", "ann");
    lists.lookedUp(
        Set.of("ann"),
        List.of(new PresenceState("ann", Status.OFFLINE, Optional.empty(), Optional.of(STRICT))));
    unsent();

    says("n1", online("ann", Status.ONLINE));

    assertThat(now("s", "ann").policy()).hasValue(PrivacyPolicy.OPEN);

    says("n1", PresenceState.absent("ann"));

    assertThat(now("s", "ann").policy()).hasValue(PrivacyPolicy.OPEN);
  }

  @Test
  void aNewWatchListReplacesTheOneBefore() {
    known("s", "ann");
    watch("s", 2, "bob");
    says("n1", online("ann", Status.ONLINE));

    assertThat(of(lists.takeUnsent(LATER), "s").states())
        .extracting(PresenceState::user)
        .containsExactly("bob");
  }

  @Test
  void aUserWatchedByNoSessionIsForgottenAtTheSecondRenewal() {
    known("s", "ann");
    lists.removeSession("s");

    assertThat(lists.renewed()).isEmpty();
    assertThat(lists.users()).containsExactly("ann");
    assertThat(lists.renewed()).isEmpty();
    assertThat(lists.users()).isEmpty();
  }

  @Test
  void aWatchedUserIsNotForgotten() {
    known("s", "ann");

    lists.renewed();

    assertThat(lists.renewed()).containsExactly("ann");
  }

  @Test
  void anEmptyWatchListIsSent() {
    watch("s", 3);

    assertThat(of(unsent(), "s").states()).isEmpty();
  }

  private Set<String> watch(String session, long number, String... users) {
    return lists.watch(session, number, Set.of(users), LATER);
  }

  /// All users are offline, and the list has been sent.
  private void known(String session, String... users) {
    watch(session, 1, users);
    for (var user : users) {
      says("n1", PresenceState.absent(user));
      says("n2", PresenceState.absent(user));
    }
    lists.lookedUp(Set.of(users), List.of());
    unsent();
  }

  private void says(String node, PresenceState... states) {
    lists.reported(node, List.of(states));
  }

  private Map<String, Presence.ToSession> unsent() {
    return lists.takeUnsent(NOON);
  }

  private PresenceState now(String session, String user) {
    return of(unsent(), session).states().stream()
        .filter(it -> it.user().equals(user))
        .findFirst()
        .orElseThrow();
  }

  private static Presence.ToSession of(Map<String, Presence.ToSession> unsent, String session) {
    return Optional.ofNullable(unsent.get(session)).orElseThrow();
  }

  private static PresenceState online(String user, Status status) {
    return new PresenceState(user, status, Optional.empty(), Optional.of(PrivacyPolicy.OPEN));
  }

  private static PresenceState gone(String user, Instant at) {
    return new PresenceState(
        user, Status.OFFLINE, Optional.of(at), Optional.of(PrivacyPolicy.OPEN));
  }
}
