package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class PostQueueTest {
  private static final int WAITING_BATCHES = 4;
  private static final Instant SOON = Instant.parse("2026-11-21T12:00:10Z");
  private static final Instant LATER = SOON.plusSeconds(10);

  private final PostQueue outgoing = new PostQueue(3, 2_000, WAITING_BATCHES);

  @Test
  void anEmptyQueueHasNoBatch() {
    assertThat(outgoing.next()).isEmpty();
    assertThat(outgoing.unanswered()).isEmpty();
  }

  @Test
  void oneBatchIsInFlightAndOtherPostsWait() {
    add("1", "2");

    assertThat(next()).containsExactly("1", "2");
    add("3");
    assertThat(outgoing.next()).isEmpty();
    assertThat(ids(outgoing.done(1))).containsExactly("1", "2");
    assertThat(next()).containsExactly("3");
  }

  @Test
  void theNumberOfPostsInABatchIsLimited() {
    add("1", "2", "3", "4");

    assertThat(next()).containsExactly("1", "2", "3");
  }

  @Test
  void theBytesOfABatchAreLimitedButItHasAtLeastOnePost() {
    add(submit("big", "x".repeat(2_000)), SOON);
    add("small");

    assertThat(next()).containsExactly("big");
    var _ = outgoing.done(1);
    assertThat(next()).containsExactly("small");
  }

  @Test
  void aRetryIsTheSameBatchUnderTheSameNumber() {
    add("1", "2");
    var first = outgoing.next();
    add("3");

    assertThat(outgoing.unanswered()).isEqualTo(first);
  }

  @Test
  void aSecondAnswerDoesNotCompleteTheNextBatch() {
    add("1");
    assertThat(next()).containsExactly("1");
    assertThat(ids(outgoing.done(1))).containsExactly("1");
    add("2");
    assertThat(next()).containsExactly("2");

    assertThat(outgoing.done(1)).isEmpty();
    assertThat(ids(outgoing.done(2))).containsExactly("2");
  }

  @Test
  void expiredPostsAreReturnedInOrder() {
    add(submit("1", ""), SOON);
    add(submit("2", ""), SOON);
    add(submit("3", ""), LATER);

    assertThat(ids(outgoing.expired(SOON))).containsExactly("1", "2");
    assertThat(next()).containsExactly("3");
  }

  @Test
  void aBatchThatLosesExpiredPostsGetsANewNumberAndKeepsItsOrder() {
    add(submit("1", ""), SOON);
    add(submit("2", ""), LATER);
    add(submit("3", ""), LATER);
    assertThat(next()).containsExactly("1", "2", "3");

    assertThat(ids(outgoing.expired(SOON))).containsExactly("1");

    assertThat(outgoing.done(1)).as("an answer to the previous batch").isEmpty();
    assertThat(outgoing.unanswered().orElseThrow().posts())
        .extracting(Post::id)
        .containsExactly("2", "3");
    assertThat(ids(outgoing.done(2))).containsExactly("2", "3");
  }

  @Test
  void aBatchWithOnlyExpiredPostsIsDropped() {
    add("1");
    assertThat(next()).containsExactly("1");

    assertThat(ids(outgoing.expired(SOON))).containsExactly("1");

    assertThat(outgoing.unanswered()).isEmpty();
    assertThat(outgoing.done(1)).isEmpty();
    add("2");
    assertThat(next()).containsExactly("2");
  }

  @Test
  void postsBeforeTheirDeadlineStay() {
    add("1", "2", "3", "4");
    assertThat(next()).containsExactly("1", "2", "3");

    assertThat(outgoing.expired(SOON.minusMillis(1))).isEmpty();
    assertThat(ids(outgoing.done(1))).containsExactly("1", "2", "3");
  }

  @Test
  void theNumberOfWaitingPostsIsLimited() {
    for (var i = 0; i < WAITING_BATCHES * 3; i++)
      assertThat(outgoing.add(submit("" + i, ""), SOON)).isTrue();

    assertThat(outgoing.add(submit("one more", ""), SOON)).isFalse();
    assertThat(next()).containsExactly("0", "1", "2");
    assertThat(outgoing.add(submit("one more", ""), SOON)).isTrue();
  }

  @Test
  void theBytesOfWaitingPostsAreLimitedUntilPostsExpire() {
    var big = "x".repeat(1_000);
    var accepted = 0;
    while (outgoing.add(submit("" + accepted, big), SOON)) accepted++;

    var bound = WAITING_BATCHES * 2_000 / submit("", big).post().bytes();
    assertThat(accepted).isEqualTo(bound + 1);
    assertThat(outgoing.expired(SOON)).hasSize(accepted);
    assertThat(outgoing.add(submit("again", big), SOON)).isTrue();
  }

  private void add(String... ids) {
    for (var id : ids) add(submit(id, ""), SOON);
  }

  private void add(RoomRelay.Submit submit, Instant deadline) {
    assertThat(outgoing.add(submit, deadline)).isTrue();
  }

  private List<String> next() {
    return outgoing.next().orElseThrow().posts().stream().map(Post::id).toList();
  }

  private static RoomRelay.Submit submit(String id, String body) {
    var session = TestInbox.<RoomRelay.ToSession>create().getRef();
    return new RoomRelay.Submit(new Post.Say("ann", id, body, OptionalLong.empty()), session);
  }

  private static List<String> ids(List<RoomRelay.Submit> submits) {
    return submits.stream().map(submit -> submit.post().id()).toList();
  }
}
