package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import kith.node.LocalActors;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Status;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two presence actors in one actor system, which find each other as they would in a cluster.
class PresenceTest {
  private static final ActorTestKit KIT = LocalActors.create(ManualTime.config());
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final TestLastSeen lastSeen = new TestLastSeen();
  private final ActorRef<Presence.Command> here = node();
  private final ActorRef<Presence.Command> there = node();
  private final TestProbe<Presence.ToSession> session = KIT.createTestProbe();
  private final TestProbe<Presence.ToSession> phone = KIT.createTestProbe();

  private ActorRef<Presence.Command> node() {
    var clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        };
    return KIT.spawn(PresenceBehavior.create(GRACE, lastSeen, clock));
  }

  @AfterEach
  void stopNodes() {
    KIT.stop(here);
    KIT.stop(there);
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aUserOfTheOtherNodeIsSeenHere() {
    is(there, "ann", Status.ONLINE, phone);

    watches("ann", Status.ONLINE);

    is(there, "ann", Status.DND, phone);

    assertThat(changes("ann")).returns(Status.DND, PresenceState::status);
  }

  @Test
  void aWatchedUserWhoComesOnlineIsReported() {
    watches("bob", Status.OFFLINE);

    is(there, "bob", Status.ONLINE, phone);

    assertThat(changes("bob")).returns(Status.ONLINE, PresenceState::status);
  }

  @Test
  void aUserWhoLeavesIsOfflineAfterTheGracePeriod() {
    is(there, "carol", Status.ONLINE, phone);
    watches("carol", Status.ONLINE);

    var end = NOON.plusSeconds(1);
    now.set(end);
    phone.stop();
    session.awaitAssert(() -> {
      assertThat(lastSeen.kept.get("carol")).returns(Optional.of(end), PresenceState::lastSeen);
      return null;
    });
    pass(GRACE.minusSeconds(1));
    session.expectNoMessage(Duration.ZERO);
    pass(Duration.ofSeconds(2));

    assertThat(changes("carol"))
        .returns(Status.OFFLINE, PresenceState::status)
        .returns(Optional.of(end), PresenceState::lastSeen);
  }

  @Test
  void aUserWhoMovesToTheOtherNodeStaysOnline() {
    is(there, "dan", Status.ONLINE, phone);
    watches("dan", Status.ONLINE);

    phone.stop();
    is(here, "dan", Status.ONLINE, KIT.createTestProbe());
    pass(GRACE.multipliedBy(2));

    wasNeverOffline("dan");
  }

  @Test
  void usersOfANodeThatDiesAreOffline() {
    is(there, "eva", Status.ONLINE, phone);
    watches("eva", Status.ONLINE);

    KIT.stop(there);

    var state = changes("eva");
    // last seen is looked up in the database, and may be sent a moment later
    if (state.lastSeen().isEmpty()) state = changes("eva");
    assertThat(state)
        .returns(Status.OFFLINE, PresenceState::status)
        .returns(Optional.of(NOON), PresenceState::lastSeen);
  }

  @Test
  void aUserOfANodeThatShutsDownStaysOnlineByReconnectingWithinTheGracePeriod() {
    is(there, "gil", Status.ONLINE, phone);
    watches("gil", Status.ONLINE);

    thereKnowsHere();
    thereShutsDown();
    pass(GRACE.minusSeconds(1));
    is(here, "gil", Status.ONLINE, KIT.createTestProbe());
    settle();
    pass(GRACE);

    wasNeverOffline("gil");
  }

  @Test
  void aUserOfANodeThatShutDownIsOfflineAfterTheGracePeriod() {
    is(there, "hal", Status.ONLINE, phone);
    watches("hal", Status.ONLINE);

    thereKnowsHere();
    thereShutsDown();

    assertThat(changes("hal")).returns(Status.OFFLINE, PresenceState::status);
  }

  @Test
  void changesWithinAMomentAreSentTogether() {
    var people = IntStream.range(0, 50).mapToObj(i -> "crowd" + i).toList();
    here.tell(new Presence.Watch(1, Set.copyOf(people), session.ref()));
    assertThat(next().states()).hasSize(50);

    for (var one : people) is(there, one, Status.ONLINE, KIT.createTestProbe());

    var told = 0;
    var messages = 0;
    for (; told < people.size(); messages++) told += next().states().size();
    assertThat(messages).isLessThan(people.size() / 2);
  }

  @Test
  void aWatchLastsWhileItIsRenewed() {
    watches("fay", Status.OFFLINE);

    for (var i = 0; i < 20; i++) pass(Duration.ofSeconds(20));
    is(there, "fay", Status.ONLINE, phone);

    assertThat(changes("fay")).returns(Status.ONLINE, PresenceState::status);
  }

  private void is(
      ActorRef<Presence.Command> node,
      String user,
      Status status,
      TestProbe<Presence.ToSession> session) {
    node.tell(new Presence.Here(user, status, PrivacyPolicy.OPEN, session.ref()));
  }

  /// A lookup of last seen may cause a message at any time.
  private void wasNeverOffline(String user) {
    here.tell(new Presence.Watch(2, Set.of(user), session.ref()));
    for (var told = next(); told.number() != 2; told = next())
      assertThat(told.states()).allMatch(PresenceState::isThere);
  }

  /// Waits until the status is reported: the nodes need a moment to find each other.
  private PresenceState watches(String user, Status status) {
    here.tell(new Presence.Watch(1, Set.of(user), session.ref()));
    var state = next().states().getFirst();
    while (state.status() != status) state = next().states().getFirst();
    return state;
  }

  private PresenceState changes(String user) {
    var told = next();
    assertThat(told.whole()).isFalse();
    assertThat(told.states()).extracting(PresenceState::user).containsExactly(user);
    return told.states().getFirst();
  }

  /// The next message, while time passes.
  private Presence.ToSession next() {
    return session.awaitAssert(() -> {
      TIME.timePasses(Duration.ofSeconds(1));
      return session.receiveMessage(Duration.ofMillis(100));
    });
  }

  private void thereKnowsHere() {
    TestProbe<Presence.ToSession> other = KIT.createTestProbe();
    is(here, "ida", Status.ONLINE, KIT.createTestProbe());
    there.tell(new Presence.Watch(1, Set.of("ida"), other.ref()));
    other.awaitAssert(() -> {
      TIME.timePasses(Duration.ofMillis(250));
      var told = other.receiveMessage(Duration.ofMillis(100));
      assertThat(told.states().getFirst().isThere()).isTrue();
      return told;
    });
  }

  /// Waits until all messages sent before have been handled.
  private void settle() {
    for (var i = 0; i < 3; i++) {
      TIME.timePasses(Duration.ofMillis(250));
      answers(here);
    }
  }

  /// A stop overtakes the messages in a mailbox, so each node first handles those it received.
  private void thereShutsDown() {
    there.tell(new Presence.Leave());
    answers(there);
    answers(here);
    KIT.stop(there);
  }

  private void answers(ActorRef<Presence.Command> node) {
    TestProbe<Presence.ToSession> other = KIT.createTestProbe();
    node.tell(new Presence.Watch(1, Set.of(), other.ref()));
    other.receiveMessage();
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
    TIME.timePasses(time);
  }
}
