package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kith.node.platform.cluster.NodeTable.Beat;
import kith.node.platform.cluster.NodeTable.Said;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeTableTest {
  private static final Said STARTING = new Said(false, "", 0);
  private static final Said MEMBER = new Said(true, "http://a", 7);

  private final JdbcUrl url = TestPostgres.migratedDatabase();

  @Test
  void aNodeIsSeenByTheOthersUntilItLeaves() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(STARTING);
      bob.beat(STARTING);
      assertThat(bob.peers()).extracting(Peer::address).containsExactly("ann:1");
      assertThat(bob.peers().getFirst().isConnected()).isTrue();
      assertThat(bob.peers().getFirst().isMember()).isFalse();

      ann.beat(MEMBER);
      assertThat(bob.peers().getFirst().isMember()).isTrue();

      ann.close();
      assertThat(bob.peers()).isEmpty();
    }
  }

  @Test
  void aNodeOfAReleaseWithoutEncryptionIsSeenAsSuch() throws SQLException {
    try (var connection = url.connect(Duration.ofSeconds(10));
        var bob = node("bob:1", 2)) {
      Jdbc.change(
          connection,
          """
          INSERT INTO cluster_node (address, incarnation, http, version, member, sockets, seen)
          VALUES ('ann:1', 1, '', '1', TRUE, 0, clock_timestamp())
          """);
      bob.beat(STARTING);

      assertThat(bob.peers()).extracting(Peer::remoting).containsExactly("insecure-plain");
    }
  }

  @Test
  void aNodeThatLostItsConnectionReconnects() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(MEMBER);
      TestPostgres.cutLocked(url);
      bob.beat(STARTING);
      while (bob.peers().getFirst().isConnected()) Thread.onSpinWait();

      assertThatThrownBy(() -> ann.beat(MEMBER)).isInstanceOf(SQLException.class);
      assertThat(ann.beat(MEMBER)).isEqualTo(Beat.RENEWED);

      assertThat(bob.peers().getFirst().isConnected()).isTrue();
    }
  }

  @Test
  void exactlyOneOfManyStartingNodesFormsACluster() throws Exception {
    var tables = IntStream.range(0, 6).mapToObj(i -> node("host:" + i, i)).toList();
    var together = new CountDownLatch(tables.size());
    var claims =
        tables.stream()
            .map(table ->
                CompletableFuture.supplyAsync(
                    () -> claims(table, together), task -> Thread.ofVirtual().start(task)))
            .toList();
    var won = 0;
    for (var claim : claims) if (claim.get(30, TimeUnit.SECONDS)) won++;
    tables.forEach(NodeTable::close);

    assertThat(won).isEqualTo(1);
  }

  private static boolean claims(NodeTable table, CountDownLatch together) {
    try {
      table.beat(STARTING);
      together.countDown();
      together.await();
      return table.claim(Set.of());
    } catch (SQLException | InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void claimingTheClusterDeletesTheRowsOfDeadNodes() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(MEMBER);
      bob.beat(STARTING);
      assertThat(bob.claim(Set.of())).isFalse();

      assertThat(bob.claim(Set.of(bob.peers().getFirst().id()))).isTrue();

      assertThat(bob.peers()).isEmpty();
      assertThat(ann.beat(MEMBER)).isEqualTo(Beat.DECLARED_DEAD);
    }
  }

  @Test
  void onlyAMemberWithoutConnectionIsDeclaredDead() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(MEMBER);
      TestPostgres.cutLocked(url);
      bob.beat(MEMBER);
      var dead = bob.peers().getFirst();
      while (bob.peers().getFirst().isConnected()) Thread.onSpinWait();
      assertThatThrownBy(() -> ann.beat(MEMBER)).isInstanceOf(SQLException.class);
      ann.beat(MEMBER);
      assertThat(bob.declareDead(dead.id())).isFalse();

      TestPostgres.cutLocked(url);
      assertThatThrownBy(() -> bob.beat(MEMBER)).isInstanceOf(SQLException.class);
      assertThat(bob.declareDead(dead.id())).isFalse();

      assertThat(dead.incarnation()).isEqualTo(1);
      // the database may need a moment to release the locks of both
      do bob.beat(MEMBER);
      while (!bob.declareDead(dead.id()));
      assertThatThrownBy(() -> ann.beat(MEMBER)).isInstanceOf(SQLException.class);
      assertThat(ann.beat(MEMBER)).isEqualTo(Beat.DECLARED_DEAD);
    }
  }

  @Test
  void aNodeThatIsDeclaredDeadCannotDeclareOthersDead() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(MEMBER);
      bob.beat(MEMBER);
      var dead = ann.peers().getFirst();
      TestPostgres.cutLocked(url, dead.id());
      while (ann.peers().getFirst().isConnected()) Thread.onSpinWait();
      ann.forget(1);

      assertThat(ann.declareDead(dead.id())).isFalse();
      assertThat(ann.peers()).isNotEmpty();
    }
  }

  @Test
  void aNodeWhoseRowWasDeletedIsDeclaredDead() throws SQLException {
    try (var ann = node("ann:1", 1);
        var bob = node("bob:1", 2)) {
      ann.beat(MEMBER);
      bob.beat(MEMBER);

      bob.forget(1);

      assertThat(ann.beat(MEMBER)).isEqualTo(Beat.DECLARED_DEAD);
      assertThat(bob.beat(MEMBER)).isEqualTo(Beat.RENEWED);
    }
  }

  @Test
  void theAddressOfALiveNodeIsNotTaken() throws SQLException {
    try (var ann = node("same:1", 1);
        var bob = node("same:1", 2)) {
      ann.beat(MEMBER);

      assertThat(bob.beat(STARTING)).isEqualTo(Beat.ADDRESS_TAKEN);
      ann.close();
      assertThat(bob.beat(STARTING)).isEqualTo(Beat.RENEWED);
    }
  }

  private NodeTable node(String address, long incarnation) {
    return new NodeTable(url, new NodeTable.Self(address, incarnation, "1", "cluster-authority"));
  }
}
