package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import kith.protocol.Code;
import kith.protocol.rest.SignIn;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private static final long INTERVAL = 5000;

  private static final SignIn.BegunSignIn BEGUN =
      new SignIn.BegunSignIn(
          "id",
          "CODE",
          "https://login.example.org/device",
          Optional.empty(),
          Instant.parse("2026-11-24T03:00:00Z"),
          INTERVAL);

  private final List<Long> pauses = new ArrayList<>();

  private String await(Queue<RuntimeException> faults) {
    return Approval.await(
        BEGUN,
        () -> {
          var fault = faults.poll();
          if (fault != null) throw fault;
          return "tokens";
        },
        pauses::add);
  }

  private static Refused refused(Code code, OptionalLong retryAfterMillis) {
    return new Refused(409, code.wire(), "refused", retryAfterMillis);
  }

  @Test
  void aQuestionWithoutAnAnswerIsRepeated() {
    var faults =
        List.of(
            refused(Code.SIGN_IN_PENDING, OptionalLong.empty()),
            new Unreachable("The connection broke."),
            refused(Code.UNAVAILABLE, OptionalLong.of(9000)));

    assertThat(await(new ArrayDeque<>(faults))).isEqualTo("tokens");
    assertThat(pauses).containsExactly(INTERVAL, INTERVAL, 9000L);
  }

  @Test
  void theWaitForASignInEndsAfterManyUnansweredQuestions() {
    var lost = new Unreachable("Nothing answers.");
    var faults = Collections.nCopies(Approval.MOST_UNANSWERED, (RuntimeException) lost);

    assertThatThrownBy(() -> await(new ArrayDeque<>(faults))).isSameAs(lost);
    assertThat(pauses).hasSize(Approval.MOST_UNANSWERED - 1);
  }

  @Test
  void aDecisionEndsTheWaitForASignIn() {
    var denied = refused(Code.SIGN_IN_REFUSED, OptionalLong.empty());

    assertThatThrownBy(() -> await(new ArrayDeque<>(List.of(denied)))).isSameAs(denied);
    assertThat(pauses).isEmpty();
  }
}
