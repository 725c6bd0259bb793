package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Set;
import kith.node.person.Patience;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MembershipTest {
  private final ActorTestKit ann = node();
  private final ActorTestKit bob = node();
  private final Membership membership = Membership.of(ann.system());
  private final Membership other = Membership.of(bob.system());

  /// A node that learns by silence alone that another is dead, and only after an hour.
  private static ActorTestKit node() {
    return ActorTestKit.create(
        "kith",
        ConfigFactory.parseString(
            """
            pekko {
              actor.provider = cluster
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              cluster {
                jmx.enabled = off
                gossip-interval = 100ms
                leader-actions-interval = 100ms
                unreachable-nodes-reaper-interval = 100ms
                failure-detector {
                  implementation-class = "kith.node.platform.cluster.PatientFailureDetector"
                  acceptable-heartbeat-pause = 1h
                }
              }
              coordinated-shutdown.exit-jvm = off
            }
            """));
  }

  @AfterEach
  void end() {
    bob.shutdownTestKit();
    ann.shutdownTestKit();
  }

  @Test
  void aMemberThatIsKnownToBeDeadIsRemovedBeforeItsSilenceIsNoticed() {
    membership.form();
    other.join(List.of(membership.address()));
    eventually(() -> assertThat(membership.observed()).containsExactly(other.incarnation()));
    eventually(() -> assertThat(other.isUp()).isTrue());

    membership.remove(other.incarnation());

    eventually(
        () -> assertThat(membership.incarnations()).isEqualTo(Set.of(membership.incarnation())));
  }

  @Test
  void aMemberThatDeclaresItselfDownIsRemovedBeforeItsSilenceIsNoticed() {
    DownedMembers.start(ann.system(), membership);
    membership.form();
    other.join(List.of(membership.address()));
    eventually(() -> assertThat(membership.observed()).containsExactly(other.incarnation()));
    eventually(() -> assertThat(other.isUp()).isTrue());

    other.end();

    eventually(
        () -> assertThat(membership.incarnations()).isEqualTo(Set.of(membership.incarnation())));
  }

  @Test
  void aMemberThatMayServeIsUnreachableUntilItIsRemoved() {
    membership.form();
    other.join(List.of(membership.address()));
    eventually(() -> assertThat(membership.observed()).containsExactly(other.incarnation()));
    eventually(() -> assertThat(other.isUp()).isTrue());
    assertThat(membership.hasUnreachable()).isFalse();

    var member = Cluster.get(bob.system()).selfMember();
    eventually(() -> {
      membership.expectNothingFrom(member);
      assertThat(membership.hasUnreachable()).isTrue();
    });

    Cluster.get(ann.system()).down(member.address());
    eventually(() -> assertThat(membership.hasUnreachable()).isFalse());
  }

  private void eventually(Runnable assertion) {
    ann.createTestProbe()
        .awaitAssert(
            Patience.LONGEST,
            () -> {
              assertion.run();
              return true;
            });
  }
}
