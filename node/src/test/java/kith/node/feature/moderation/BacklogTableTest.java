package kith.node.feature.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomState;
import kith.node.platform.database.FreshDatabase;
import kith.protocol.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The open tasks of moderators, counted from the tables that rooms write.
class BacklogTableTest {
  private static final Instant NOW = RoomHistory.NOW;
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private static final RoomState ROOM =
      RoomHistory.after(
          RoomHistory.publicRoomOf("ann"),
          RoomHistory.joined("bob"),
          RoomHistory.joined("cem"),
          RoomHistory.role("ann", "bob", Role.MODERATOR));

  private final BacklogTable table =
      new BacklogTable(DATABASE.jdbc(), Clock.fixed(NOW, ZoneOffset.UTC));
  private final List<String> changed = new ArrayList<>();
  private final ModeratorProjection projection = new ModeratorProjection(changed::add);

  /// Users are moderators in the rooms of all tests.
  @BeforeEach
  void removesAllRooms() {
    now(DATABASE.jdbc().update("DELETE FROM join_request"));
    now(DATABASE.jdbc().update("DELETE FROM message_report"));
    now(DATABASE.jdbc().update("DELETE FROM room_moderator"));
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void waitingRequestsAreCountedForModeratorsAndOwners() {
    writes("a", ROOM);
    asks("a", "dan", null, NOW.plusSeconds(60));
    asks("a", "eve", null, NOW.plusSeconds(60));
    asks("a", "fay", "declined", NOW.plusSeconds(60));
    asks("a", "gus", null, NOW.minusSeconds(1));

    assertThat(of(Set.of(), Set.of(), Set.of("ann", "bob", "cem", "dan")))
        .containsExactlyInAnyOrder(new Backlog("ann", "a", 0, 2), new Backlog("bob", "a", 0, 2));
    assertThat(of(Set.of("a"), Set.of("bob", "cem"), Set.of()))
        .containsExactly(new Backlog("bob", "a", 0, 2));
    assertThat(of(Set.of("b"), Set.of("bob"), Set.of())).isEmpty();
    assertThat(changed).containsExactly("a");
  }

  @Test
  void openReportsAreCountedExceptThoseAboutTheModerator() {
    writes("c", ROOM);
    reports("c", 3, "bob", false);
    reports("c", 4, "cem", false);
    reports("c", 5, "cem", true);
    asks("c", "dan", null, NOW.plusSeconds(60));

    assertThat(of(Set.of("c"), Set.of("ann", "bob", "cem"), Set.of()))
        .containsExactlyInAnyOrder(new Backlog("ann", "c", 2, 1), new Backlog("bob", "c", 1, 1));
  }

  @Test
  void nothingIsCountedForFormerModeratorsAndDeletedRooms() {
    writes("d", ROOM);
    asks("d", "dan", null, NOW.plusSeconds(60));

    writes("d", RoomHistory.after(ROOM, List.of(RoomHistory.role("ann", "bob", Role.MEMBER))));
    assertThat(of(Set.of("d"), Set.of("ann", "bob"), Set.of()))
        .containsExactly(new Backlog("ann", "d", 0, 1));

    writes("d", RoomHistory.after(ROOM, List.of(RoomHistory.deleted("ann"))));
    assertThat(of(Set.of("d"), Set.of("ann", "bob"), Set.of())).isEmpty();
  }

  private List<Backlog> of(Set<String> rooms, Set<String> connected, Set<String> users) {
    return now(table.of(rooms, connected, users));
  }

  private void writes(String room, RoomState state) {
    var change = new Projection.Change(room, state, List.of());
    now(
        DATABASE
            .jdbc()
            .inTransaction(connection -> {
              projection.apply(connection, change);
              return true;
            }));
    projection.applied(change);
  }

  private static void asks(String room, String user, @Nullable String decision, Instant until) {
    now(
        DATABASE
            .jdbc()
            .update(
                """
                INSERT INTO join_request (room, account, name, created, until, decision)
                VALUES (?, ?, 'garden', ?::timestamptz, ?::timestamptz, ?)
                """,
                room,
                user,
                NOW,
                until,
                Optional.ofNullable(decision)));
  }

  private static void reports(String room, long seq, String author, boolean isHandled) {
    now(
        DATABASE
            .jdbc()
            .update(
                """
                INSERT INTO message_report (id, room, seq, author, account, reason, created,
                  messages, handled)
                VALUES (?, ?, ?, ?, 'gus', 'spam', ?::timestamptz, '[]', ?::timestamptz)
                """,
                room + seq,
                room,
                seq,
                author,
                NOW,
                Optional.of(NOW.plus(Duration.ofSeconds(1))).filter(_ -> isHandled)));
  }

  private static <T> T now(CompletionStage<T> answer) {
    return answer.toCompletableFuture().join();
  }
}
