package kith.node.feature.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.TestClock;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomView.Summary;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.Visibility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomDirectoryTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final TestClock clock = new TestClock();
  private final RoomDirectory directory = new RoomDirectory(DATABASE.jdbc(), clock);

  @BeforeEach
  void nothingIsListed() {
    now(DATABASE.jdbc().update("DELETE FROM room_directory"));
  }

  @AfterAll
  static void shutdown() {
    DATABASE.close();
  }

  @Test
  void aNameBelongsToTheRoomThatReservesItFirst() {
    assertThat(now(directory.reserve("r1", "Lobby"))).isTrue();
    assertThat(now(directory.reserve("r1", "Lobby"))).as("a repeated request").isTrue();
    assertThat(now(directory.reserve("r2", "lobby"))).isFalse();
    assertThat(now(directory.reserve("r2", "hall"))).isTrue();
  }

  @Test
  void anUnusedReservationExpiresAfterAMinute() {
    assertThat(now(directory.reserve("r1", "lobby"))).isTrue();

    clock.advance(Duration.ofSeconds(60));
    assertThat(now(directory.reserve("r2", "lobby"))).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(now(directory.reserve("r2", "lobby"))).isTrue();
  }

  @Test
  void theNameOfACreatedRoomDoesNotExpire() {
    assertThat(now(directory.reserve("r1", "lobby"))).isTrue();
    put(room("r1", "lobby", 1));

    clock.advance(Duration.ofDays(1));

    assertThat(now(directory.reserve("r2", "lobby"))).isFalse();
  }

  @Test
  void aRemovedRoomFreesItsName() {
    put(room("r1", "lobby", 1));

    write(connection -> RoomDirectory.remove(connection, "r1"));

    assertThat(now(directory.reserve("r2", "lobby"))).isTrue();
  }

  @Test
  void aReservationIsNotListed() {
    assertThat(now(directory.reserve("r1", "lobby"))).isTrue();

    assertThat(names(Optional.empty())).isEmpty();
    assertThat(now(directory.find("lobby"))).isEmpty();
  }

  @Test
  void aPrivateRoomIsNotListedEvenWhileItBecomesPublic() {
    put(withVisibility(room("r1", "den", 3), Visibility.PRIVATE));
    assertThat(names(Optional.empty())).isEmpty();

    assertThat(now(directory.reserve("r1", "den"))).isTrue();
    assertThat(names(Optional.empty())).isEmpty();
    assertThat(now(directory.find("den"))).isEmpty();

    put(room("r1", "den", 4));
    assertThat(names(Optional.empty())).containsExactly("den");
  }

  @Test
  void privateRoomsMayShareAName() {
    put(withVisibility(room("r1", "den", 1), Visibility.PRIVATE));
    put(withVisibility(room("r2", "den", 1), Visibility.PRIVATE));

    assertThat(now(directory.reserve("r3", "den"))).isTrue();
  }

  @Test
  void anOlderStateDoesNotReplaceANewerOne() {
    put(room("r1", "new", 5));
    put(room("r1", "old", 4));

    assertThat(names(Optional.empty())).containsExactly("new");
  }

  @Test
  void twoPublicRoomsNeverHaveOneName() {
    put(room("r1", "lobby", 1));

    assertThatThrownBy(() -> put(room("r2", "LOBBY", 1))).isNotNull();
    assertThat(now(directory.find("lobby")).orElseThrow().room()).isEqualTo("r1");
  }

  @Test
  void aRoomIsReadAsItWasWritten() {
    var room = room("r1", "Lobby", 7);
    put(room);

    assertThat(now(directory.find("LOBBY"))).contains(room);
    var open =
        new Summary(
            "r2",
            "hall",
            "",
            Visibility.PUBLIC,
            true,
            OptionalInt.empty(),
            Optional.empty(),
            0,
            RoomHistory.NOW,
            2);
    put(open);
    assertThat(now(directory.find("hall"))).contains(open);
  }

  @Test
  void theListComesInPagesByName() {
    for (var name : List.of("delta", "Alpha", "charlie", "bravo", "echo"))
      put(room("r-" + name, name, 1));

    var names = new ArrayList<String>();
    var after = Optional.<String>empty();
    do {
      var page = now(directory.list(Optional.empty(), after, 2));
      page.rooms().forEach(room -> names.add(room.name()));
      after = page.next();
    } while (after.isPresent());

    assertThat(names).containsExactly("Alpha", "bravo", "charlie", "delta", "echo");
  }

  @Test
  void aQueryFindsNamesAndTopicsThatContainIt() {
    put(room("r1", "Garden 100%", 1));
    put(
        new Summary(
            "r2",
            "hall",
            "GARDEN talk",
            Visibility.PUBLIC,
            false,
            OptionalInt.empty(),
            Optional.empty(),
            1,
            RoomHistory.NOW,
            1));
    put(room("r3", "kitchen", 1));

    assertThat(names(Optional.of("garden"))).containsExactly("Garden 100%", "hall");
    assertThat(names(Optional.of("%"))).containsExactly("Garden 100%");
    assertThat(names(Optional.of("_"))).isEmpty();
  }

  private void put(Summary room) {
    write(connection -> directory.put(connection, room, List.of(), false));
  }

  private interface Write {
    void on(Connection connection) throws SQLException;
  }

  private void write(Write write) {
    now(
        DATABASE
            .jdbc()
            .with(connection -> {
              write.on(connection);
              return "done";
            }));
  }

  private List<String> names(Optional<String> query) {
    return now(directory.list(query, Optional.empty(), 100)).rooms().stream()
        .map(Summary::name)
        .toList();
  }

  private static Summary room(String id, String name, long seq) {
    return new Summary(
        id,
        name,
        "tea",
        Visibility.PUBLIC,
        false,
        OptionalInt.of(50),
        Optional.empty(),
        3,
        RoomHistory.NOW,
        seq);
  }

  private static Summary withVisibility(Summary room, Visibility visibility) {
    return new Summary(
        room.room(),
        room.name(),
        room.topic(),
        visibility,
        room.passcode(),
        room.capacity(),
        room.retention(),
        room.members(),
        room.created(),
        room.lastSeq());
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
