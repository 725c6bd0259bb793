package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.feature.inbox.JdbcRoomSummaries;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.metrics.Metrics;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logs whose oldest entries are in segments.
class SegmentsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ActorTestKit KIT = LocalActors.create();
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Retention.NONE,
          Retention.NONE,
          Duration.ofHours(1),
          Duration.ofDays(1),
          1000,
          new RetentionSettings.Sealing(200, Duration.ofDays(30)),
          Optional.empty());

  private final RoomLog log = new JdbcRoomLog(DATABASE.jdbc(), SERIALIZATION, List.of());
  private final JdbcRoomSummaries summaries = new JdbcRoomSummaries(DATABASE.jdbc(), SERIALIZATION);
  private final LogAging aging =
      new JdbcLogAging(
          DATABASE.jdbc(),
          SERIALIZATION,
          SETTINGS,
          List.of(),
          Optional.empty(),
          new Metrics().aging());
  private final StoredRoom room = new StoredRoom(DATABASE.jdbc(), SERIALIZATION);

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyReadIsTheSameBeforeAndAfterSealing(long seed) {
    talk(new Random(seed), 400);
    var before = everything();

    seal(120);
    assertThat(everything()).isEqualTo(before);
    seal(330);
    assertThat(everything()).isEqualTo(before);
    seal(399);

    assertThat(everything()).isEqualTo(before);
    assertThat(room.seqs("event_journal")).as("the last row stays").containsExactly(400L);
    assertThat(room.seqs("snapshot").getLast()).isEqualTo(400);
  }

  @Test
  void sealedEntriesCanBeAmendedAndErased() {
    talk(new Random(5), 300);
    var twin = new StoredRoom(DATABASE.jdbc(), SERIALIZATION);
    room.events().forEach(twin::append);
    seal(290);
    var messages =
        LongStream.rangeClosed(1, 280)
            .filter(seq -> room.events().get((int) seq - 1) instanceof RoomEvent.Posted)
            .toArray();

    for (var i = 0; i < 20; i++) {
      var target = messages[i * 3];
      for (var each : List.of(room, twin)) {
        each.append(new RoomEvent.Edited("ann", at(301 + i), "e" + i, target, "better " + i));
        if (i % 2 == 0) {
          each.append(
              new RoomEvent.Redacted("ann", at(301 + i), "r" + i, target, Optional.empty()));
          now(log.erase(each.id, target));
        }
      }
    }

    assertThat(everything(room)).isEqualTo(everything(twin));
    assertThat(now(log.versions(room.id, messages[3]))).hasSizeGreaterThan(1);
  }

  @Test
  void anErasedTextIsNotInItsSegment() {
    room.append(said(1, "a very secret text"));
    for (var i = 2; i <= 200; i++) room.append(said(i, "harmless"));
    seal(150);
    assertThat(segmentTexts()).contains("a very secret text");

    now(log.erase(room.id, 1));

    assertThat(segmentTexts()).doesNotContain("a very secret text").contains("harmless");
    assertThat(now(log.after(room.id, 0, 10)).entries()).hasSize(10);
  }

  @Test
  void retentionHidesAndDestroysSealedEntries() {
    for (var i = 1; i <= 300; i++) room.append(said(i, "text " + i));
    seal(250);
    room.append(new RoomEvent.Truncated(at(300), 131, 130));
    assertThat(now(log.after(room.id, 0, 1)).gapFrom()).hasValue(1);
    assertThat(now(log.after(room.id, 0, 1)).entries().getFirst().seq()).isEqualTo(131);

    var hidden = new LogAging.Destroy(131, 301);
    while (!now(aging.destroy(room.id, room.state(), hidden)).isDone()) {}

    assertThat(segmentTexts()).doesNotContain("text 130;").contains("text 131;");
    assertThat(now(log.before(room.id, Long.MAX_VALUE, 1000)).entries())
        .hasSize(171)
        .first()
        .matches(entry -> entry.seq() == 131);
  }

  @Test
  void theOldestEntriesAreFoundByNumberAndByAge() {
    for (var i = 1; i <= 500; i++) room.append(said(i, "text " + i));

    // 200 stay; entry i was written i hours after the start
    assertThat(look(at(500))).isEqualTo(new LogAging.Seal(300));
    assertThat(look(at(450).plus(Duration.ofDays(30)))).isEqualTo(new LogAging.Seal(449));
  }

  @Test
  void aFewEntriesAreNotWorthASegment() {
    for (var i = 1; i < Portions.LEAST_SEALED; i++) room.append(said(i, "text " + i));

    assertThat(look(at(50).plus(Duration.ofDays(300)))).isEqualTo(new LogAging.Rest());
  }

  @Test
  void aSealedMessageTakesLessThanAHundredBytes() throws IOException {
    var random = new Random(7);
    var texts = texts();
    for (var i = 0; i < texts.size(); i++)
      room.append(
          new RoomEvent.Posted(
              List.of("ann", "bob", "carol", "dan").get(random.nextInt(4)),
              at(i).plusMillis(random.nextInt(1_000_000)),
              new UUID(random.nextLong(), random.nextLong()).toString(),
              texts.get(i),
              OptionalLong.empty(),
              OptionalLong.of(i + 1)));

    seal(texts.size() - 1);

    var bytes =
        now(DATABASE
                .jdbc()
                .query(
                    "SELECT sum(octet_length(entries)) FROM log_segment WHERE room = ?",
                    row -> row.getLong(1),
                    room.id))
            .getFirst();
    var each = (double) bytes / (texts.size() - room.seqs("event_journal").size());
    assertThat(each).as("bytes of a message of 100 characters").isBetween(40.0, 100.0);
  }

  /// Ordinary English in pieces of 100 characters.
  private static List<String> texts() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.list(Path.of("..", "docs"))) {
      for (var file : files.filter(it -> it.toString().endsWith(".md")).sorted().toList())
        all.append(Files.readString(file));
    }
    return IntStream.range(0, all.length() / 100)
        .mapToObj(i -> all.substring(i * 100, i * 100 + 100))
        .toList();
  }

  private Object everything() {
    return everything(room);
  }

  /// The answers to all questions, without the id of the room.
  private Object everything(StoredRoom asked) {
    var answers = new ArrayList<Object>();
    var seqs = LongStream.rangeClosed(0, asked.lastSeq() + 1).boxed().toList();
    for (var seq : seqs)
      for (var limit :
          seq % 5 > 0 ? List.<Integer>of() : seq % 50 == 0 ? List.of(1, 7, 1000) : List.of(3)) {
        answers.add(now(log.after(asked.id, seq, limit)));
        answers.add(now(log.before(asked.id, seq, limit)));
        answers.add(now(log.events(asked.id, seq, limit)).events());
      }
    for (var seq : seqs) if (seq % 5 == 0) answers.add(now(log.versions(asked.id, seq)));
    answers.add(now(log.facts(asked.id, Set.copyOf(seqs))));
    for (var seq : seqs)
      if (seq % 20 == 1) answers.add(now(summaries.at(Map.of(asked.id, seq))).get(asked.id));
    answers.add(now(aging.preview(asked.id, days(5), at(300))));
    answers.add(now(aging.preview(asked.id, entries(20), at(300))));
    answers.add(now(aging.preview(asked.id, bytes(5_000), at(300))));
    return answers;
  }

  /// Messages, edits, redactions and joins, as they follow on each other in a room.
  private void talk(Random random, int entries) {
    var number = 0;
    while (room.lastSeq() < entries) {
      var seq = (int) room.lastSeq() + 1;
      var target = 1 + random.nextInt(seq);
      var isMessage = target < seq && room.events().get(target - 1) instanceof RoomEvent.Posted;
      var kind = random.nextInt(8);
      if (kind == 0 && isMessage)
        room.append(new RoomEvent.Edited("ann", at(seq), "e" + seq, target, "better " + seq));
      else if (kind == 1 && isMessage)
        room.append(new RoomEvent.Redacted("ann", at(seq), "r" + seq, target, Optional.empty()));
      else if (kind == 2)
        room.append(new RoomEvent.Joined("user" + seq, at(seq), Optional.empty()));
      else room.append(said(seq, "text " + seq, ++number));
    }
  }

  private static RoomEvent said(int seq, String text) {
    return said(seq, text + ";", seq);
  }

  private static RoomEvent said(int seq, String text, long number) {
    return new RoomEvent.Posted(
        "ann", at(seq), "id-" + seq, text, OptionalLong.empty(), OptionalLong.of(number));
  }

  private static Instant at(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  private void seal(long to) {
    while (!now(aging.seal(room.id, room.state(), new LogAging.Seal(to))).isDone()) {}
    assertThat(room.seqs("event_journal").getFirst()).isGreaterThan(to - Portions.LEAST_SEALED);
  }

  private LogAging.Finding look(Instant when) {
    return now(
        aging.look(new LogAging.Question(room.id, Retention.NONE, 0, room.lastSeq(), when, false)));
  }

  private String segmentTexts() {
    return now(
            DATABASE
                .jdbc()
                .query(
                    "SELECT entries FROM log_segment WHERE room = ? ORDER BY first",
                    row -> SegmentCodec.decode(row.getBytes(1)),
                    room.id))
        .stream()
        .flatMap(List::stream)
        .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  private static Retention days(long days) {
    return new Retention(OptionalLong.empty(), OptionalLong.of(days));
  }

  private static Retention entries(long entries) {
    return new Retention(OptionalLong.of(entries), OptionalLong.empty());
  }

  private static Retention bytes(long bytes) {
    return new Retention(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(bytes));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
