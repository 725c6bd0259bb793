package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import kith.node.auth.Passwords.Work;
import org.junit.jupiter.api.Test;

class HashQueueTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private final HashQueue queue = new HashQueue(4, turns::add);

  @Test
  void eachKindOfWorkHasItsOwnPlaces() {
    for (int i = 0; i < 4; i++) put(Work.PASSCODE, "passcode");

    assertThatThrownBy(() -> put(Work.PASSCODE, "passcode"))
        .isInstanceOf(RejectedExecutionException.class);
    put(Work.ACCOUNT, "login");
    put(Work.STRANGER, "sign-up");
  }

  @Test
  void aLogInWaitsForNoMoreThanOneHashOfAnotherKind() {
    for (int i = 0; i < 3; i++) put(Work.PASSCODE, "passcode");
    for (int i = 0; i < 3; i++) put(Work.STRANGER, "sign-up");
    for (int i = 0; i < 3; i++) put(Work.ACCOUNT, "login");

    runAll();

    assertThat(ran)
        .containsExactly(
            "login",
            "sign-up",
            "login",
            "passcode",
            "login",
            "sign-up",
            "passcode",
            "sign-up",
            "passcode");
  }

  @Test
  void aPlaceIsFreeAgainWhenItsTaskRuns() {
    for (int i = 0; i < 4; i++) put(Work.ACCOUNT, "login");
    turns.remove().run();

    put(Work.ACCOUNT, "login");
    runAll();

    assertThat(ran).hasSize(5);
  }

  private void put(Work work, String name) {
    queue.execute(work, () -> ran.add(name));
  }

  private void runAll() {
    while (!turns.isEmpty()) turns.remove().run();
  }
}
