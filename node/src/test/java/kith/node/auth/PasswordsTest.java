package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import kith.node.auth.Passwords.Check;
import kith.node.auth.Passwords.Work;
import kith.node.core.account.TestSettings;
import kith.node.platform.metrics.Metrics;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private final Passwords passwords = new Passwords(4, Runnable::run, new Metrics().passwords());

  @Test
  void onlyTheSamePasswordMatches() {
    var hash = passwords.hash(new Secret("correct horse"));

    assertThat(passwords.check(new Secret("correct horse"), hash)).isEqualTo(Check.MATCHES);
    assertThat(passwords.check(new Secret("correct house"), hash)).isEqualTo(Check.DIFFERS);
  }

  @Test
  void everyCharacterOfALongPasswordCounts() {
    var hash = passwords.hash(new Secret("x".repeat(200) + "a"));

    assertThat(passwords.check(new Secret("x".repeat(200) + "b"), hash)).isEqualTo(Check.DIFFERS);
    assertThat(passwords.check(new Secret("x".repeat(200) + "a"), hash)).isEqualTo(Check.MATCHES);
  }

  @Test
  void charactersAfterAZeroCharacterCount() {
    var hash = passwords.hash(new Secret("abcdefgh\0one"));

    assertThat(passwords.check(new Secret("abcdefgh\0two"), hash)).isEqualTo(Check.DIFFERS);
  }

  @Test
  void theSamePasswordInAnotherUnicodeCompositionMatches() {
    var hash = passwords.hash(new Secret("caf\u00e9 au lait"));

    assertThat(passwords.check(new Secret("cafe\u0301 au lait"), hash)).isEqualTo(Check.MATCHES);
  }

  @Test
  void aHashOfAnotherCostMatchesButIsOutdated() {
    var older =
        new Passwords(5, Runnable::run, new Metrics().passwords())
            .hash(new Secret("correct horse"));

    assertThat(passwords.check(new Secret("correct horse"), older))
        .isEqualTo(Check.MATCHES_OUTDATED);
    assertThat(passwords.check(new Secret("wrong horse"), older)).isEqualTo(Check.DIFFERS);
  }

  @Test
  void theHashForUnknownUsersHasTheConfiguredCost() {
    assertThat(passwords.nobodys())
        .startsWith("$2a$04$")
        .hasSameSizeAs(passwords.hash(new Secret("correct horse")));
    assertThat(passwords.check(new Secret(""), passwords.nobodys())).isEqualTo(Check.DIFFERS);
  }

  @Test
  void aFullQueueRefusesMoreWorkAtOnce() throws InterruptedException {
    var settings = TestSettings.withPasswords(1, 1);
    var busy = Passwords.create(settings, new Metrics().passwords());
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var first = busy.run(Work.ACCOUNT, () -> awaited(started, release));
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    var second = busy.run(Work.ACCOUNT, () -> true);

    assertThatThrownBy(busy.run(Work.ACCOUNT, () -> true).toCompletableFuture()::join)
        .hasCauseInstanceOf(RejectedExecutionException.class);

    release.countDown();
    assertThat(first.toCompletableFuture().join()).isTrue();
    assertThat(second.toCompletableFuture().join()).isTrue();
  }

  @Test
  void toStringHidesASecret() {
    assertThat(new Secret("correct horse")).hasToString("secret");
  }

  private static boolean awaited(CountDownLatch started, CountDownLatch release) {
    started.countDown();
    try {
      return release.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }
}
