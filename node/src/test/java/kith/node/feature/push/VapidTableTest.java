package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kith.node.auth.WrappedSecrets;
import kith.node.person.Patience;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.Test;

/// The VAPID key of a cluster.
class VapidTableTest {

  private static VapidTable table(FreshDatabase database) {
    var secrets =
        new WrappedSecrets(
            new AccountSettings.TokenKeys(Duration.ofDays(30), Optional.empty(), Optional.empty()),
            "a test");
    return new VapidTable(database.jdbc(), secrets, Optional.empty());
  }

  private static String shown(CompletionStage<Vapid> stage) throws Exception {
    return stage.toCompletableFuture().get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS).shown();
  }

  @Test
  void nodesThatStartTogetherAndLaterHaveOneKey() throws Exception {
    try (var database = FreshDatabase.take()) {
      var together = Stream.generate(() -> table(database).load()).limit(4).toList();

      var first = shown(together.getFirst());
      for (var other : together) assertThat(shown(other)).isEqualTo(first);
      assertThat(shown(table(database).load())).isEqualTo(first);
    }
  }
}
