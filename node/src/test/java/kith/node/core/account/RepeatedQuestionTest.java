package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RepeatedQuestionTest {
  private final List<CompletableFuture<String>> copies = new ArrayList<>();
  private final List<Duration> times = new ArrayList<>();
  private final List<Runnable> due = new ArrayList<>();

  private CompletableFuture<Optional<String>> ask() {
    return RepeatedQuestion.ask(
            time -> {
              times.add(time);
              copies.add(new CompletableFuture<>());
              return copies.getLast();
            },
            Duration.ofSeconds(3),
            3,
            (_, what) -> {
              due.add(what);
              return () -> due.remove(what);
            })
        .toCompletableFuture();
  }

  private void intervalPasses() {
    due.removeFirst().run();
  }

  @Test
  void aQuestionThatWasLostIsAskedAgain() {
    var answer = ask();

    intervalPasses();
    copies.getLast().complete("here");

    assertThat(answer).isCompletedWithValue(Optional.of("here"));
    assertThat(copies).hasSize(2);
    assertThat(due).isEmpty();
  }

  @Test
  void aLateAnswerToTheFirstCopyCounts() {
    var answer = ask();

    intervalPasses();
    copies.getFirst().complete("late");

    assertThat(answer).isCompletedWithValue(Optional.of("late"));
    assertThat(due).isEmpty();
  }

  @Test
  void aLastCopyThatCannotBeSentEndsTheQuestion() {
    var answer =
        RepeatedQuestion.ask(
            time -> {
              if (times.size() == 1) throw new IllegalStateException("no sharding");
              times.add(time);
              return new CompletableFuture<String>();
            },
            Duration.ofSeconds(3),
            2,
            (_, what) -> {
              due.add(what);
              return () -> due.remove(what);
            });

    intervalPasses();

    assertThat(answer.toCompletableFuture()).isCompletedWithValue(Optional.empty());
  }

  @Test
  void allCopiesWaitUntilTheSameMoment() {
    var answer = ask();
    intervalPasses();
    intervalPasses();

    assertThat(times)
        .containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(6), Duration.ofSeconds(3));
    assertThat(due).isEmpty();
    copies.forEach(copy -> copy.completeExceptionally(new TimeoutException()));
    assertThat(answer).isCompletedWithValue(Optional.empty());
  }
}
