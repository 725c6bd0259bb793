package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BotStreamTest {
  private final List<String> actions = new ArrayList<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private void runs(String script, Consumer<String> action) throws Exception {
    try (var _ = new BotStream(List.of("sh", "-c", script), action, exit::complete)) {
      exit.get(3, TimeUnit.MINUTES);
    }
  }

  @Test
  void aLineThatNeverEndsIsLeftOut() throws Exception {
    runs(
        "echo one; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo; printf two; exit 7",
        actions::add);

    assertThat(actions).containsExactly("one", "two");
    assertThat(exit).isCompletedWithValue(7);
  }

  @Test
  void theExitCodeIsReportedEvenIfAnActionFails() throws Exception {
    runs(
        "echo one; exit 3",
        _ -> {
          throw new UnsupportedOperationException("this thread ends");
        });

    assertThat(exit).isCompletedWithValue(3);
  }
}
