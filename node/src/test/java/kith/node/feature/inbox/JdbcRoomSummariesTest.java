package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.room.Amendment;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import kith.node.core.room.Projection;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.Rooms;
import kith.node.core.room.Tally;
import kith.node.feature.directory.DirectoryProjection;
import kith.node.feature.directory.RoomDirectory;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.Visibility;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JdbcRoomSummariesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ActorTestKit KIT = LocalActors.create();
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  private final RoomSummaries headlines = new JdbcRoomSummaries(DATABASE.jdbc(), SERIALIZATION);
  private final DirectoryProjection listing =
      new DirectoryProjection(new RoomDirectory(DATABASE.jdbc(), new TestClock()));
  private final Map<String, Long> lastSeqs = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  @AfterAll
  static void shutdown() {
    DATABASE.close();
    KIT.shutdownTestKit();
  }

  @Test
  void theLatestMessageIsFoundBehindJoins() {
    var room = room("tea");
    says(room, "one");
    says(room, "two");
    append(room, joined("bob"));
    append(room, joined("cyd"));

    assertThat(headline(room))
        .returns("tea", RoomSummary::name)
        .returns(Visibility.PRIVATE, RoomSummary::visibility)
        .returns(5L, RoomSummary::seq)
        .returns(new Tally(new Counts(2), latest(3, Optional.of("two"))), RoomSummary::tally);
  }

  @Test
  void theLatestMessageHasItsLatestEdit() {
    var room = room("edits");
    says(room, "helo");
    append(room, edited(2, "hell"));
    append(room, edited(2, "hello"));

    assertThat(headline(room).tally().latest()).isEqualTo(latest(2, Optional.of("hello")));
  }

  @Test
  void aRedactedTextIsNotShownHoweverOftenItWasEdited() {
    var room = room("secrets");
    says(room, "secret");
    append(room, edited(2, "secret!"));
    append(room, new RoomEvent.Redacted("bob", NOW, "r", 2, Optional.empty()));

    assertThat(headline(room).tally().latest()).isEqualTo(latest(2, Optional.empty()));
  }

  @Test
  void onlyTheBeginningOfALongTextIsShown() {
    var room = room("long");
    says(room, "😀".repeat(200));

    assertThat(headline(room).tally().latest().orElseThrow().text())
        .hasValue("😀".repeat(119) + "…");
  }

  @Test
  void aRoomWithoutMessagesHasNoLatest() {
    var room = room("empty");

    assertThat(headline(room).tally()).isEqualTo(Tally.NONE);
    assertThat(headline(room).seq()).isEqualTo(1);
  }

  @Test
  void aRoomThatIsNotListedHasNoSummary() {
    assertThat(now(headlines.of(List.of(Rooms.newId())))).isEmpty();
  }

  @Test
  void theCountUpToAPlaceIsTheNumberOfTheMessageBeforeIt() {
    var room = room("places");
    says(room, "one");
    append(room, joined("bob"));
    says(room, "two");

    assertThat(at(room, 1)).isEqualTo(new Place(1, new Counts(0)));
    assertThat(at(room, 2)).isEqualTo(new Place(2, new Counts(1)));
    assertThat(at(room, 3)).isEqualTo(new Place(3, new Counts(1)));
    assertThat(at(room, 4)).isEqualTo(new Place(4, new Counts(2)));
    assertThat(at(room, Long.MAX_VALUE)).isEqualTo(new Place(4, new Counts(2)));
  }

  private RoomSummary headline(String room) {
    return now(headlines.of(List.of(room))).getFirst();
  }

  private Place at(String room, long seq) {
    return now(headlines.at(Map.of(room, seq))).getOrDefault(room, new Place(0, Counts.NONE));
  }

  private static Optional<Tally.Latest> latest(long seq, Optional<String> text) {
    return Optional.of(new Tally.Latest(seq, NOW, "ann", text));
  }

  /// A private room with its first entry.
  private String room(String name) {
    var room = Rooms.newId();
    var created =
        new RoomEvent.Created(
            "ann",
            NOW,
            name,
            "",
            Visibility.PRIVATE,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    var change = new Projection.Change(room, RoomHistory.after(created), List.of());
    now(
        DATABASE
            .jdbc()
            .with(connection -> {
              listing.apply(connection, change);
              return room;
            }));
    append(room, created);
    return room;
  }

  private void says(String room, String body) {
    var number = numbers.merge(room, 1L, Long::sum);
    append(
        room,
        new RoomEvent.Posted(
            "ann", NOW, "id", body, OptionalLong.empty(), OptionalLong.of(number)));
  }

  private static RoomEvent joined(String user) {
    return new RoomEvent.Joined(user, NOW, Optional.empty());
  }

  private static RoomEvent edited(long target, String body) {
    return new RoomEvent.Edited("ann", NOW, "e", target, body);
  }

  /// Writes the event as the journal does.
  private void append(String room, RoomEvent event) {
    var serializer = SERIALIZATION.findSerializerFor(event);
    now(
        DATABASE
            .jdbc()
            .update(
                "INSERT INTO event_journal (persistence_id, sequence_number, writer,"
                    + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
                    + " VALUES (?, ?, 'test', ?, ?, ?, ?)",
                Room.persistenceId(room).id(),
                lastSeqs.merge(room, 1L, Long::sum),
                Amendment.mark(event),
                serializer.identifier(),
                Serializers.manifestFor(serializer, event),
                serializer.toBinary(event)));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
