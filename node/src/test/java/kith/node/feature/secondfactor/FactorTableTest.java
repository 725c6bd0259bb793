package kith.node.feature.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kith.node.auth.WrappedSecrets;
import kith.node.person.Patience;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FactorTableTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static FactorTable table(Optional<String> secret, Optional<String> previous) {
    return new FactorTable(
        DATABASE.jdbc(),
        new WrappedSecrets(
            new AccountSettings.TokenKeys(Duration.ofDays(30), secret, previous), "a test"));
  }

  private static <T> T now(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aNewSecretOfTheOperatorReplacesThePreviousOne() throws Exception {
    var old = Optional.of("the first secret of an operator");
    var fresh = Optional.of("another secret of the operator");
    now(table(old, Optional.empty()).add("ann", "f1", SECRET));
    assertThat(now(table(fresh, Optional.empty()).find("ann", "f1"))).isEmpty();
    assertThat(now(table(fresh, old).find("ann", "f1"))).hasValue(SECRET);

    assertThat(now(table(fresh, old).rewrap())).isPositive();

    assertThat(now(table(fresh, Optional.empty()).find("ann", "f1"))).hasValue(SECRET);
    assertThat(now(table(fresh, old).rewrap())).isZero();
  }

  @Test
  void onlyTheFactorThatIsOnIsKept() throws Exception {
    var table = table(Optional.empty(), Optional.empty());
    now(table.add("bob", "f1", SECRET));
    now(table.add("bob", "f2", SECRET));
    now(table.add("cem", "f1", SECRET));

    now(table.keepOnly("bob", Optional.of("f2")));

    assertThat(now(table.find("bob", "f1"))).isEmpty();
    assertThat(now(table.find("bob", "f2"))).hasValue(SECRET);
    now(table.keepOnly("bob", Optional.empty()));
    assertThat(now(table.find("bob", "f2"))).isEmpty();
    assertThat(now(table.find("cem", "f1"))).hasValue(SECRET);
  }
}
