package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import kith.node.platform.config.StartFailure;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {
  @Test
  void theNearEndOfALocalDatabaseIsTheLoopbackAddress() {
    assertThat(at("//127.0.0.1:5433/kith?user=ann&password=hunter2").nearEnd())
        .isEqualTo("127.0.0.1");
    assertThat(at("//[::1]/kith").nearEnd()).isEqualTo("[0:0:0:0:0:0:0:1]");
  }

  @Test
  void theFirstResolvableHostIsUsed() {
    assertThat(at("//none.invalid:5432,127.0.0.1:5433/kith").nearEnd()).isEqualTo("127.0.0.1");
  }

  @Test
  void anUnreachableDatabaseHostIsReportedWithItsKey() {
    assertThatThrownBy(() -> at("//none.invalid/kith?password=hunter2").nearEnd())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("kith.cluster.host")
        .hasMessageNotContaining("hunter2");
  }

  private static JdbcUrl at(String rest) {
    return new JdbcUrl("jdbc:postgresql:" + rest, Optional.empty(), Optional.empty());
  }
}
