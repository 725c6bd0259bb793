package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.platform.cluster.ClusterView;
import kith.node.platform.config.StartFailure;
import kith.node.platform.tls.RefusalLog;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Foreign programs at the port between nodes. The same program is let in by a node with plain
/// remoting, which shows that it would find a gap.
@Tag("story")
@Timeout(120)
class StrangerStoryTest {
  private static final Map<String, String> PLAIN =
      Map.of("kith.cluster.tls.insecure-plain-remoting", "true");
  private static final String FORGED = "I am ann, and everybody is invited";

  private static TestNode safe;
  private static TestNode open;

  @BeforeAll
  static void startNodes() {
    safe = TestNode.start();
    open = TestNode.start(PLAIN);
  }

  @AfterAll
  static void stopNodes() {
    safe.close();
    open.close();
  }

  private static ClusterView.Nodes cluster(Person person) {
    return person.rest().get("/cluster").as(ClusterView.Nodes.class);
  }

  private static int portBetweenNodes(Person person) {
    var address = cluster(person).seenBy();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static List<String> texts(Person person, String room) {
    return person.history(room).stream()
        .filter(Entry.Message.class::isInstance)
        .flatMap(entry -> ((Entry.Message) entry).body().stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "ann1, PLAIN, It does not use TLS",
    "ann2, TLS_WITHOUT_CERTIFICATE, It has no certificate of this cluster's authority",
    "ann3, TLS_WITH_OWN_CERTIFICATE, Its certificate is not of this cluster's authority"
  })
  void aProgramWithoutACertificateOfTheClusterCannotJoinOrSendAMessage(
      String name, Stranger.Kind kind, String reason) throws InterruptedException {
    try (var ann = Person.signsUp(safe.uri("/"), name);
        var refusals = new RefusalLog();
        var stranger = Stranger.of(kind, portBetweenNodes(ann))) {
      var room = ann.makesRoom("private " + kind, Visibility.PRIVATE);

      var posting = stranger.posts(room, ann.name(), FORGED);
      var joining = stranger.joins().toCompletableFuture();

      refusals.has("remoting=refused peer=unknown times=1", reason);
      // it starts and joins after the stranger's first attempts, which so had more time
      try (var another = safe.another()) {
        assertThat(cluster(ann).nodes()).hasSize(2);
        assertThat(another.port()).isPositive();
      }
      posting.cancel();
      assertThat(joining).isNotDone();
      assertThat(texts(ann, room)).isEmpty();
      ann.connects();
      ann.opens(room);
      ann.says(room, "nobody else wrote here");
      assertThat(texts(ann, room)).containsExactly("nobody else wrote here");
    }
  }

  @Test
  void withPlainRemotingTheSameProgramPostsInAnotherUsersName() {
    try (var ann = Person.signsUp(open.uri("/"), "ann");
        var stranger = Stranger.of(Stranger.Kind.PLAIN, portBetweenNodes(ann))) {
      var room = ann.makesRoom("private", Visibility.PRIVATE);
      ann.connects();
      ann.opens(room);

      var posting = stranger.posts(room, ann.name(), FORGED);

      ann.sees(room, FORGED);
      posting.cancel();
      assertThat(texts(ann, room)).containsExactly(FORGED);
    }
  }

  @Test
  void withPlainRemotingTheSameProgramJoinsTheCluster() {
    try (var bob = Person.signsUp(open.uri("/"), "bob");
        var stranger = Stranger.of(Stranger.Kind.PLAIN, portBetweenNodes(bob))) {
      stranger.joins().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();

      assertThat(cluster(bob).nodes()).hasSize(2);
    }
  }

  @Test
  void aNodeWithPlainRemotingGetsTheReasonWhyItCannotJoin() {
    assertThatThrownBy(() -> safe.another(PLAIN))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(
            "has the setting cluster-authority for connections between nodes, and this node has"
                + " insecure-plain");
  }
}
