package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalNodeTest {
  @Test
  void theOptionIsFirstThenTheOperatorsPortThenThatForClients() {
    var both = Map.of("KITH_HTTP_OPERATORS_PORT", "8081", "KITH_HTTP_PORT", "9000");

    assertThat(LocalNode.port(Optional.of(7000), both)).isEqualTo(7000);
    assertThat(LocalNode.port(Optional.empty(), both)).isEqualTo(8081);
    assertThat(LocalNode.port(Optional.empty(), Map.of("KITH_HTTP_PORT", "9000"))).isEqualTo(9000);
    assertThat(LocalNode.port(Optional.empty(), Map.of("KITH_HTTP_PORT", "0"))).isEqualTo(8080);
    assertThat(LocalNode.port(Optional.empty(), Map.of())).isEqualTo(8080);
  }

  @Test
  void aPathThatIsNotOnThisPortNamesTheOtherPort() {
    assertThat(LocalNode.reason(404, problem("not-found"))).isEqualTo(LocalNode.NOT_HERE);
  }

  @Test
  void otherRefusalsKeepTheSentenceOfTheNode() {
    assertThat(LocalNode.reason(404, problem("unknown-invitation"))).isEqualTo("A reason.");
    assertThat(LocalNode.reason(502, "<html>")).isEqualTo("The node answered 502.");
  }

  private static String problem(String code) {
    return """
    {"type":"about:blank","title":"t","status":404,"code":"%s","detail":"A reason."}\
    """
        .formatted(code);
  }
}
