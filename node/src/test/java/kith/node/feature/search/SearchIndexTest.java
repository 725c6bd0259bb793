package kith.node.feature.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import kith.node.core.room.Attachment;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.feature.search.SearchIndex.Batch;
import kith.node.feature.search.SearchIndex.Candidate;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The projection and the reads of its table.
class SearchIndexTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final long FOREVER = Duration.ofMinutes(3).toNanos();

  private final SearchProjection projection = new SearchProjection();
  private final SearchIndex index =
      new SearchIndex(DATABASE.jdbc(), Clock.fixed(NOW, ZoneOffset.UTC), () -> 0);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void messagesAreFoundByTheirWordsTheNewestFirst() {
    apply("a1", said(2, "ann", "tea in the garden"), said(3, "bob", "Tea, please"));
    apply("a2", said(2, "ann", "no coffee, tea"), said(3, "ann", "garden tools"));

    assertThat(found("tea", "a1", "a2")).containsExactly("a1 3", "a2 2", "a1 2");
    assertThat(found("tea", "a1")).containsExactly("a1 3", "a1 2");
    assertThat(found("garden tea", "a1", "a2")).containsExactly("a1 2");
    assertThat(found("gar", "a1", "a2")).containsExactly("a2 3", "a1 2");
    assertThat(found("\"gar\"", "a1", "a2")).isEmpty();
    assertThat(found("from:ann tea", "a1", "a2")).containsExactly("a2 2", "a1 2");
    assertThat(found("from:bob", "a1", "a2")).containsExactly("a1 3");
    assertThat(found("tea", "a3")).isEmpty();
  }

  @Test
  void anyTextCanBeIndexedAndSearched() {
    var odd = "it's a \\ 'quoted' & | ! ( ) : * <-> \"thing\" \u0000 日本語 ü 🎉 한국어 \ud83d";
    apply("b", said(2, "o'neill \\ 'x", odd), said(3, "ann", "..."));

    for (var query : List.of("quoted", "日本", "語", "🎉", "한국", "u", "it's", "\"a quoted thing\""))
      assertThat(found(query, "b")).as(query).containsExactly("b 2");
    assertThat(found("from:\"o'neill \\ 'x\"", "b")).containsExactly("b 2");
    assertThat(found("in:b", "b")).containsExactly("b 3", "b 2");
  }

  @Test
  void anEditReplacesTheWordsAndKeepsFilesAndPlace() {
    var file =
        new Attachment(
            "f1", "plan.pdf", 10, "application/pdf", OptionalInt.empty(), OptionalInt.empty());
    apply(
        "c",
        new Projection.Numbered(
            2,
            new RoomEvent.Posted(
                "ann",
                at(2),
                "m2",
                "old word https://example.org",
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(List.of(file)))),
        said(3, "ann", "first"),
        edit(4, 3, "second"));
    apply("c", edit(5, 2, "new word"), edit(6, 3, "third http://x.y"));

    assertThat(found("old", "c")).isEmpty();
    assertThat(found("first", "c")).isEmpty();
    assertThat(found("second", "c")).isEmpty();
    assertThat(found("new word", "c")).containsExactly("c 2");
    assertThat(found("plan has:file from:ann", "c")).containsExactly("c 2");
    assertThat(found("has:link", "c")).containsExactly("c 3");
  }

  @Test
  void redactedExpiredAndDeletedMessagesAreRemoved() {
    apply(
        "d",
        said(2, "ann", "one tea"),
        said(3, "ann", "two tea"),
        edit(4, 3, "two teas"),
        redaction(5, 3),
        said(6, "ann", "three tea"));
    apply("d", redaction(7, 2), said(8, "ann", "four tea"));
    assertThat(found("tea", "d")).containsExactly("d 8", "d 6");

    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.forget(connection, "d", 7);
              return "";
            }));
    assertThat(found("tea", "d")).containsExactly("d 8");

    apply("d", new Projection.Numbered(9, RoomHistory.deleted("ann")));
    assertThat(found("in:d", "d")).isEmpty();
  }

  @Test
  void anErasedTextIsNotIndexedAndAChangeMayArriveTwice() {
    apply("e", said(2, "ann", ""), edit(3, 2, ""), said(4, "ann", "tea"));
    apply("e", said(4, "ann", "tea"));

    assertThat(found("in:e", "e")).containsExactly("e 4");
  }

  @Test
  void pagesTogetherHaveEveryMessageOnce() {
    // several in one instant, and long pauses
    var events = new ArrayList<Projection.Numbered>();
    for (var i = 2; i < 40; i++)
      events.add(
          new Projection.Numbered(i, said("tea", NOW.minus(Duration.ofDays((41 - i) / 3 * 100L)))));
    apply("f1", events.toArray(Projection.Numbered[]::new));
    apply("f2", events.toArray(Projection.Numbered[]::new));

    var all = new ArrayList<Candidate>();
    var before = Optional.<SearchCursor>empty();
    do {
      var page = batch("tea", before, 5, FOREVER, "f1", "f2");
      assertThat(page.found()).hasSizeLessThanOrEqualTo(5);
      all.addAll(page.found());
      before = page.next().map(SearchCursor::text).flatMap(SearchCursor::of);
    } while (before.isPresent());

    assertThat(all).hasSize(76).doesNotHaveDuplicates();
    assertThat(all).isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
  }

  @Test
  void aPeriodIsBounded() {
    apply(
        "g",
        IntStream.rangeClosed(1, 9)
            .mapToObj(day ->
                new Projection.Numbered(
                    day + 1, said("tea", Instant.parse("2026-11-0%dT12:00:00Z".formatted(day)))))
            .toArray(Projection.Numbered[]::new));

    assertThat(found("tea after:2026-11-03 before:2026-11-06", "g"))
        .containsExactly("g 6", "g 5", "g 4");
    assertThat(found("after:2027", "g")).isEmpty();
    assertThat(found("before:0001", "g")).isEmpty();
    assertThat(found("after:9999-12-31T23:59:59-18:00", "g")).isEmpty();
  }

  @Test
  void whenTheTimeIsOverTheSearchedPeriodIsReported() {
    apply(
        "h",
        new Projection.Numbered(2, said("tea", NOW.minus(Duration.ofDays(300)))),
        new Projection.Numbered(3, said("tea", NOW.minus(Duration.ofMinutes(10)))));
    var clock = new long[] {0};
    var slow =
        new SearchIndex(
            DATABASE.jdbc(), Clock.fixed(NOW, ZoneOffset.UTC), () -> clock[0]++ * 1_000_000_000L);

    var page = now(slow.next(List.of("h"), query("tea"), Optional.empty(), 10, 2_500_000_000L));

    assertThat(page.inTime()).isFalse();
    assertThat(page.found()).extracting(Candidate::seq).containsExactly(3L);
    // three periods: 1, 4 and 16 hours
    assertThat(page.next()).contains(SearchCursor.before(NOW.minus(Duration.ofHours(21))));
    assertThat(now(index.next(List.of("h"), query("tea"), page.next(), 10, FOREVER)).found())
        .extracting(Candidate::seq)
        .containsExactly(2L);
  }

  @Test
  void theDatabaseStopsAReadThatTakesTooLong() {
    apply("i", said(2, "ann", "tea"));
    now(
        DATABASE
            .jdbc()
            .with(connection -> {
              connection.setAutoCommit(false);
              try (var lock = connection.createStatement()) {
                lock.execute("LOCK TABLE search_message IN ACCESS EXCLUSIVE MODE");
                var page = batch("tea", Optional.empty(), 10, 50_000_000, "i");
                assertThat(page.inTime()).isFalse();
                assertThat(page.found()).isEmpty();
                assertThat(page.next()).contains(SearchCursor.before(SearchIndex.LAST));
              }
              connection.rollback();
              return "";
            }));

    assertThat(found("tea", "i")).containsExactly("i 2");
  }

  @Test
  void aTextIsACursorOnlyIfTheServerMadeIt() {
    var cursor = new SearchCursor(Instant.parse("2026-11-21T12:00:00.123456Z"), "dm-1a", 7);

    assertThat(SearchCursor.of(cursor.text())).contains(cursor);
    assertThat(SearchCursor.of(SearchCursor.before(NOW).text())).contains(SearchCursor.before(NOW));
    for (var wrong : List.of("7", "", "%%%", "MTIz", "LTEgMSBh", "OTk5OTk5OTk5OTk5OTk5OTk5IDEgYQ"))
      assertThat(SearchCursor.of(wrong)).as(wrong).isEmpty();
  }

  @Test
  void roomsThatTheIndexHasNotReachedAreCounted() {
    now(
        DATABASE
            .jdbc()
            .update(
                "INSERT INTO projection_position (room, projection, seq) VALUES ('j', ?, 3)",
                SearchProjection.NAME));

    assertThat(now(index.missing(List.of("j", "k", "l")))).isEqualTo(2);
  }

  private static Instant at(long seq) {
    return NOW.minus(Duration.ofMinutes(100 - seq));
  }

  private static RoomEvent said(String body, Instant at) {
    return new RoomEvent.Posted("ann", at, "m" + at, body, OptionalLong.empty());
  }

  private static Projection.Numbered said(long seq, String by, String body) {
    return new Projection.Numbered(
        seq, new RoomEvent.Posted(by, at(seq), "m" + seq, body, OptionalLong.empty()));
  }

  private static Projection.Numbered edit(long seq, long target, String body) {
    return new Projection.Numbered(
        seq, new RoomEvent.Edited("ann", at(seq), "m" + seq, target, body));
  }

  private static Projection.Numbered redaction(long seq, long target) {
    return new Projection.Numbered(
        seq, new RoomEvent.Redacted("ann", at(seq), "m" + seq, target, Optional.empty()));
  }

  private void apply(String room, Projection.Numbered... events) {
    var change =
        new Projection.Change(
            room, RoomHistory.after(RoomHistory.publicRoomOf("ann")), List.of(events));
    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.apply(connection, change);
              return room;
            }));
  }

  private List<String> found(String query, String... rooms) {
    var page = batch(query, Optional.empty(), 100, FOREVER, rooms);
    assertThat(page.next()).isEmpty();
    return page.found().stream().map(it -> it.room() + " " + it.seq()).toList();
  }

  private Batch batch(
      String query, Optional<SearchCursor> before, int limit, long deadline, String... rooms) {
    return now(index.next(List.of(rooms), query(query), before, limit, deadline));
  }

  private static SearchQuery query(String text) {
    return ((QueryParser.Valid) QueryParser.parse(text, "cem", ZoneOffset.UTC)).query();
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }
}
