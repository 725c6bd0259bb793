package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.platform.cluster.ClusterView.Node;
import kith.node.platform.cluster.ClusterView.Nodes;
import org.junit.jupiter.api.Test;

class ClusterCommandTest {

  @Test
  void theServerIsReadAsTheClientReadsIt() {
    assertThat(ClusterCommand.url(Optional.empty())).hasToString("http://127.0.0.1:8080");
    assertThat(ClusterCommand.url(Optional.of("example.org,other.example.org")))
        .hasToString("https://example.org");
    assertThat(ClusterCommand.url(Optional.of("http://node1:8080/")))
        .hasToString("http://node1:8080");
  }

  @Test
  void aNodeThatWaitsIsQuoted() {
    var waiting =
        """
        {"type":"about:blank","title":"Unavailable","status":503,"code":"unavailable",
         "detail":"The node forms a cluster."}
        """;

    assertThat(ClusterCommand.refusal(503, waiting))
        .isEqualTo(" does not serve: The node forms a cluster.");
    assertThat(ClusterCommand.refusal(503, "<html>")).isEqualTo(" answered 503.");
    assertThat(ClusterCommand.refusal(404, waiting)).isEqualTo(" answered 404.");
  }

  @Test
  void theTableShowsTheKnownAndUnknownFieldsOfEachNode() {
    var whole =
        new Node(
            "10.0.0.1:25520",
            "up",
            true,
            Optional.of("http://10.0.0.1:8080"),
            Optional.of("0.1"),
            OptionalInt.of(12),
            OptionalInt.of(3));
    var cut =
        new Node(
            "10.0.0.2:25520",
            "up",
            false,
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    assertThat(ClusterCommand.table(new Nodes("10.0.0.1:25520", List.of(whole, cut))).lines())
        .containsExactly(
            "NODE                   STATE                 ROOMS  SOCKETS  CLIENTS CONNECT TO",
            "10.0.0.1:25520         up                       12        3  http://10.0.0.1:8080 "
                + " (0.1)",
            "10.0.0.2:25520         up       unreachable      ?        ?  ?");
  }
}
