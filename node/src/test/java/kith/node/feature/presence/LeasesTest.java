package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Leases<String> leases = new Leases<>();

  @Test
  void onlyThoseNodesAreToldThatAsked() {
    leases.add("n1", List.of("ann", "bob"), NOON);
    leases.add("n2", List.of("bob"), NOON);

    assertThat(leases.of("ann")).containsExactly("n1");
    assertThat(leases.of("bob")).containsExactlyInAnyOrder("n1", "n2");
    assertThat(leases.of("carol")).isEmpty();
  }

  @Test
  void whatIsNotRenewedEnds() {
    leases.add("n1", List.of("ann"), NOON);
    leases.add("n2", List.of("ann"), NOON);
    leases.add("n2", List.of("ann"), NOON.plusSeconds(1));

    leases.expire(NOON);

    assertThat(leases.of("ann")).containsExactly("n2");
  }

  @Test
  void aNodeThatIsGoneIsToldNothing() {
    leases.add("n1", List.of("ann"), NOON);

    leases.end("n1");

    assertThat(leases.of("ann")).isEmpty();
  }
}
