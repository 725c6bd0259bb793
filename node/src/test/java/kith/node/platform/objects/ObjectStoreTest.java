package kith.node.platform.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import kith.node.platform.config.S3Settings;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private static S3Settings at(int port) {
    return new S3Settings(
        Optional.of("http://127.0.0.1:" + port),
        "us-east-1",
        "bucket",
        "",
        true,
        1,
        Optional.of(new S3Settings.Keys("key", "secret")));
  }

  private static ObjectStore impatient(int port) {
    return new ObjectStore(at(port), Runnable::run, SHORT, SHORT.multipliedBy(3));
  }

  @Test
  void anObjectIsStoredByteForByteAndDeleted() {
    var bytes = new byte[1_000_003];
    new Random(1).nextBytes(bytes);
    try (var s3 = new FakeS3();
        var store = new ObjectStore(s3.settings(), Runnable::run)) {
      store.put("a/0", bytes).toCompletableFuture().join();
      assertThat(s3.objects()).containsOnlyKeys("/bucket/files/a/0");
      assertThat(store.get("a/0").toCompletableFuture().join()).contains(bytes);

      store.delete("a/0").toCompletableFuture().join();
      store.delete("a/0").toCompletableFuture().join();
      assertThat(store.get("a/0").toCompletableFuture().join()).isEmpty();
    }
  }

  @Test
  void objectsWithAPrefixAreListedInPages() {
    try (var s3 = new FakeS3();
        var store = new ObjectStore(s3.settings(), Runnable::run)) {
      for (var key : List.of("b/3", "a/1", "b/1", "b/2", "b/5", "b/4"))
        store.put(key, new byte[1]).toCompletableFuture().join();
      s3.objects().put("/bucket/other/b/6", new byte[1]);

      assertThat(store.names("b/").toCompletableFuture().join())
          .containsExactly("b/1", "b/2", "b/3", "b/4", "b/5");
      assertThat(store.names("").toCompletableFuture().join()).hasSize(6);
      assertThat(store.names("c").toCompletableFuture().join()).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersIsUnavailable() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var store = impatient(silent.getLocalPort())) {
      assertThatThrownBy(() -> store.get("a").toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(Unavailable.class);
    }
  }

  @Test
  void anUnreachableServerIsReportedAsUnavailable() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (var store = impatient(port)) {
      assertThatThrownBy(() -> store.put("a", new byte[1]).toCompletableFuture().join())
          .hasCauseInstanceOf(Unavailable.class)
          .hasMessageNotContaining("secret");
    }
  }
}
