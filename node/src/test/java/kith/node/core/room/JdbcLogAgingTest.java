package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import kith.node.LocalActors;
import kith.node.archive.ArchiveCheck;
import kith.node.archive.DirectoryPlace;
import kith.node.archive.FileArchive;
import kith.node.feature.mentions.MentionProjection;
import kith.node.person.Patience;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.metrics.Metrics;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcLogAgingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SEALED_AFTER = 10_000;
  private static final Duration GRACE = Duration.ofDays(1);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final ActorTestKit KIT = LocalActors.create();
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Retention.NONE,
          Retention.NONE,
          INTERVAL,
          GRACE,
          1000,
          new RetentionSettings.Sealing(100_000, Duration.ofDays(SEALED_AFTER)),
          Optional.empty());

  private final Metrics metrics = new Metrics();
  private final RoomLog log = new JdbcRoomLog(DATABASE.jdbc(), SERIALIZATION, List.of());
  private final LogAging aging = aging(Optional.empty());
  private final StoredRoom room = new StoredRoom(DATABASE.jdbc(), SERIALIZATION);

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @Test
  void entriesThatAreTooOldAreFound() {
    aMessageADay(100);

    // a day after the last one: 100 days have passed since the first
    assertThat(look(days(90), day(100))).isEqualTo(new LogAging.Hide(11, Optional.of(10L)));
    assertThat(look(days(100), day(100))).isEqualTo(new LogAging.Rest());
    assertThat(look(days(1), day(200)))
        .as("no message follows")
        .isEqualTo(new LogAging.Hide(101, Optional.empty()));
  }

  @Test
  void theRoomIsCheckedAgainWhenItsFirstEntryIsTooOld() {
    aMessageADay(10);

    look(days(90), day(10));

    assertThat(due()).contains(day(90));
  }

  @Test
  void aRoomWithoutLimitsIsCheckedAgainWhenItMayHaveEntriesToSeal() {
    aMessageADay(10);

    look(Retention.NONE, day(10));

    assertThat(due()).contains(day(10 + SEALED_AFTER));
  }

  @Test
  void anInterruptedCheckIsRepeated() {
    aMessageADay(100);

    look(days(10), day(100));

    assertThat(due()).contains(day(100).plus(Intervals.AGING_RETRY));
  }

  @Test
  void moreEntriesThanTheRoomKeepsAreFound() {
    aMessageADay(100);

    assertThat(look(entries(10), day(0))).isEqualTo(new LogAging.Hide(92, Optional.of(91L)));
  }

  @Test
  void theRoomKeepsTheNewestEntriesThatAreSmallEnough() {
    aMessageADay(100);
    var each = now(aging.preview(room.id, entries(100), day(0))).bytes();
    assertThat(each).isZero();
    var all = now(aging.preview(room.id, days(1), day(300))).bytes();

    var found = (LogAging.Hide) look(bytes(all / 2), day(0));

    // nine tenths of a half
    assertThat(found.first()).isBetween(54L, 57L);
    assertThat(look(bytes(all), day(0))).isEqualTo(new LogAging.Rest());
  }

  @Test
  void withinTheIntervalARoomWaitsUnlessItIsUrgent() {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 3, 2));
    var soon = day(10).plus(INTERVAL.dividedBy(2));

    assertThat(look(days(4), soon)).isEqualTo(new LogAging.Rest());
    assertThat(due()).contains(day(10).plus(INTERVAL));
    assertThat(urgentLook(days(4), soon)).isEqualTo(new LogAging.Hide(8, Optional.of(7L)));
    assertThat(look(days(4), day(10).plus(INTERVAL)))
        .isEqualTo(new LogAging.Hide(8, Optional.of(7L)));
  }

  @Test
  void entriesThatOnlyRecordRemovalsCauseNoOtherRemoval() {
    aMessageADay(3);
    room.append(new RoomEvent.Truncated(day(50), 4, 3));

    assertThat(look(days(10), day(50).plus(INTERVAL))).isEqualTo(new LogAging.Rest());
    var grown = look(days(10), day(300));
    assertThat(grown).as("after the grace time").isEqualTo(new LogAging.Destroy(4, 4));
  }

  @Test
  void hiddenEntriesAreInNoPage() {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 6, 5));

    var page = now(log.after(room.id, 2, 3));
    assertThat(seqs(page)).containsExactly(6L, 7L, 8L);
    assertThat(page.gapFrom()).hasValue(3);
    var last = now(log.before(room.id, Long.MAX_VALUE, 100));
    assertThat(seqs(last)).containsExactly(6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(last.more()).isFalse();
    assertThat(now(log.before(room.id, 6, 10)).entries()).isEmpty();
    assertThat(now(log.versions(room.id, 5))).isEmpty();
    assertThat(now(log.versions(room.id, 6))).hasSize(1);
    assertThat(now(log.facts(room.id, Set.of(5L, 6L)))).containsOnlyKeys(6L);
    assertThat(now(log.events(room.id, 0, 100)).events())
        .extracting(Projection.Numbered::seq)
        .startsWith(6L);
  }

  @Test
  void aLongerRetentionShowsHiddenEntriesAgain() {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 6, 5));

    assertThat(urgentLook(days(100), day(10))).isEqualTo(new LogAging.Hide(1, Optional.of(0L)));
    room.append(new RoomEvent.Truncated(day(10), 1, 0));

    assertThat(seqs(now(log.after(room.id, 0, 3)))).containsExactly(1L, 2L, 3L);
    assertThat(look(days(100), day(12)))
        .as("not all of them were hidden for the grace time")
        .isEqualTo(new LogAging.Rest());
  }

  @Test
  void afterTheGraceTimeTheyAreDestroyedInStepsAndASnapshotRemains() {
    aMessageADay(Portions.DESTROYED + 100);
    var first = Portions.DESTROYED + 51L;
    room.append(new RoomEvent.Truncated(day(700), first, first - 1));
    room.append(new RoomEvent.Posted("ann", day(700), "late", "later", OptionalLong.empty()));
    mention(first - 1);
    mention(first);

    assertThat(look(entries(52), day(700))).isEqualTo(new LogAging.Rest());
    assertThat(due()).contains(day(701));
    var found = (LogAging.Destroy) look(entries(52), day(701));
    assertThat(found).isEqualTo(new LogAging.Destroy(first, Portions.DESTROYED + 101));

    assertThat(now(aging.destroy(room.id, room.state(), found)))
        .isEqualTo(new LogAging.Step(Portions.DESTROYED, false));
    assertThat(room.seqs("event_journal").getFirst()).isEqualTo(Portions.DESTROYED + 1L);
    assertThat(now(aging.destroy(room.id, room.state(), found)))
        .isEqualTo(new LogAging.Step(50, true));

    assertThat(room.seqs("event_journal"))
        .isEqualTo(LongStream.rangeClosed(first, room.lastSeq()).boxed().toList());
    assertThat(room.seqs("snapshot")).containsExactly(room.lastSeq());
    assertThat(mentioned()).containsExactly(first);
    assertThat(now(log.after(room.id, 0, 1)).gapFrom()).hasValue(1);
    assertThat(look(entries(52), day(702))).isEqualTo(new LogAging.Rest());
    assertThat(now(aging.destroy(room.id, room.state(), found)))
        .as("a step that is repeated")
        .isEqualTo(new LogAging.Step(0, true));
  }

  @Test
  void theStoredSnapshotRestoresTheRoom() {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 11, 10));

    now(aging.destroy(room.id, room.state(), new LogAging.Destroy(11, 11)));

    var restored = room.restored(11);
    assertThat(restored.lastSeq()).isEqualTo(11);
    assertThat(restored.tally()).isEqualTo(room.state().tally());
    assertThat(restored.tally().latest()).as("the text of a hidden message").isEmpty();
  }

  @Test
  void aSnapshotFromBeforeTheRemovalDoesNotStay() {
    aMessageADay(10);
    var old = room.state();
    now(aging.destroy(room.id, old, new LogAging.Destroy(3, 3)));
    assertThat(room.seqs("snapshot")).containsExactly(10L);
    room.append(new RoomEvent.Truncated(day(10), 6, 5));

    now(aging.destroy(room.id, room.state(), new LogAging.Destroy(6, 11)));

    assertThat(room.seqs("snapshot")).containsExactly(11L);
  }

  @Test
  void aPreviewCountsTheRemovableEntriesAndChangesNothing() {
    aMessageADay(10);
    room.append(new RoomEvent.Joined("bob", day(10), Optional.empty()));

    var preview = now(aging.preview(room.id, days(3), day(11)));

    assertThat(preview.entries()).isEqualTo(8);
    assertThat(preview.messages()).isEqualTo(8);
    assertThat(preview.first()).isEqualTo(9);
    assertThat(preview.oldest()).contains(day(8));
    assertThat(preview.bytes()).isGreaterThan(8 * 50);
    assertThat(seqs(now(log.after(room.id, 0, 100)))).hasSize(11);
    assertThat(now(aging.preview(room.id, days(3), day(30))).oldest())
        .as("nothing would stay")
        .isEmpty();
  }

  @Test
  void destroyedEntriesAreInTheArchive(@TempDir Path directory) throws IOException {
    aMessageADay(2 * Portions.DESTROYED + 10);
    var archived = aging(Optional.of(new FileArchive(directory, metrics.aging())));
    now(archived.seal(room.id, room.state(), new LogAging.Seal(Portions.DESTROYED)));
    var end = Portions.DESTROYED + 6L;
    room.append(new RoomEvent.Truncated(day(2000), end, end - 1));
    var hidden = new LogAging.Destroy(end, room.lastSeq());

    while (!now(archived.destroy(room.id, room.state(), hidden)).isDone()) {}

    assertThat(room.seqs("event_journal").getFirst()).isEqualTo(end);
    var read = new ArrayList<Long>();
    var report =
        ArchiveCheck.read(
            List.of(new DirectoryPlace(directory)), room.id, 1, (seq, _) -> read.add(seq));
    assertThat(report.problems()).isEmpty();
    assertThat(report.files()).as("one from a segment, one from the journal").isEqualTo(2);
    assertThat(read).isEqualTo(LongStream.range(1, end).boxed().toList());
  }

  @Test
  void entriesThatCannotBeArchivedAreNotDestroyed(@TempDir Path directory) throws IOException {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 6, 5));
    var hidden = new LogAging.Destroy(6, 11);
    var noDirectory = Files.createFile(directory.resolve("a file"));
    var archived = aging(Optional.of(new FileArchive(noDirectory, metrics.aging())));

    assertThat(archived.destroy(room.id, room.state(), hidden))
        .failsWithin(Patience.LONGEST)
        .withThrowableThat()
        .withRootCauseInstanceOf(IOException.class);

    assertThat(room.seqs("event_journal")).hasSize(11);
    assertThat(room.seqs("snapshot")).as("rolled back, too").isEmpty();
  }

  /// The node died between the file and the commit; the room is on another node now.
  @Test
  void anInterruptedAttemptLeavesAWholeArchive(@TempDir Path one, @TempDir Path other)
      throws IOException {
    aMessageADay(10);
    room.append(new RoomEvent.Truncated(day(10), 6, 5));
    var hidden = new LogAging.Destroy(6, 11);
    var written = new FileArchive(one, metrics.aging());
    var dying =
        aging(
            Optional.of((id, previous, entries) -> {
              written.keep(id, previous, entries);
              throw new IllegalStateException("the node died");
            }));
    assertThat(dying.destroy(room.id, room.state(), hidden)).failsWithin(Patience.LONGEST);
    room.append(new RoomEvent.Truncated(day(11), 8, 7));

    var archived = aging(Optional.of(new FileArchive(other, metrics.aging())));
    now(archived.destroy(room.id, room.state(), new LogAging.Destroy(8, 12)));

    var report = ArchiveCheck.verify(List.of(new DirectoryPlace(one), new DirectoryPlace(other)));
    assertThat(report.problems()).isEmpty();
    assertThat(report.entries()).isEqualTo(7);
  }

  private LogAging aging(Optional<LogArchive> archive) {
    return new JdbcLogAging(
        DATABASE.jdbc(),
        SERIALIZATION,
        SETTINGS,
        List.of(new MentionProjection((_, _, _) -> {})),
        archive,
        metrics.aging());
  }

  private void aMessageADay(int count) {
    for (var i = 0; i < count; i++)
      room.append(
          new RoomEvent.Posted(
              "ann", day(i), "id-" + i, "hello", OptionalLong.empty(), OptionalLong.of(i + 1L)));
  }

  private static Instant day(int number) {
    return START.plus(Duration.ofDays(number));
  }

  private LogAging.Finding look(Retention limits, Instant when) {
    return look(limits, when, false);
  }

  private LogAging.Finding urgentLook(Retention limits, Instant when) {
    return look(limits, when, true);
  }

  private LogAging.Finding look(Retention limits, Instant when, boolean isUrgent) {
    return now(
        aging.look(
            new LogAging.Question(
                room.id, limits, room.state().tally().first(), room.lastSeq(), when, isUrgent)));
  }

  private Optional<Instant> due() {
    return now(DATABASE
            .jdbc()
            .query(
                "SELECT due FROM room_aging WHERE room = ?",
                row -> Optional.ofNullable(row.getTimestamp(1)).map(it -> it.toInstant()),
                room.id))
        .getFirst();
  }

  private void mention(long seq) {
    now(
        DATABASE
            .jdbc()
            .update(
                "INSERT INTO mention (room, seq, name, author) VALUES (?, ?, 'bob', 'ann')",
                room.id,
                seq));
  }

  private List<Long> mentioned() {
    return now(
        DATABASE
            .jdbc()
            .query("SELECT seq FROM mention WHERE room = ?", row -> row.getLong(1), room.id));
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

  private static List<Long> seqs(RoomLog.Page page) {
    return new ArrayList<>(page.entries().stream().map(Entry::seq).toList());
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
