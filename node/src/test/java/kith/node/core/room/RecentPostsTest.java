package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kith.node.core.room.RecentPosts.Key;
import kith.node.core.room.RecentPosts.Known;
import kith.node.core.room.RecentPosts.Remembered;
import kith.node.core.room.RecentPosts.Window;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecentPostsTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Window WINDOW = new Window(10, 80, Duration.ofHours(1));

  /// The number of posts that may be kept beyond the window, so that many are removed at once.
  private static final int SLACK = WINDOW.most() / 8;

  private RecentPosts recent = RecentPosts.NONE;
  private long posted;

  @Test
  void onlyPostedIdsAreKnown() {
    post(START);

    assertThat(recent.find(key(1))).contains(remembered(1, START));
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
  void aSlowRoomRemovesOldPostsBeyondTheLatest() {
    for (var day = 0; day < 10 * WINDOW.most(); day++) post(START.plus(Duration.ofDays(day)));

    assertThat(recent.size()).isLessThanOrEqualTo(WINDOW.posts() + 2 * SLACK);
    assertThat(knows(1)).isFalse();
  }

  @Test
  void olderPostsAreOnlyCandidates() {
    for (var i = 0; i < 3 * WINDOW.generation(); i++) post(START);

    assertThat(recent.find(key(1))).isEmpty();
    assertThat(recent.candidates(key(1))).containsExactly(1L);
    assertThat(recent.find(key(posted))).contains(remembered(posted, START));
    assertThat(recent.candidates(key(posted))).isEmpty();
    assertThat(recent.candidates(key(posted + 1))).isEmpty();
  }

  @Test
  void theFirstPostsWithTheSameHashAreCandidates() {
    for (var low = 1; low <= 20; low++)
      recent = recent.with(new Known(new Key(7, low), remembered(low, START)), WINDOW);

    assertThat(recent.candidates(new Key(7, 99))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void manyPostsAreInFewGenerations() {
    var window = new Window(10_000, 500_000, Duration.ofDays(7));
    for (var i = 0; i < 200_000; i++) {
      posted++;
      var key = new Key(posted * 0x9E3779B97F4A7C15L, posted);
      recent = recent.with(new Known(key, remembered(posted, START)), window);
    }

    assertThat(recent.size()).isEqualTo(200_000);
    assertThat(recent.older()).hasSizeLessThanOrEqualTo(10);
  }

  /// Compared with a list of all posts.
  @Property(tries = 200)
  void exactlyThePostsOfTheWindowAreKnown(@ForAll long seed) {
    var random = new Random(seed);
    var window = window(random);
    var all = new ArrayList<Known>();
    var posts = RecentPosts.NONE;
    var now = START;
    for (var steps = random.nextInt(400); steps > 0; steps--) {
      now = now.plusMillis(random.nextLong(window.age().toMillis() / 20));
      var key = new Key(random.nextLong(), random.nextLong());
      var next = new Known(key, new Remembered(all.size() + 1L, now.toEpochMilli(), steps));
      all.add(next);
      posts = posts.with(next, window);
      if (random.nextInt(50) == 0) posts = afterASnapshot(posts);
    }

    var last = now;
    var of = posts;
    for (var it : all) {
      var newer = all.size() - it.post().seq();
      var isYoung = it.post().at().plus(window.age()).isAfter(last);
      var isDue = newer < window.posts() || (isYoung && newer < window.most());
      var found = of.find(it.key());
      found.ifPresent(post -> assertThat(post).isEqualTo(it.post()));
      if (isDue && found.isEmpty())
        assertThat(of.candidates(it.key())).containsExactly(it.post().seq());
    }
    assertThat(of.find(new Key(random.nextLong(), 1))).isEmpty();
    assertThat(of.size())
        .isLessThanOrEqualTo(
            Math.max(window.posts(), window.most()) + window.sealed() + 2 * window.generation());
  }

  private static Window window(Random random) {
    int posts = 1 + random.nextInt(60);
    return new Window(posts, posts + random.nextInt(200), Duration.ofMinutes(60));
  }

  private static RecentPosts afterASnapshot(RecentPosts posts) {
    return new RecentPosts(
        posts.latest().stream().map(it -> DedupGeneration.unpacked(it.packed())).toList(),
        posts.older().stream().map(it -> SealedGeneration.unpacked(it.packed())).toList());
  }

  @Test
  void aSnapshotWithManyLatestPostsIsSealedWithTheNextPost() {
    var large = DedupGeneration.of(key(1), remembered(1, START));
    for (var seq = 2; seq <= 30; seq++) large = large.with(key(seq), remembered(seq, START));
    var second = DedupGeneration.of(key(31), remembered(31, START));
    var third = DedupGeneration.of(key(32), remembered(32, START));
    posted = 32;
    recent = new RecentPosts(List.of(large, second, third), List.of());

    post(START);

    assertThat(recent.older()).hasSize(2);
    assertKnown(33);
  }

  @Test
  void addingAPostDoesNotChangeTheEarlierValue() {
    post(START);
    var before = recent;
    post(START);
    var theirs = new Remembered(2, START.toEpochMilli(), 7);
    var other = before.with(new Known(key(99), theirs), WINDOW);

    assertThat(before.find(key(2))).isEmpty();
    assertThat(before.size()).isEqualTo(1);
    assertThat(other.find(key(2))).isEmpty();
    assertThat(other.find(key(99))).contains(theirs);
    assertThat(recent.find(key(99))).isEmpty();
    assertThat(recent.find(key(2))).isPresent();
  }

  private void post(Instant at) {
    posted++;
    recent = recent.with(new Known(key(posted), remembered(posted, at)), WINDOW);
  }

  private void assertKnown(long latest) {
    for (var seq = Math.max(1, posted - latest + 1); seq <= posted; seq++)
      assertThat(knows(seq)).as("post %s of %s", seq, posted).isTrue();
  }

  private boolean knows(long seq) {
    var key = key(seq);
    return recent.find(key).isPresent() || recent.candidates(key).contains(seq);
  }

  private static Remembered remembered(long seq, Instant at) {
    return new Remembered(seq, at.toEpochMilli(), 0);
  }

  private static Key key(long seq) {
    return new Key(seq << 40, seq);
  }
}
