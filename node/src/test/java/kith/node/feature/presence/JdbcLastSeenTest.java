package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.LocalActors;
import kith.node.platform.database.FreshDatabase;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcLastSeenTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final PrivacyPolicy SHY =
      new PrivacyPolicy(
          Set.of("eve", "mallory"),
          new PrivacySettings(ShownTo.CONTACTS, ShownTo.EVERYONE, true),
          0);
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final ActorRef<JdbcLastSeen.Command> writer =
      KIT.spawn(JdbcLastSeen.create(DATABASE.jdbc()));
  private final LastSeen lastSeen = JdbcLastSeen.through(writer, DATABASE.jdbc());

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
    DATABASE.close();
  }

  @Test
  void whoeverWasNeverSeenIsNotKnown() {
    assertThat(of("nobody")).isEmpty();
  }

  @Test
  void whatIsWrittenNeverGoesBack() {
    lastSeen.seen("ann", NOON);
    written();
    lastSeen.seen("ann", NOON.minusSeconds(60));
    written();

    assertThat(of("ann").flatMap(PresenceState::lastSeen)).hasValue(NOON);
  }

  @Test
  void whoMayKnowIsKeptBesideIt() {
    lastSeen.seen("bob", NOON);
    lastSeen.discretion("bob", SHY);
    written();
    lastSeen.seen("bob", NOON.plusSeconds(60));
    written();

    assertThat(of("bob"))
        .hasValueSatisfying(word ->
            assertThat(word)
                .returns(Optional.of(NOON.plusSeconds(60)), PresenceState::lastSeen)
                .returns(Optional.of(SHY), PresenceState::policy));

    lastSeen.discretion("bob", PrivacyPolicy.OPEN);
    written();

    assertThat(of("bob").flatMap(PresenceState::policy)).hasValue(PrivacyPolicy.OPEN);
  }

  @Test
  void whoHidesBeforeBeingSeenIsHidden() {
    lastSeen.discretion("carol", SHY);
    written();
    lastSeen.seen("carol", NOON);
    written();

    assertThat(of("carol").flatMap(PresenceState::policy)).hasValue(SHY);
  }

  private void written() {
    TestProbe<Done> done = KIT.createTestProbe();
    writer.tell(new JdbcLastSeen.WriteAll(done.ref()));
    done.receiveMessage();
  }

  private Optional<PresenceState> of(String user) {
    return lastSeen.of(Set.of(user)).toCompletableFuture().join().stream().findFirst();
  }
}
