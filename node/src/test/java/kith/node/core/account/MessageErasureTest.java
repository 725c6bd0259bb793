package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Room;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageErasureTest {
  private static final Room.Denied NOT_NOW = new Room.Denied(Code.UNAVAILABLE);

  private final HikariDataSource source = new HikariDataSource();
  private final Jdbc jdbc = new Jdbc(source, Runnable::run);
  private final FakeRoomLog log = new FakeRoomLog();
  private final List<Set<Long>> asked = new ArrayList<>();
  private final Queue<Room.Denied> denials = new ArrayDeque<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final MessageErasure erasure =
      new MessageErasure(jdbc, log, (_, _, messages) -> answer(messages), later::add);

  @BeforeEach
  void connect() {
    var database = TestPostgres.migratedDatabase();
    source.setJdbcUrl(database.url());
    source.setUsername(database.user().orElseThrow());
    source.setPassword(database.password().orElseThrow());
    jdbc.update("INSERT INTO message_erasure (account, room) VALUES ('gone', 'tea')")
        .toCompletableFuture()
        .join();
  }

  @AfterEach
  void disconnect() {
    source.close();
  }

  @Test
  void theMessagesOfTheAccountAreRedactedPageByPage() {
    for (var i = 1; i <= 60; i++) log.says(i % 2 == 0 ? "gone" : "bob", "m" + i);

    erasure.run();

    assertThat(asked).hasSize(3);
    assertThat(asked.getFirst()).isEmpty();
    assertThat(new TreeSet<>(asked.get(1))).startsWith(2L, 4L).hasSize(25);
    assertThat(asked.get(2)).containsExactlyInAnyOrder(52L, 54L, 56L, 58L, 60L);
    assertThat(tasks()).isEmpty();
    assertThat(later).isEmpty();
  }

  @Test
  void aRoomThatTheAccountHasNotLeftYetIsAskedAgainLater() {
    log.says("gone", "m1");
    denials.add(NOT_NOW);

    erasure.run();

    assertThat(tasks()).containsExactly("gone tea 0");
    later.remove().run();
    assertThat(asked).containsExactly(Set.of(), Set.of(1L));
    assertThat(tasks()).isEmpty();
  }

  @Test
  void anInterruptedErasureContinuesAtTheIncompletePage() {
    for (var i = 1; i <= 51; i++) log.says("gone", "m" + i);
    erasure.run();
    assertThat(tasks()).isEmpty();
    asked.clear();
    jdbc.update("INSERT INTO message_erasure VALUES ('gone', 'tea', 50)")
        .toCompletableFuture()
        .join();

    new MessageErasure(jdbc, log, (_, _, messages) -> answer(messages), later::add).run();

    assertThat(asked).containsExactly(Set.of(), Set.of(51L));
  }

  /// A room may crash between the redaction and the erasure of the text.
  @Test
  void theTextsOfItsMessagesAreErasedFromTheJournal() {
    log.says("gone", "m1");
    log.says("bob", "m2");

    erasure.run();

    assertThat(log.erased()).containsExactly(1L);
  }

  @Test
  void aRoomThatNoLongerExistsIsComplete() {
    denials.add(new Room.Denied(Code.UNKNOWN_ROOM));

    erasure.run();

    assertThat(tasks()).isEmpty();
  }

  private CompletionStage<Room.Outcome> answer(Set<Long> messages) {
    var denial = denials.poll();
    if (denial != null) return CompletableFuture.completedFuture(denial);
    asked.add(messages);
    return CompletableFuture.completedFuture(new Room.Done(Optional.empty()));
  }

  private List<String> tasks() {
    return jdbc.query(
            "SELECT account || ' ' || room || ' ' || position AS task FROM message_erasure",
            row -> row.getString("task"))
        .toCompletableFuture()
        .join();
  }
}
