package kith.node.feature.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RunningSearchesTest {
  private final RunningSearches running = new RunningSearches(2);

  private Optional<CompletionStage<String>> starts(String account, CompletionStage<String> search) {
    return running.start(account, () -> search);
  }

  private boolean mayStart(String account) {
    return starts(account, CompletableFuture.completedFuture("page")).isPresent();
  }

  @Test
  void anAccountHasAFewSearchesAtTheSameTime() {
    var first = new CompletableFuture<String>();
    var second = new CompletableFuture<String>();
    assertThat(starts("ann", first)).isPresent();
    assertThat(starts("ann", second)).isPresent();

    assertThat(mayStart("ann")).isFalse();
    assertThat(mayStart("bob")).isTrue();
    first.complete("page");
    assertThat(mayStart("ann")).isTrue();
    second.completeExceptionally(new IllegalStateException("no database"));
    assertThat(starts("ann", new CompletableFuture<>())).isPresent();
    assertThat(mayStart("ann")).isTrue();
  }

  @Test
  void aRefusedSearchIsNotRunAndDoesNotCount() {
    var first = new CompletableFuture<String>();
    starts("ann", first);
    starts("ann", new CompletableFuture<>());

    for (var i = 0; i < 3; i++)
      assertThat(
              running.<String>start(
                  "ann",
                  () -> {
                    throw new AssertionError("it runs");
                  }))
          .isEmpty();

    first.complete("page");
    assertThat(mayStart("ann")).isTrue();
  }

  @Test
  void aSearchIsOverBeforeItsCallerIsAnswered() {
    var one = new RunningSearches(1);
    var search = new CompletableFuture<String>();
    var next =
        one.start("ann", () -> search)
            .orElseThrow()
            .thenApply(
                _ -> one.start("ann", () -> CompletableFuture.completedFuture("")).isPresent());

    search.complete("page");

    assertThat(next).isCompletedWithValue(true);
  }

  @Test
  void aSearchThatThrowsBeforeItsFirstStepFailsAndDoesNotStayCounted() {
    for (var i = 0; i < 3; i++) {
      var failed =
          running.<String>start(
              "ann",
              () -> {
                throw new IllegalStateException("no first step");
              });
      assertThat(failed.orElseThrow()).isCompletedExceptionally();
    }

    assertThat(mayStart("ann")).isTrue();
  }
}
