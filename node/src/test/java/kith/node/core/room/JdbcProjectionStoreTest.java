package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import kith.node.core.room.ProjectionStore.Advance;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.database.Jdbc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcProjectionStoreTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  /// Writes the room into a table; a name that the table refuses is a change that cannot be
  /// applied.
  private static final Projection ROOMS =
      new TestProjection("rooms") {
        @Override
        public void apply(Connection connection, Change change) throws SQLException {
          Jdbc.change(
              connection,
              "INSERT INTO listed (room, name) VALUES (?, ?)",
              change.room(),
              "zero".equals(change.room()) ? "\0" : change.room());
        }
      };

  private static final Projection NOTHING = new TestProjection("nothing");

  private final ProjectionStore store = new JdbcProjectionStore(DATABASE.jdbc());

  @BeforeAll
  static void create() {
    DATABASE.jdbc().update("CREATE TABLE listed (room TEXT NOT NULL, name TEXT NOT NULL)");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aGroupMovesEachPositionAndAppliesEachChange() {
    var moved =
        List.of(
            store.apply(of(ROOMS, "a", 0, 3)),
            store.apply(of(NOTHING, "a", 0, 4)),
            store.apply(of(ROOMS, "b", 0, 5)));

    moved.forEach(it -> assertThat(it.toCompletableFuture().join()).isTrue());
    assertThat(positions("a")).isEqualTo(Map.of("rooms", 3L, "nothing", 4L));
    assertThat(positions("b")).isEqualTo(Map.of("rooms", 5L));
    assertThat(rows("a")).isEqualTo(1);
    assertThat(rows("b")).isEqualTo(1);
  }

  @Test
  void aRoomThatMovedToAnotherNodeAppliesNothing() {
    store.apply(of(NOTHING, "c", 0, 7)).toCompletableFuture().join();

    var behind = store.apply(of(NOTHING, "c", 5, 9));
    var first = store.apply(of(NOTHING, "c", 0, 9));
    var next = store.apply(of(NOTHING, "d", 0, 2));

    assertThat(behind.toCompletableFuture().join()).isFalse();
    assertThat(first.toCompletableFuture().join()).isFalse();
    assertThat(next.toCompletableFuture().join()).isTrue();
    assertThat(positions("c")).isEqualTo(Map.of("nothing", 7L));
  }

  @Test
  void aChangeThatTheDatabaseRefusesHoldsUpNoOtherRoom() {
    var refused = store.apply(of(ROOMS, "zero", 0, 3));
    var other = store.apply(of(ROOMS, "e", 0, 3));

    assertThatThrownBy(() -> refused.toCompletableFuture().join())
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(other.toCompletableFuture().join()).isTrue();
    assertThat(positions("zero")).isEmpty();
    assertThat(rows("e")).isEqualTo(1);
  }

  private static Advance of(Projection projection, String room, long from, long to) {
    var state = RoomHistory.after(RoomHistory.publicRoomOf("ann"));
    return new Advance(projection, from, to, false, new Projection.Change(room, state, List.of()));
  }

  private Map<String, Long> positions(String room) {
    return store.positions(room).toCompletableFuture().join();
  }

  private static long rows(String room) {
    return DATABASE
        .jdbc()
        .query("SELECT count(*) FROM listed WHERE room = ?", row -> row.getLong(1), room)
        .toCompletableFuture()
        .join()
        .getFirst();
  }
}
