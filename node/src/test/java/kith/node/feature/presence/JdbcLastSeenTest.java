package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kith.node.LocalActors;
import kith.node.platform.database.FreshDatabase;
import kith.node.privacy.JdbcPrivacy;
import kith.node.privacy.PrivacyPolicy;
import kith.node.privacy.PrivacySettings;
import kith.protocol.ShownTo;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcLastSeenTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
  private static final PrivacyPolicy STRICT =
      new PrivacyPolicy(
          Set.of("eve", "mallory"),
          new PrivacySettings(ShownTo.CONTACTS, ShownTo.EVERYONE, true),
          1);
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final JdbcLastSeen lastSeen = JdbcLastSeen.start(KIT::spawn, DATABASE.jdbc(), 1_000);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
    DATABASE.close();
  }

  @Test
  void aUserWhoWasNeverOnlineIsUnknown() {
    assertThat(of("nobody")).isEmpty();
  }

  @Test
  void lastSeenNeverMovesBack() {
    seen("ann", NOON);
    seen("ann", NOON.minusSeconds(60));

    assertThat(of("ann").flatMap(PresenceState::lastSeen)).hasValue(NOON);
  }

  @Test
  void thePrivacyPolicyIsReadWithIt() {
    seen("bob", NOON);
    assertThat(of("bob").flatMap(PresenceState::policy)).hasValue(PrivacyPolicy.OPEN);

    keep("bob", STRICT);
    seen("bob", NOON.plusSeconds(60));

    assertThat(of("bob"))
        .hasValueSatisfying(state ->
            assertThat(state)
                .returns(Optional.of(NOON.plusSeconds(60)), PresenceState::lastSeen)
                .returns(Optional.of(STRICT), PresenceState::policy));
  }

  @Test
  void thePolicyOfAUserWhoWasNeverOnlineIsKnown() {
    keep("carol", STRICT);
    assertThat(of("carol").flatMap(PresenceState::policy)).hasValue(STRICT);

    seen("carol", NOON);

    assertThat(of("carol").flatMap(PresenceState::policy)).hasValue(STRICT);
  }

  private void seen(String user, Instant at) {
    lastSeen.seen(user, at);
    lastSeen.flush().toCompletableFuture().join();
  }

  private static void keep(String user, PrivacyPolicy policy) {
    var writer = JdbcPrivacy.start(KIT::spawn, DATABASE.jdbc(), 1_000);
    writer.keep(user, policy);
    writer.flush().toCompletableFuture().join();
  }

  private Optional<PresenceState> of(String user) {
    return lastSeen.of(Set.of(user)).toCompletableFuture().join().stream().findFirst();
  }
}
