package kith.node.feature.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSubscriptionsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final NodeSubscriptions<String> subscriptions = new NodeSubscriptions<>();

  @Test
  void onlyNodesThatSubscribedToAUserAreListed() {
    subscriptions.add("n1", List.of("ann", "bob"), NOON);
    subscriptions.add("n2", List.of("bob"), NOON);

    assertThat(subscriptions.nodesFor("ann")).containsExactly("n1");
    assertThat(subscriptions.nodesFor("bob")).containsExactlyInAnyOrder("n1", "n2");
    assertThat(subscriptions.nodesFor("carol")).isEmpty();
  }

  @Test
  void aSubscriptionThatIsNotRenewedExpires() {
    subscriptions.add("n1", List.of("ann"), NOON);
    subscriptions.add("n2", List.of("ann"), NOON);
    subscriptions.add("n2", List.of("ann"), NOON.plusSeconds(1));

    subscriptions.expire(NOON);

    assertThat(subscriptions.nodesFor("ann")).containsExactly("n2");
  }

  @Test
  void aRemovedNodeHasNoSubscriptions() {
    subscriptions.add("n1", List.of("ann"), NOON);

    subscriptions.remove("n1");

    assertThat(subscriptions.nodesFor("ann")).isEmpty();
  }
}
