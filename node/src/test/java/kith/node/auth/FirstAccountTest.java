package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstAccountTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final FirstAccount first = new FirstAccount(DATABASE.jdbc());

  @AfterAll
  static void shutdown() {
    DATABASE.close();
  }

  @BeforeEach
  void aNewServer() {
    now(DATABASE.jdbc().update("UPDATE server_condition SET first_account = NULL"));
    now(DATABASE.jdbc().update("DELETE FROM account_directory"));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void oneOfSeveralConcurrentAccountsIsTheFirst() {
    now(first.begin());

    var claims =
        IntStream.range(0, 20).mapToObj(i -> first.claim("user" + i)).toList().stream()
            .map(CompletionStage::toCompletableFuture)
            .map(CompletableFuture::join)
            .toList();

    assertThat(claims).containsOnlyOnce(true);
  }

  @Test
  void aRepeatedSignUpGetsTheSameAnswer() {
    assertThat(List.of(now(first.claim("ann")), now(first.claim("bob")), now(first.claim("ann"))))
        .containsExactly(true, false, true);
  }

  @Test
  void onAServerWithAccountsNoLaterOneIsTheFirst() {
    now(
        DATABASE
            .jdbc()
            .update("INSERT INTO account_directory (account, created) VALUES ('ann', now())"));

    now(first.begin());

    assertThat(now(first.claim("bob"))).isFalse();
  }
}
