package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;

class WriterTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private final Writer ann = new Writer("ann", "lobby", Writer.Window.SOME, 10, 100);

  @Test
  void postsAreSentWhenTheyAreDue() {
    assertThat(sends(99)).isEmpty();
    assertThat(sends(100)).containsExactly("ann.0");
    assertThat(sends(350)).containsExactly("ann.1", "ann.2");
    assertThat(ann.posts()).extracting(Post::due).containsExactly(100L, 200L, 300L);
  }

  @Test
  void theTimeOfTheNextDuePostIsReported() {
    assertThat(ann.nextAt(true)).isEqualTo(100);
    sends(100);
    assertThat(ann.nextAt(true)).isEqualTo(200);
    assertThat(ann.nextAt(false)).isEqualTo(Long.MAX_VALUE);

    ann.refused("ann.0", "unavailable", 150);

    assertThat(ann.nextAt(true)).isEqualTo(150);
    assertThat(ann.nextAt(false)).isEqualTo(150);
  }

  @Test
  void aWriterWithAFullWindowWaitsForAnAnswer() {
    sends(5_000);

    assertThat(ann.nextAt(true)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void withoutAnswersTheWindowIsSentAndTheOtherPostsAreLate() {
    assertThat(sends(5_000)).hasSize(8);

    ann.acknowledged("ann.0", 2, AT, 5_010);

    assertThat(sends(5_020)).containsExactly("ann.8");
    assertThat(ann.posts().getLast().due()).isEqualTo(900);
  }

  @Test
  void aWriterThatChecksOrderHasOnePostInFlight() {
    var bob = new Writer("bob", "lobby", Writer.Window.ONE, 10, 100);

    assertThat(bob.next(5_000, true)).map(ClientFrame.Send::id).contains("bob.0");
    assertThat(bob.next(5_000, true)).isEmpty();
    assertThat(bob.posts()).allMatch(Post::isAlone);
  }

  @Test
  void aNewConnectionRetriesUnansweredPostsInOrder() {
    sends(400);
    ann.acknowledged("ann.1", 3, AT, 410);

    ann.startOver();

    assertThat(sends(420)).containsExactly("ann.0", "ann.2", "ann.3");
    assertThat(ann.posts()).extracting(Post::sent).containsExactly(2, 1, 2, 2);
  }

  @Test
  void aRefusedPostIsRetriedAfterItsDelay() {
    sends(100);
    ann.refused("ann.0", "unavailable", 190);

    assertThat(sends(189)).isEmpty();
    assertThat(sends(190)).containsExactly("ann.0");
    assertThat(ann.posts().getFirst().refusals()).containsExactly("unavailable");
  }

  @Test
  void afterTheEndOfWritingOnlyUnansweredPostsAreSent() {
    sends(100);
    ann.startOver();

    assertThat(ann.next(9_000, false)).map(ClientFrame.Send::id).contains("ann.0");
    assertThat(ann.next(9_000, false)).isEmpty();
    assertThat(ann.unanswered()).isEqualTo(1);
  }

  @Test
  void aSecondAckIsRecordedButCountsOnce() {
    sends(100);

    assertThat(ann.acknowledged("ann.0", 2, AT, 110)).isTrue();
    assertThat(ann.acknowledged("ann.0", 5, AT, 120)).isFalse();

    assertThat(ann.posts().getFirst().acks())
        .containsExactly(new Ack(2, AT, 110), new Ack(5, AT, 120));
    assertThat(ann.unanswered()).isZero();
  }

  @Test
  void aPostWithoutAnyAnswerIsDetected() {
    sends(100);

    assertThat(ann.isStuck(20_100, 20_000)).isFalse();
    assertThat(ann.isStuck(20_101, 20_000)).isTrue();
  }

  private List<String> sends(long now) {
    var ids = new ArrayList<String>();
    for (var post = ann.next(now, true); post.isPresent(); post = ann.next(now, true))
      ids.add(post.get().id());
    return ids;
  }
}
