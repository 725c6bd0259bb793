package kith.node.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.LocalActors;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.TestPostgres;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountErasureTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  private final HikariDataSource source = new HikariDataSource();
  private final Jdbc jdbc = new Jdbc(source, Runnable::run);
  private final AtomicInteger messageRuns = new AtomicInteger();
  private final AccountErasure erasure =
      new AccountErasure(jdbc, SERIALIZATION, List.of("last_seen"), messageRuns::incrementAndGet);

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void connect() {
    var database = TestPostgres.migratedDatabase();
    source.setJdbcUrl(database.url());
    source.setUsername(database.user().orElseThrow());
    source.setPassword(database.password().orElseThrow());
    for (var account : List.of("ann", "bob", "cem")) {
      for (var seq = 1; seq <= 2; seq++) event(account, seq, "account.signed-up");
      snapshot(account, 2);
      await(jdbc.update("INSERT INTO last_seen (account, at) VALUES (?, now())", account));
    }
    for (var account : List.of("ann", "bob")) {
      event(account, 3, "account.erased");
      event(account, 4, "account.membership-settled");
      snapshot(account, 4);
    }
  }

  @AfterEach
  void disconnect() {
    source.close();
  }

  @Test
  void onlyTheDeletionAndLaterEventsAreKept() {
    erasure.erase("ann");

    assertThat(rows("event_journal"))
        .containsExactly("ann 3", "ann 4", "bob 1", "bob 2", "bob 3", "bob 4", "cem 1", "cem 2");
    assertThat(rows("snapshot")).containsExactly("ann 4", "bob 2", "bob 4", "cem 2");
    assertThat(seen()).containsExactly("bob", "cem");
  }

  @Test
  void aLaterRunErasesAllDeletedAccounts() {
    await(erasure.eraseAll());

    assertThat(rows("event_journal"))
        .containsExactly("ann 3", "ann 4", "bob 3", "bob 4", "cem 1", "cem 2");
    assertThat(rows("snapshot")).containsExactly("ann 4", "bob 4", "cem 2");
    assertThat(seen()).containsExactly("cem");
    assertThat(await(erasure.eraseAll())).isZero();
  }

  @Test
  void anAccountThatIsNotDeletedIsKept() {
    erasure.erase("cem");

    assertThat(rows("event_journal")).contains("cem 1", "cem 2");
    assertThat(seen()).contains("cem");
  }

  @Test
  void theRoomsOfAnAccountThatGaveUpItsMessagesAreKeptForTheirErasure() {
    event("dan", 1, new AccountEvent.JoinBegan("left-long-ago"));
    event("dan", 2, new AccountEvent.MembershipSettled("tea", true, Optional.empty()));
    event("dan", 3, new AccountEvent.MessagesGivenUp());
    event("dan", 4, "account.erased");
    event("eli", 1, new AccountEvent.JoinBegan("tea"));
    event("eli", 2, "account.erased");

    await(erasure.eraseAll());

    assertThat(
            await(
                jdbc.query(
                    "SELECT account || ' ' || room AS task FROM message_erasure ORDER BY task",
                    row -> row.getString("task"))))
        .containsExactly("dan left-long-ago", "dan tea");
    assertThat(messageRuns).hasValue(1);
  }

  private void event(String account, int seq, AccountEvent event) {
    var serializer = SERIALIZATION.findSerializerFor(event);
    await(
        jdbc.update(
            """
            INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
              event_ser_manifest, event_payload) VALUES (?, ?, 'test', ?, ?, ?)
            """,
            "account|" + account,
            seq,
            serializer.identifier(),
            Serializers.manifestFor(serializer, event),
            serializer.toBinary(event)));
  }

  private void event(String account, int seq, String manifest) {
    await(
        jdbc.update(
            """
            INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
              event_ser_manifest, event_payload) VALUES (?, ?, 'test', 1, ?, '')
            """,
            "account|" + account,
            seq,
            manifest));
  }

  private void snapshot(String account, int seq) {
    await(
        jdbc.update(
            """
            INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,
              snapshot_ser_manifest, snapshot_payload) VALUES (?, ?, 0, 1, 'account.snapshot', '')
            """,
            "account|" + account,
            seq));
  }

  private List<String> rows(String table) {
    return await(
        jdbc.query(
            "SELECT substr(persistence_id, 9) || ' ' || sequence_number AS name FROM "
                + table
                + " ORDER BY name",
            row -> row.getString("name")));
  }

  private List<String> seen() {
    return await(
        jdbc.query(
            "SELECT account FROM last_seen ORDER BY account", row -> row.getString("account")));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
