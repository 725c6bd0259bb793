package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorsPortTest {
  @Test
  void theOptionIsFirstThenTheOperatorsPortThenThatForClients() {
    var both = Map.of("KITH_HTTP_OPERATORS_PORT", "8081", "KITH_HTTP_PORT", "9000");

    assertThat(OperatorsPort.of(Optional.of(7000), both)).isEqualTo(7000);
    assertThat(OperatorsPort.of(Optional.empty(), both)).isEqualTo(8081);
    assertThat(OperatorsPort.of(Optional.empty(), Map.of("KITH_HTTP_PORT", "9000")))
        .isEqualTo(9000);
    assertThat(OperatorsPort.of(Optional.empty(), Map.of("KITH_HTTP_PORT", "0"))).isEqualTo(8080);
    assertThat(OperatorsPort.of(Optional.empty(), Map.of())).isEqualTo(8080);
  }
}
