package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final List<Map<String, String>> written = new CopyOnWriteArrayList<>();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final BatchWriter.Input<String> input =
      BatchWriter.start(
          KIT::spawn,
          DATABASE.jdbc(),
          2,
          String::concat,
          (_, batch) -> {
            if (fails.get()) throw new SQLException("away");
            if (!batch.isEmpty()) written.add(Map.copyOf(batch));
            return batch.size();
          });

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
    DATABASE.close();
  }

  @Test
  void valuesAreMergedByKey() {
    for (var value : List.of("a", "b", "c")) input.keep("ann", value);
    input.keep("bob", "d");
    flush();

    var all = new ArrayList<String>();
    for (var batch : written) all.add(batch.getOrDefault("ann", ""));
    assertThat(String.join("", all)).isEqualTo("abc");
    assertThat(written).anySatisfy(it -> assertThat(it).containsEntry("bob", "d"));
  }

  @Test
  void aFailedBatchIsMergedIntoTheNextOne() {
    fails.set(true);
    input.keep("ann", "a");
    assertThatThrownBy(this::flush).isInstanceOf(CompletionException.class);
    fails.set(false);
    input.keep("ann", "b");
    flush();

    assertThat(written.stream().map(it -> it.get("ann")).reduce("", String::concat))
        .isEqualTo("ab");
  }

  @Test
  void keysBeyondTheBoundAreDroppedWhileTheDatabaseIsUnavailable() {
    fails.set(true);
    for (var user : List.of("ann", "bob", "cyd")) input.keep(user, "a");
    input.keep("ann", "b");
    assertThatThrownBy(this::flush).isInstanceOf(CompletionException.class);
    fails.set(false);
    flush();

    assertThat(written).containsExactly(Map.of("ann", "ab", "bob", "a"));
  }

  private void flush() {
    input.flush().toCompletableFuture().join();
  }
}
