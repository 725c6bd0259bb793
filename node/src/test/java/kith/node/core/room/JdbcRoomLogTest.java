package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.LocalActors;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcRoomLogTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ActorTestKit KIT = LocalActors.create();
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  private final RoomLog log = new JdbcRoomLog(DATABASE.jdbc(), SERIALIZATION, List.of());
  private final String room = Rooms.newId();
  private long lastSeq;

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @Test
  void aForwardPageHasTheOldestEntriesAfterAPosition() {
    sayings(10);

    var page = now(log.after(room, 3, 4));

    assertThat(seqs(page)).containsExactly(4L, 5L, 6L, 7L);
    assertThat(page.more()).isTrue();
    assertThat(page.gapFrom()).isEmpty();
    assertThat(now(log.after(room, 6, 4)).more()).isFalse();
    assertThat(now(log.after(room, 10, 4)).entries()).isEmpty();
  }

  @Test
  void aBackwardPageHasTheNewestEntriesBeforeAPositionInAscendingOrder() {
    sayings(10);

    var page = now(log.before(room, 8, 3));

    assertThat(seqs(page)).containsExactly(5L, 6L, 7L);
    assertThat(page.more()).isTrue();
    assertThat(now(log.before(room, 4, 3)).more()).isFalse();
    assertThat(seqs(now(log.before(room, Long.MAX_VALUE, 2)))).containsExactly(9L, 10L);
    assertThat(now(log.before(room, 1, 3)).entries()).isEmpty();
  }

  @Test
  void anUnknownRoomHasNoEntries() {
    var page = now(log.after(Rooms.newId(), 0, 10));

    assertThat(page).isEqualTo(new RoomLog.Page(List.of(), false, OptionalLong.empty()));
  }

  @Test
  void entriesRemovedByRetentionAreReportedAsAGap() {
    sayings(10);
    removeUpTo(4);

    var page = now(log.after(room, 1, 3));

    assertThat(page.gapFrom()).hasValue(2);
    assertThat(seqs(page)).containsExactly(5L, 6L, 7L);
    assertThat(now(log.after(room, 4, 3)).gapFrom()).isEmpty();
  }

  @Test
  void aMessageHasItsLatestEditEvenIfThatIsOnAnotherPage() {
    sayings(3);
    append(edited("e1", 2, "better"));
    sayings(3);
    append(edited("e2", 2, "best"));

    var page = now(log.after(room, 0, 3));

    var message = (Entry.Message) page.entries().get(1);
    assertThat(message.body()).contains("m2");
    assertThat(message.edit()).contains(new Entry.LatestEdit(8, NOW, "best"));
    assertThat(((Entry.Message) page.entries().get(2)).edit()).isEmpty();
    assertThat(((Entry.Edited) now(log.after(room, 3, 1)).entries().getFirst()).body())
        .contains("better");
  }

  @Test
  void aRedactedMessageAndItsEditsHaveNoTextInAnyPage() {
    sayings(2);
    append(edited("e1", 2, "better"));
    sayings(3);
    append(redacted("r1", 2));

    var message = (Entry.Message) now(log.after(room, 1, 1)).entries().getFirst();
    assertThat(message.body()).isEmpty();
    assertThat(message.edit()).isEmpty();
    assertThat(message.redaction()).contains(new Entry.Redaction(7, NOW, "bob"));
    assertThat(((Entry.Edited) now(log.before(room, 4, 1)).entries().getFirst()).body()).isEmpty();
  }

  @Test
  void aMessageEditedManyTimesHasAllItsVersionsInOrder() {
    sayings(1);
    append(edited("e1", 1, "better"));
    append(edited("e2", 1, "best"));

    var versions = now(log.versions(room, 1));

    assertThat(versions).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
    assertThat(versions.stream().skip(1).map(it -> ((Entry.Edited) it).body().orElseThrow()))
        .containsExactly("better", "best");
    assertThat(now(log.versions(room, 2))).as("an edit is not a message").isEmpty();
    assertThat(now(log.versions(room, 9))).isEmpty();
  }

  @Test
  void factsAreKnownOfMessagesOnly() {
    sayings(2);
    append(new RoomEvent.Joined("bob", NOW, Optional.empty()));
    append(redacted("r1", 1));

    assertThat(now(log.facts(room, Set.of(1L, 2L, 3L, 4L, 9L))))
        .isEqualTo(Map.of(1L, new Post.Fact("ann", true), 2L, new Post.Fact("ann", false)));
  }

  @Test
  void anErasedTextIsNowhereInTheTable() {
    append(said("secret-one"));
    append(edited("e1", 1, "secret-two"));
    append(said("harmless"));
    append(redacted("r1", 1));
    assertThat(isStored("secret-one")).isTrue();
    assertThat(isStored("secret-two")).isTrue();

    var _ = log.erase(room, 1).toCompletableFuture().join();

    assertThat(isStored("secret-one")).isFalse();
    assertThat(isStored("secret-two")).isFalse();
    assertThat(isStored("harmless")).isTrue();
    assertThat(seqs(now(log.after(room, 0, 10)))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(((Entry.Message) now(log.after(room, 0, 1)).entries().getFirst()).redaction())
        .isPresent();
  }

  @Test
  void anErasedTextIsInNoSnapshot() {
    var stored = new StoredRoom(DATABASE.jdbc(), SERIALIZATION);
    stored.append(RoomHistory.publicRoomOf("ann"));
    stored.append(numbered("a secret that begins like no other text " + "x".repeat(200), 1));
    stored.takesSnapshot();
    stored.append(numbered("harmless", 2));
    stored.takesSnapshot();
    assertThat(stored.snapshotsWith("begins like no other")).containsExactly(2L);
    assertThat(stored.snapshotsWith("harmless")).containsExactly(3L);

    now(new JdbcRoomLog(DATABASE.jdbc(), SERIALIZATION, List.of()).erase(stored.id, 2));

    assertThat(stored.snapshotsWith("begins like no other")).isEmpty();
    assertThat(stored.snapshotsWith("harmless")).containsExactly(3L);
    assertThat(stored.restored(2).tally().latest().orElseThrow().text()).isEmpty();
    assertThat(stored.restored(2).isMember("ann")).isTrue();
  }

  private static RoomEvent numbered(String body, long number) {
    return new RoomEvent.Posted(
        "ann", NOW, "id-" + number, body, OptionalLong.empty(), OptionalLong.of(number));
  }

  @Test
  void erasingAllLeavesOnlyTheLastEntry() {
    var other = new JdbcRoomLogTest();
    other.sayings(2);
    sayings(4);
    append(new RoomEvent.Deleted("ann", NOW));

    var _ = log.eraseAll(room, 5).toCompletableFuture().join();

    assertThat(seqs(now(log.after(room, 0, 10)))).containsExactly(5L);
    assertThat(seqs(now(log.after(other.room, 0, 10)))).containsExactly(1L, 2L);
  }

  @Test
  void roomsDoNotSeeEachOther() {
    var other = new JdbcRoomLogTest();
    other.sayings(1);
    sayings(1);
    other.append(redacted("r1", 1));

    assertThat(((Entry.Message) now(log.after(room, 0, 10)).entries().getFirst()).body())
        .contains("m1");
  }

  private void sayings(int count) {
    for (var i = 0; i < count; i++) append(said("m" + (lastSeq + 1)));
  }

  private static RoomEvent said(String body) {
    return new RoomEvent.Posted("ann", NOW, "id", body, OptionalLong.empty());
  }

  private static RoomEvent edited(String id, long target, String body) {
    return new RoomEvent.Edited("ann", NOW, id, target, body);
  }

  private static RoomEvent redacted(String id, long target) {
    return new RoomEvent.Redacted("bob", NOW, id, target, Optional.empty());
  }

  /// As the journal writes it.
  private void append(RoomEvent event) {
    lastSeq++;
    var serializer = SERIALIZATION.findSerializerFor(event);
    now(
        DATABASE
            .jdbc()
            .update(
                "INSERT INTO event_journal (persistence_id, sequence_number, writer,"
                    + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
                    + " VALUES (?, ?, 'test', ?, ?, ?, ?)",
                key(),
                lastSeq,
                Amendment.mark(event),
                serializer.identifier(),
                Serializers.manifestFor(serializer, event),
                serializer.toBinary(event)));
  }

  private void removeUpTo(long seq) {
    now(
        DATABASE
            .jdbc()
            .update(
                "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number <= ?",
                key(),
                seq));
  }

  private boolean isStored(String text) {
    return !now(DATABASE
            .jdbc()
            .query(
                "SELECT 1 FROM event_journal WHERE persistence_id = ?"
                    + " AND position(? IN event_payload) > 0",
                row -> row.getInt(1),
                key(),
                text.getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  private String key() {
    return Room.persistenceId(room).id();
  }

  private static List<Long> seqs(RoomLog.Page page) {
    return page.entries().stream().map(Entry::seq).toList();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
