package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NodeActorsTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final ActorRef<String> SELF = KIT.<String>createTestProbe().ref();
  private static final ActorRef<String> OTHER = KIT.<String>createTestProbe().ref();

  private final List<ActorRef<String>> watched = new ArrayList<>();
  private final NodeActors<String> nodes = new NodeActors<>(SELF, watched::add);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void theNodesOwnActorIsKnownFromTheStart() {
    assertThat(nodes.all()).containsExactly(SELF);
    assertThat(nodes.others()).isEmpty();
    assertThat(nodes.update(listing(Set.of(SELF)))).isEmpty();
  }

  @Test
  void aNewNodeIsReportedOnceAndWatched() {
    assertThat(nodes.update(listing(Set.of(SELF, OTHER)))).containsExactly(OTHER);
    assertThat(nodes.update(listing(Set.of(SELF, OTHER)))).isEmpty();

    assertThat(nodes.others()).containsExactly(OTHER);
    assertThat(watched).containsExactly(OTHER);
  }

  @Test
  void anUnreachableNodeStays() {
    nodes.update(listing(Set.of(SELF, OTHER)));

    nodes.update(new NodeActors.Listing<>(Set.of(SELF, OTHER), Set.of(SELF)));

    assertThat(nodes.all()).containsExactlyInAnyOrder(SELF, OTHER);
    assertThat(nodes.reachable()).containsExactly(SELF);
  }

  @Test
  void aDeadNodeThatIsStillListedDoesNotComeBack() {
    nodes.update(listing(Set.of(SELF, OTHER)));

    nodes.remove(OTHER);

    assertThat(nodes.update(listing(Set.of(SELF, OTHER)))).isEmpty();
    assertThat(nodes.all()).containsExactly(SELF);
    assertThat(nodes.reachable()).containsExactly(SELF);
  }

  @Test
  void aNodeThatIsNoLongerListedStaysUntilItsEndIsSignalled() {
    nodes.update(listing(Set.of(SELF, OTHER)));

    nodes.update(listing(Set.of(SELF)));

    assertThat(nodes.others()).containsExactly(OTHER);
  }

  private static NodeActors.Listing<String> listing(Set<ActorRef<String>> all) {
    return new NodeActors.Listing<>(all, all);
  }
}
