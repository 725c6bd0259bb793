package kith.node.feature.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kith.node.auth.WrappedSecrets;
import kith.node.feature.identity.IdentityTable.Session;
import kith.node.feature.identity.IdentityTable.Taken;
import kith.node.person.Patience;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class IdentityTableTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Optional<String> OLD = Optional.of("the first secret of an operator");
  private static final Optional<String> NEW = Optional.of("another secret of the operator");

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static IdentityTable table(Optional<String> secret, Optional<String> previous) {
    return new IdentityTable(
        DATABASE.jdbc(),
        new WrappedSecrets(
            new AccountSettings.TokenKeys(Duration.ofDays(30), secret, previous), "a test"));
  }

  private static <T> T now(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  private static Session session(String account, Optional<String> token) {
    return new Session(
        account, "d-" + account, "company", "https://issuer", account, Optional.empty(), token);
  }

  private static Taken taken(IdentityTable table, String account) throws Exception {
    return now(table.takeSession(account, "d-" + account, 0)).orElseThrow();
  }

  @Test
  void tokensAreWrappedWithANewSecretOfTheOperator() throws Exception {
    now(table(OLD, Optional.empty()).began(session("ann", Optional.of("a token"))));
    now(table(OLD, Optional.empty()).began(session("bob", Optional.empty())));
    assertThat(taken(table(NEW, OLD), "ann").session().refreshToken()).contains("a token");

    var lost = taken(table(NEW, Optional.empty()), "ann");
    assertThat(lost.session().refreshToken()).isEmpty();
    assertThat(lost.wrapped()).isPresent();
    assertThat(now(table(NEW, Optional.empty()).rewrap())).isZero();

    assertThat(now(table(NEW, OLD).rewrap())).isEqualTo(1);

    assertThat(taken(table(NEW, Optional.empty()), "ann").session().refreshToken())
        .contains("a token");
    assertThat(now(table(NEW, OLD).rewrap())).isZero();
  }

  @Test
  void aSecretThatIsGivenUpLeavesTokensThatNeedNone() throws Exception {
    now(table(OLD, Optional.empty()).began(session("cem", Optional.of("his token"))));

    assertThat(now(table(Optional.empty(), OLD).rewrap())).isPositive();

    assertThat(taken(table(Optional.empty(), Optional.empty()), "cem").session().refreshToken())
        .contains("his token");
  }
}
