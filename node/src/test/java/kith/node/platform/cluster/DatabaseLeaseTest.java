package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseLeaseTest {
  private final JdbcUrl url = TestPostgres.migratedDatabase();

  @Test
  void onlyOneContenderHoldsTheLeaseUntilItsRelease() {
    var ann = lease("ann", url);
    var bob = lease("bob", url);

    assertThat(isAcquired(ann)).isTrue();
    assertThat(isAcquired(bob)).isFalse();
    assertThat(ann.checkLease()).isTrue();
    assertThat(bob.checkLease()).isFalse();

    assertThat(ann.release().toCompletableFuture().join()).isTrue();
    assertThat(ann.checkLease()).isFalse();
    assertThat(isAcquired(bob)).isTrue();
  }

  @Test
  void theHolderCanAcquireTheLeaseAgain() {
    var ann = lease("ann", url);

    assertThat(isAcquired(ann)).isTrue();
    assertThat(isAcquired(ann)).isTrue();
  }

  @Test
  void theLeaseIsTakenOverFromAHolderOnTheSameSide() {
    var ann = lease("ann", url);
    assertThat(isAcquired(ann)).isTrue();

    assertThat(isAcquired(lease("bob", url, List.of("cem", "ann")))).isTrue();
  }

  @Test
  void aDeadHoldersLeaseIsAcquiredAfterItsExpiry() throws Exception {
    // the holder died right after it took the lease: nobody renews it
    try (var connection = url.connect(Duration.ofSeconds(5))) {
      Jdbc.change(
          connection,
          "INSERT INTO cluster_lease VALUES ('test', 'ann', clock_timestamp() + interval '500 ms')");
    }

    assertThat(isAcquired(lease("bob", url))).isTrue();
  }

  @Test
  void losingTheLeaseIsReportedToItsHolder() throws Exception {
    var lost = new CompletableFuture<Optional<Throwable>>();
    var ann = lease("ann", url);
    assertThat(ann.acquire(lost::complete).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isTrue();

    try (var connection = url.connect(Duration.ofSeconds(5))) {
      Jdbc.change(connection, "UPDATE cluster_lease SET owner = 'bob'");
    }

    assertThat(lost.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(ann.checkLease()).isFalse();
  }

  @Test
  void theLeaseIsRefusedWithoutADatabase() {
    var nowhere =
        lease(
            "ann",
            new JdbcUrl("jdbc:postgresql://127.0.0.1:1/kith", Optional.empty(), Optional.empty()));

    assertThat(isAcquired(nowhere)).isFalse();
  }

  @Test
  void aSideOnWhichNoNodeServesLeavesTheLeaseToOneThatServes() throws Exception {
    insertNode("serving:1", 11, "http://serving", "0 s");
    insertNode("newcomer:1", 12, "", "0 s");

    assertThat(isAcquired(lease("newcomer:1/12", url, List.of("newcomer:1/12")))).isFalse();
    assertThat(isAcquired(lease("serving:1/11", url, List.of("serving:1/11")))).isTrue();
  }

  @Test
  void aNewcomerActsForTheServingNodesOnItsSide() throws Exception {
    insertNode("serving:1", 11, "http://serving", "0 s");
    insertNode("serving:2", 13, "http://serving", "0 s");
    insertNode("newcomer:1", 12, "", "0 s");

    assertThat(isAcquired(lease("newcomer:1/12", url, List.of("newcomer:1/12", "serving:2/13"))))
        .isTrue();
  }

  @Test
  void aNewcomerTakesTheLeaseFromAServingNodeThatNoLongerRenewsItsRow() throws Exception {
    insertNode("serving:1", 11, "http://serving", "10 s");
    insertNode("newcomer:1", 12, "", "0 s");

    assertThat(isAcquired(lease("newcomer:1/12", url, List.of("newcomer:1/12")))).isTrue();
  }

  private void insertNode(String address, long incarnation, String http, String age)
      throws Exception {
    try (var connection = url.connect(Duration.ofSeconds(5))) {
      Jdbc.change(
          connection,
          """
          INSERT INTO cluster_node
            (address, incarnation, http, version, remoting, member, sockets, seen)
          VALUES (?, ?, ?, 'test', 'tls', TRUE, 0, clock_timestamp() - ?::interval)
          """,
          address,
          incarnation,
          http,
          age);
    }
  }

  private static boolean isAcquired(DatabaseLease lease) {
    return lease.acquire().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static DatabaseLease lease(String owner, JdbcUrl url) {
    return lease(owner, url, List.of());
  }

  private static DatabaseLease lease(String owner, JdbcUrl url, List<String> side) {
    var times =
        ConfigFactory.parseString(
            "heartbeat-timeout = 1s, heartbeat-interval = 300ms, lease-operation-timeout = 1500ms");
    return new DatabaseLease(LeaseSettings.apply(times, "test", owner), url, owner, () -> side);
  }
}
