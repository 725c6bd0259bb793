package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Remembered;
import kith.node.core.room.RecentPosts.Window;
import org.junit.jupiter.api.Test;

class RecentPostsTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Window WINDOW = new Window(10, 80, Duration.ofHours(1));

  /// How many posts may be kept beyond the window, to forget many at once.
  private static final int SLACK = WINDOW.most() / 8;

  private RecentPosts recent = RecentPosts.NONE;
  private long posted;

  @Test
  void onlyPostedIdsAreKnown() {
    post(START);

    assertThat(recent.find(key(1))).contains(new Remembered(1, START.toEpochMilli(), 0));
    assertThat(recent.find(key(2))).isEmpty();
  }

  @Test
  void theLatestPostsAreKnownHoweverOldTheyAre() {
    for (var day = 0; day < 100; day++) {
      post(START.plus(Duration.ofDays(day)));

      assertKnown(WINDOW.posts());
    }
  }

  @Test
  void youngPostsAreKnownUpToTheLimit() {
    for (var i = 0; i < 5 * WINDOW.most(); i++) {
      post(START.plusSeconds(i));

      assertKnown(WINDOW.most());
    }
  }

  @Test
  void postsYoungerThanTheAgeAreKnown() {
    var minutes = WINDOW.age().toMinutes();
    for (var minute = 0; minute < 10 * minutes; minute++) {
      post(START.plus(Duration.ofMinutes(minute)));

      assertKnown(minutes);
    }
  }

  @Test
  void atMostTheLimitAndOneGenerationAreKept() {
    for (var i = 0; i < 10 * WINDOW.most(); i++) {
      post(START);

      assertThat(recent.size()).isLessThanOrEqualTo(WINDOW.most() + SLACK);
    }
  }

  @Test
  void aSlowRoomForgetsOldPostsBeyondTheLatest() {
    for (var day = 0; day < 10 * WINDOW.most(); day++) post(START.plus(Duration.ofDays(day)));

    assertThat(recent.size()).isLessThanOrEqualTo(WINDOW.posts() + 2 * SLACK);
    assertThat(recent.find(key(1))).isEmpty();
  }

  @Test
  void addingAPostDoesNotChangeTheEarlierValue() {
    post(START);
    var before = recent;
    post(START);
    var other = before.with(key(99), new Remembered(2, START.toEpochMilli(), 7), WINDOW);

    assertThat(before.find(key(2))).isEmpty();
    assertThat(before.size()).isEqualTo(1);
    assertThat(other.find(key(2))).isEmpty();
    assertThat(other.find(key(99))).contains(new Remembered(2, START.toEpochMilli(), 7));
    assertThat(recent.find(key(99))).isEmpty();
    assertThat(recent.find(key(2))).isPresent();
  }

  private void post(Instant at) {
    posted++;
    recent = recent.with(key(posted), new Remembered(posted, at.toEpochMilli(), 0), WINDOW);
  }

  private void assertKnown(long latest) {
    for (var seq = Math.max(1, posted - latest + 1); seq <= posted; seq++)
      assertThat(recent.find(key(seq))).as("post %s of %s", seq, posted).isPresent();
  }

  private static Key key(long seq) {
    return new Key(seq, seq);
  }
}
