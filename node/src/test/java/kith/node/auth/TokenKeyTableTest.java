package kith.node.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import kith.node.core.account.TestSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TokenKeyTableTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> SECRET =
      Optional.of("a secret that nobody can guess, ever");
  private static final Optional<String> OTHER = Optional.of("another secret that nobody can guess");

  private final PGSimpleDataSource database = source(TestPostgres.migratedDatabase());
  private final TokenKeyTable table = table(NONE, NONE);

  private static PGSimpleDataSource source(JdbcUrl url) {
    var source = new PGSimpleDataSource();
    source.setUrl(url.url());
    source.setUser(url.user().orElseThrow());
    source.setPassword(url.password().orElseThrow());
    return source;
  }

  /// The table as a node with this secret sees it.
  private TokenKeyTable table(Optional<String> secret, Optional<String> previous) {
    return new TokenKeyTable(
        database, "cluster", TestSettings.withTokenKeys(Duration.ofDays(30), secret, previous));
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.getConnection()) {
      Jdbc.change(connection, sql);
    }
  }

  private boolean isStored(TokenKey key) throws SQLException {
    try (var connection = database.getConnection()) {
      return !Jdbc.rows(
              connection,
              "SELECT id FROM token_key WHERE key = ?",
              row -> row.getString(1),
              key.secret().bytes())
          .isEmpty();
    }
  }

  @Test
  void theFirstNodeMakesAKeyThatSignsAtOnceAndLaterOnesReadIt() {
    var made = table.start();

    assertThat(made.all()).hasSize(1);
    assertThat(made.all().getFirst().signsFrom()).isEqualTo(made.all().getFirst().created());
    assertThat(table.start()).isEqualTo(made);
    assertThat(table.load()).isEqualTo(made);
  }

  @Test
  void nodesThatStartTogetherMakeOneKey() {
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 8)
              .mapToObj(_ -> CompletableFuture.supplyAsync(table::start, nodes))
              .toList();

      assertThat(starts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
  }

  @Test
  void anOldKeyGetsASuccessorThatIsAnnouncedFirst() throws SQLException {
    var old = table.start().all().getFirst();
    change(
        "UPDATE token_key SET created = created - interval '30 days',"
            + " signs_from = signs_from - interval '30 days'");

    var both = table.load();

    assertThat(both.all()).hasSize(2);
    var next = both.all().getFirst();
    assertThat(Duration.between(next.created(), next.signsFrom()))
        .isEqualTo(SignInIntervals.TOKEN_KEY_ADOPTION);
    assertThat(both.signer(next.created()).id()).isEqualTo(old.id());
    assertThat(table.load()).isEqualTo(both);
  }

  @Test
  void aKeyIsDeletedWhenItsTokensHaveExpired() throws SQLException {
    table.start();
    table.rotate(false);
    change("UPDATE token_key SET signs_from = signs_from - interval '91 days'");

    // the younger one is old, too, and gets a successor
    assertThat(table.load().all()).hasSize(2);
    try (var connection = database.getConnection()) {
      assertThat(Jdbc.rows(connection, "SELECT id FROM token_key", row -> row.getString(1)))
          .hasSize(2);
    }
  }

  @Test
  void anOperatorsRotationIsAnnouncedAndCanBeRepeated() {
    var old = table.start().all().getFirst();

    var both = table.rotate(false);

    assertThat(both.all()).hasSize(2).contains(old);
    assertThat(both.signer(Instant.now())).isEqualTo(old);
    assertThat(table.rotate(false)).isEqualTo(both);
  }

  @Test
  void discardingEndsAllOtherKeysWhenTheNewOneSigns() {
    table.start();
    table.rotate(false);

    var after = table.rotate(true);

    var fresh = after.all().getFirst();
    assertThat(Duration.between(fresh.created(), fresh.signsFrom()))
        .isEqualTo(SignInIntervals.TOKEN_KEY_DISCARD);
    assertThat(fresh.ends()).isEmpty();
    assertThat(after.all()).hasSize(2);
    assertThat(after.all().getLast().ends()).contains(fresh.signsFrom());
  }

  @Test
  void twoDiscardsLeaveNoTimeWithoutASigningKey() {
    table.start();
    var once = table.rotate(true);

    var twice = table.rotate(true);

    var end = once.all().getLast().ends().orElseThrow();
    assertThat(twice.all().getFirst().signsFrom()).isEqualTo(end);
    assertThat(twice.all().getLast().ends()).contains(end);
  }

  @Test
  void aFirstSecretEncryptsTheKeysAndReplacesTheOneThatWasInClear() throws SQLException {
    var clear = table.start().all().getFirst();
    assertThat(isStored(clear)).isTrue();

    var both = table(SECRET, NONE).start();

    assertThat(both.all()).hasSize(2).contains(clear);
    for (var key : both.all()) assertThat(isStored(key)).isFalse();
    assertThat(both.announced(both.all().getFirst().created())).isPresent();
    assertThat(table(SECRET, NONE).start()).as("only once").isEqualTo(both);
    assertThat(table(SECRET, NONE).load()).isEqualTo(both);
  }

  @Test
  void aNodeWithoutTheSecretDoesNotStart() {
    table(SECRET, NONE).start();

    assertThatThrownBy(() -> table(NONE, NONE).start())
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The keys of tokens are encrypted in the database, and this node has no secret to"
                + " decrypt them; set kith.accounts.token-keys.secret-file as on the other"
                + " nodes.");
    assertThatThrownBy(() -> table(OTHER, NONE).start())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("with another secret");
    assertThat(table(SECRET, NONE).load().all()).hasSize(1);
  }

  @Test
  void aSecretIsChangedWithThePreviousOne() {
    var before = table(SECRET, NONE).start();

    assertThat(table(OTHER, SECRET).start()).isEqualTo(before);

    assertThat(table(OTHER, NONE).start()).isEqualTo(before);
    assertThatThrownBy(() -> table(SECRET, NONE).start()).isInstanceOf(StartFailure.class);
  }

  @Test
  void aSecretIsRemovedWithTheSecretItself() {
    var before = table(SECRET, NONE).start();

    assertThat(table(NONE, SECRET).start()).isEqualTo(before);

    assertThat(table(NONE, NONE).start()).isEqualTo(before);
  }

  @Test
  void anEncryptedKeyOfAnotherRowIsRefused() throws SQLException {
    table(SECRET, NONE).start();
    change("UPDATE token_key SET id = 'renamed'");

    assertThatThrownBy(() -> table(SECRET, NONE).load())
        .isInstanceOf(StartFailure.class)
        .hasMessage("The row renamed of the table token_key cannot be read.");
  }
}
