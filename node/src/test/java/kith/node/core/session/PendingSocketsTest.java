package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import kith.node.LocalActors;
import kith.node.NodeSettings;
import kith.node.auth.Tokens.Access;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PendingSocketsTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final Optional<Access> NOBODY = Optional.empty();
  private static final Optional<Access> ANN = Optional.of(new Access("ann", "d-1", 1));

  private final PendingSockets pending =
      new PendingSockets(
          NodeSettings.read(
                  Optional.empty(),
                  Map.of(
                      "kith.sessions.unauthenticated", "3",
                      "kith.sessions.unauthenticated-per-address", "2"))
              .sessions());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void anAddressHasAFewPlaces() {
    opens(NOBODY, "10.0.0.1");
    opens(NOBODY, "10.0.0.1");

    assertThat(pending.hasPlace(NOBODY, address("10.0.0.1"))).isFalse();
    assertThat(pending.hasPlace(NOBODY, address("10.0.0.2"))).isTrue();
  }

  @Test
  void anIpv6NetworkOf64BitsCountsAsOneAddress() {
    opens(NOBODY, "2001:db8:1:2::1");
    opens(NOBODY, "2001:db8:1:2::2");

    assertThat(pending.hasPlace(NOBODY, address("2001:db8:1:2::3"))).isFalse();
    assertThat(pending.hasPlace(NOBODY, address("2001:db8:1:3::3"))).isTrue();
  }

  @Test
  void aTokenInTheHandshakeNeedsNoPlaceOfTheStrangers() {
    for (int i = 1; i <= 3; i++) opens(NOBODY, "10.0.0." + i);

    assertThat(pending.hasPlace(NOBODY, address("10.0.0.9"))).isFalse();
    assertThat(pending.hasPlace(ANN, address("10.0.0.1"))).isTrue();
  }

  @Test
  void theHandshakesOfOneAccountAreLimitedToo() {
    opens(ANN, "10.0.0.1");
    opens(ANN, "10.0.0.2");

    assertThat(pending.hasPlace(ANN, address("10.0.0.3"))).isFalse();
  }

  @Test
  void anAuthenticatedSocketGivesItsPlaceBackOnce() {
    opens(NOBODY, "10.0.0.1");
    var second = opens(NOBODY, "10.0.0.1");

    assertThat(pending.remove(second)).isTrue();
    assertThat(pending.remove(second)).isFalse();

    assertThat(pending.size()).isOne();
    assertThat(pending.hasPlace(NOBODY, address("10.0.0.1"))).isTrue();
  }

  private ActorRef<Session.Command> opens(Optional<Access> caller, String address) {
    ActorRef<Session.Command> session = KIT.<Session.Command>createTestProbe().ref();
    pending.add(session, caller, address(address));
    return session;
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
