package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.platform.config.SignInIntervals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenKeyringTest {
  private static final TokenKeys FIRST =
      new TokenKeys("cluster", List.of(TokenKey.create(Instant.EPOCH, Instant.EPOCH)));
  private static final TokenKeys SECOND =
      new TokenKeys("cluster", List.of(TokenKey.create(Instant.EPOCH, Instant.EPOCH)));

  private final AtomicReference<TokenKeys> database = new AtomicReference<>(FIRST);
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final TokenKeyring keyring = TokenKeyring.of(FIRST, this::read, _ -> SECOND, nanos::get);

  private TokenKeys read() {
    reads.incrementAndGet();
    return database.get();
  }

  @AfterEach
  void close() {
    keyring.close();
  }

  @Test
  void theKeysAreReadOnceASecondAtMostForUnknownKeys() {
    database.set(SECOND);
    assertThat(keyring.latest().toCompletableFuture().join()).isEqualTo(SECOND);

    for (int i = 0; i < 100; i++) keyring.latest().toCompletableFuture().join();
    assertThat(reads).hasValue(1);

    nanos.addAndGet(SignInIntervals.TOKEN_KEY_UNKNOWN.toNanos());
    keyring.latest().toCompletableFuture().join();
    assertThat(reads).hasValue(2);
  }

  @Test
  void withoutTheDatabaseTheKnownKeysStayInUse() {
    var failing =
        TokenKeyring.of(
            FIRST,
            () -> {
              throw new IllegalStateException("away");
            },
            _ -> SECOND,
            nanos::get);

    assertThat(failing.latest().toCompletableFuture().join()).isEqualTo(FIRST);
    assertThat(failing.known()).isEqualTo(FIRST);
    failing.close();
  }

  @Test
  void aRotationIsKnownAtOnceOnItsNode() {
    keyring.rotate(false).toCompletableFuture().join();

    assertThat(keyring.known()).isEqualTo(SECOND);
  }
}
