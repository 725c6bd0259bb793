package kith.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Cable;
import kith.node.platform.database.Database;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("story")
@Order(StoryOrder.LONG)
class NodeTest {
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/kith?password=hunter2";

  @TempDir Path parent;

  @Test
  void aNodeStartsAgainOnTheDataItLeft() throws Exception {
    var settings = ownDatabase();
    String cluster;
    try (var node = Node.start(settings)) {
      assertThat(get(node.url() + "/ready")).isEqualTo("{\"ready\":true}");
    }
    try (var database = Database.start(settings.database())) {
      cluster = database.clusterId();
    }

    try (var node = Node.start(settings)) {
      assertThat(get(node.url() + "/ready")).isEqualTo("{\"ready\":true}");
    }
    try (var database = Database.start(settings.database())) {
      assertThat(database.clusterId()).isEqualTo(cluster);
    }
  }

  @Test
  void aSecondNodeOnTheSameDatabaseServesToo() throws Exception {
    try (var first = TestNode.start();
        var second = Node.start(first.settings())) {
      assertThat(get(second.url() + "/ready")).isEqualTo("{\"ready\":true}");
    }
  }

  @Test
  void thePrintedCommandForAnotherNodeNamesAFileAndHoldsNoSecret() throws Exception {
    try (var first = Node.start(ownDatabase())) {
      var option = "--database-file ";
      assertThat(first.databaseForOthers()).startsWith(option);
      var file = Path.of(first.databaseForOthers().substring(option.length()));
      assertThat(Files.readString(file)).contains("password=");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      var flags = Map.of("kith.http.port", "0", "kith.database.url-file", file.toString());
      try (var second = Node.start(NodeSettings.read(Optional.empty(), flags))) {
        assertThat(get(second.url() + "/ready")).isEqualTo("{\"ready\":true}");
        assertThat(second.databaseForOthers()).isEqualTo(first.databaseForOthers());
      }
    }
  }

  @Test
  void aSecondNodeOnTheSameDataDirectoryIsRefused() throws IOException {
    var settings = ownDatabase();
    try (var _ = Node.start(settings)) {
      assertThatThrownBy(() -> Node.start(settings))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("is using the data directory");
    }
  }

  @Test
  void aPortInUseIsNamed() {
    try (var first = TestNode.start()) {
      var taken = Integer.toString(first.port());

      assertThatThrownBy(() -> TestNode.start(Map.of("kith.http.port", taken)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("127.0.0.1:" + taken + " is in use");
    }
  }

  @Test
  void aClusterPortInUseIsNamed() {
    try (var first = TestNode.start()) {
      var taken = Integer.toString(first.port());

      assertThatThrownBy(() -> TestNode.start(Map.of("kith.cluster.port", taken)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("kith.cluster.port");
    }
  }

  @Test
  void aPortInUseIsNamedBeforeTheDatabaseIsUsed() {
    try (var first = TestNode.start()) {
      var taken = Integer.toString(first.port());

      assertThatThrownBy(
              () -> TestNode.start(Map.of("kith.http.port", taken, "kith.database.url", NOWHERE)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("127.0.0.1:" + taken + " is in use");
    }
  }

  @Test
  void aNodeWaitsForAnUnreachableDatabaseAndReportsItWithoutItsPassword() throws Exception {
    var node = Node.of(settings(NOWHERE));
    var begun = begin(node);

    assertThat(awaitReason(node, "cannot be reached"))
        .isEqualTo("The database jdbc:postgresql://127.0.0.1:1/kith cannot be reached.");

    node.stop();
    assertThat(begun.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aNodeServesOnItsPortWhenTheDatabaseComes() throws Exception {
    var database = TestPostgres.freshDatabase();
    try (var cable = Cable.to(database)) {
      cable.cut();
      try (var node = Node.of(settings(cable.url().url(), database, Map.of()))) {
        var begun = begin(node);
        awaitReason(node, "cannot be reached");
        var port = node.waitingPort();

        cable.mend();

        assertThat(begun.get(2, TimeUnit.MINUTES)).isTrue();
        assertThat(node.port()).isEqualTo(port);
        assertThat(get(node.url() + "/ready")).isEqualTo("{\"ready\":true}");
      }
    }
  }

  @Test
  void aNodeThatCannotJoinWaitsAndCanBeStopped() throws Exception {
    var node = Node.of(joiningNobody(TestPostgres.migratedDatabase()));
    var begun = begin(node);
    awaitReason(node, "The node joins the cluster of 127.0.0.1:1.");

    node.stop();

    assertThat(begun.get(1, TimeUnit.MINUTES)).isFalse();
  }

  @Test
  void aNodeThatIsDeclaredDeadWhileItJoinsBeginsAgainInItsProcess() throws Exception {
    var database = TestPostgres.migratedDatabase();
    try (var node = Node.of(joiningNobody(database));
        var connection = database.connect(Duration.ofSeconds(5))) {
      var begun = begin(node);
      var first = awaitOtherIncarnation(connection, 0);

      Jdbc.change(connection, "DELETE FROM cluster_node");

      assertThat(awaitOtherIncarnation(connection, first)).isNotEqualTo(first);
      assertThat(begun).isNotDone();
    }
  }

  private static long awaitOtherIncarnation(Connection connection, long known) throws Exception {
    while (true) {
      var found =
          Jdbc.rows(connection, "SELECT incarnation FROM cluster_node", row -> row.getLong(1));
      if (!found.isEmpty() && found.getFirst() != known) return found.getFirst();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static NodeSettings joiningNobody(JdbcUrl database) {
    return settings(database.url(), database, Map.of("kith.cluster.seed-nodes", "127.0.0.1:1"));
  }

  @Test
  void aWrongDatabasePasswordIsNamedAsSuch() {
    assertThatThrownBy(() -> TestNode.start(Map.of("kith.database.password", "hunter2")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("refused the user or the password")
        .hasMessageNotContaining("hunter2");
  }

  private static CompletableFuture<Boolean> begin(Node node) {
    return CompletableFuture.supplyAsync(node::begin, task -> Thread.ofPlatform().start(task));
  }

  /// Waits until `/ready` gives a reason that contains `part`.
  private static String awaitReason(Node node, String part) throws Exception {
    while (true) {
      // not open in the first moment
      if (node.waitingPort() != 0) {
        var answer = get("http://127.0.0.1:" + node.waitingPort() + "/ready");
        if (answer.contains(part))
          return answer.replaceFirst("\\{\"ready\":false,\"reason\":\"(.*)\"}", "$1");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static NodeSettings settings(String url) {
    return NodeSettings.read(
        Optional.empty(), Map.of("kith.http.port", "0", "kith.database.url", url));
  }

  private static NodeSettings settings(String url, JdbcUrl login, Map<String, String> more) {
    var flags = new HashMap<>(more);
    flags.put("kith.http.port", "0");
    flags.put("kith.database.url", url);
    flags.put("kith.database.user", login.user().orElseThrow());
    flags.put("kith.database.password", login.password().orElseThrow());
    return NodeSettings.read(Optional.empty(), flags);
  }

  private NodeSettings ownDatabase() throws IOException {
    var data = parent.resolve("data");
    TestPostgres.lendPrograms(data);
    return NodeSettings.read(
        Optional.empty(), Map.of("kith.http.port", "0", "kith.database.data", data.toString()));
  }

  private static String get(String uri) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(uri)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
