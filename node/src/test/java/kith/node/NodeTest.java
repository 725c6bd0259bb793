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
import java.util.Map;
import java.util.Optional;
import kith.node.platform.config.ClusterConf;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Database;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("story")
class NodeTest {
  private static final HttpClient client = HttpClient.newHttpClient();

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
      try (var second = Node.start(ClusterConf.read(Optional.empty(), flags))) {
        assertThat(get(second.url() + "/ready")).isEqualTo("{\"ready\":true}");
        assertThat(second.databaseForOthers()).isEqualTo(first.databaseForOthers());
      }
    }
  }

  @Test
  void aSecondNodeOnTheSameDataDirectoryIsRefused() {
    var settings = ownDatabase();
    try (var _ = Node.start(settings)) {
      assertThatThrownBy(() -> Node.start(settings))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("Another node is using the data directory");
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
  void aDatabaseOutOfReachIsNamedWithoutItsPassword() {
    assertThatThrownBy(() ->
            TestNode.start(
                Map.of("kith.database.url", "jdbc:postgresql://127.0.0.1:1/kith?password=hunter2")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("The database jdbc:postgresql://127.0.0.1:1/kith cannot be reached.");
  }

  @Test
  void aWrongDatabasePasswordIsNamedAsSuch() {
    assertThatThrownBy(() -> TestNode.start(Map.of("kith.database.password", "hunter2")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("refused the user or the password")
        .hasMessageNotContaining("hunter2");
  }

  private NodeSettings ownDatabase() {
    var data = parent.resolve("data").toString();
    return ClusterConf.read(
        Optional.empty(), Map.of("kith.http.port", "0", "kith.database.data", data));
  }

  private static String get(String uri) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(uri)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
