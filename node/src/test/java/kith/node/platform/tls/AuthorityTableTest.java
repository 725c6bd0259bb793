package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class AuthorityTableTest {
  private final PGSimpleDataSource database = source(TestPostgres.migratedDatabase());
  private final AuthorityTable table = new AuthorityTable(database);

  private static PGSimpleDataSource source(JdbcUrl url) {
    var source = new PGSimpleDataSource();
    source.setUrl(url.url());
    source.setUser(url.user().orElseThrow());
    source.setPassword(url.password().orElseThrow());
    return source;
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theFirstNodeMakesAnAuthorityAndLaterOnesReadIt() {
    var made = table.load();

    assertThat(made.all()).hasSize(1);
    assertThat(table.load()).isEqualTo(made);
  }

  @Test
  void nodesThatStartTogetherMakeOneAuthority() {
    try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      var loads =
          IntStream.range(0, 8)
              .mapToObj(_ -> CompletableFuture.supplyAsync(table::load, nodes))
              .toList();

      assertThat(loads.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
    assertThat(table.load().all()).hasSize(1);
  }

  @Test
  void aStoredAuthorityIssuesCertificatesThatTheOthersTrust() throws Exception {
    var now = table.load().all().getFirst().created();
    var own = table.load().issuer(now).issue(now);

    own.certificate().verify(table.load().trusted(now).getFirst().getPublicKey());
  }

  @Test
  void anAuthorityNearItsEndGetsASuccessor() throws SQLException {
    var old = Authority.create(Instant.parse("2017-01-01T00:00:00Z"));
    try (var connection = database.getConnection()) {
      AuthorityTable.insert(connection, old);
    }

    var both = table.load();

    assertThat(both.all()).hasSize(2).contains(old);
    assertThat(table.load()).isEqualTo(both);
  }

  @Test
  void aRowThatCannotBeReadIsNamed() throws SQLException {
    table.load();
    change("UPDATE cluster_authority SET id = 'broken', key = 'x'");

    assertThatThrownBy(table::load)
        .isInstanceOf(StartFailure.class)
        .hasMessage("The row broken of the table cluster_authority cannot be read.");
  }

  @Test
  void aFailureOfTheDatabaseIsNamedAsSuch() throws SQLException {
    change("DROP TABLE cluster_authority");

    assertThatThrownBy(table::load).isInstanceOf(DatabaseFailure.class);
  }
}
