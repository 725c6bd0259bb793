package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RepetitionTest {
  private final List<Long> pauses = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final Repetition repetition = new Repetition(pauses::add);

  /// Fails this many times, then answers.
  private String send(String request, int failures, RuntimeException failure) {
    var left = new int[] {failures};
    return repetition.send(
        request,
        id -> {
          ids.add(id);
          if (left[0]-- > 0) throw failure;
          return "done";
        });
  }

  private static Refused refused(int status) {
    return new Refused(status, "code", "A sentence.", OptionalLong.empty());
  }

  @Test
  void aRequestWithoutAnAnswerIsSentAgainWithTheSameId() {
    assertThat(send("create lobby", 2, new Unreachable("The connection broke."))).isEqualTo("done");

    assertThat(ids).hasSize(3).containsOnly(ids.getFirst());
    assertThat(pauses).hasSize(2);
  }

  @Test
  void anUnavailableServerIsAskedAgain() {
    assertThat(send("create lobby", 1, refused(503))).isEqualTo("done");
  }

  @Test
  void theUsersNextAttemptHasTheIdOfTheUnansweredRequest() {
    assertThatThrownBy(() -> send("create lobby", 9, new Unreachable("Away.")))
        .isInstanceOf(Unreachable.class);
    send("create attic", 0, refused(503));

    send("create lobby", 0, refused(503));

    assertThat(ids).hasSize(5);
    assertThat(ids.get(4)).isEqualTo(ids.get(0)).isNotEqualTo(ids.get(3));
  }

  @Test
  void anAnsweredRequestIsForgotten() {
    send("create lobby", 0, refused(503));
    assertThatThrownBy(() -> send("create lobby", 1, refused(409))).isInstanceOf(Refused.class);
    send("create lobby", 0, refused(503));

    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    assertThat(pauses).isEmpty();
  }
}
