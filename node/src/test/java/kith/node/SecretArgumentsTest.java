package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretArgumentsTest {

  @Test
  void aPasswordInAnArgumentIsRefusedWithoutRepeatingIt() {
    for (var argument :
        new String[] {
          "jdbc:postgresql://db/kith?user=kith&password=hunter2",
          "--database=jdbc:postgresql://db/kith?Password=hunter2",
          "jdbc:postgresql://db/kith?sslpassword=hunter2",
          "jdbc:postgresql://kith:hunter2@db/kith",
          "password=hunter2"
        }) {
      assertThat(SecretArguments.complaint("--port", "0", argument))
          .as(argument)
          .hasValueSatisfying(sentence ->
              assertThat(sentence).contains("--database-file").doesNotContain("hunter2"));
    }
  }

  @Test
  void argumentsWithoutAPasswordAreAccepted() {
    assertThat(
            SecretArguments.complaint(
                "--database",
                "jdbc:postgresql://[::1]:5432,db:5433/kith?user=kith&sslmode=require"))
        .isEqualTo(Optional.empty());
    assertThat(SecretArguments.complaint("--config", "/home/ann@example/my.conf")).isEmpty();
  }
}
