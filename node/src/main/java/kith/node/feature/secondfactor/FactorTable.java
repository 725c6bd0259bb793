package kith.node.feature.secondfactor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.WrappedSecrets;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets in the table `second_factor`, wrapped with the operator's secret.
record FactorTable(Jdbc jdbc, WrappedSecrets secrets) implements FactorSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(FactorTable.class);

  static final String TABLE = "second_factor";

  private record Row(String account, String id, Wrapped secret) {}

  @Override
  public CompletionStage<?> add(String user, String id, byte[] secret) {
    var wrapped = secrets.wrap(name(user, id), secret);
    return jdbc.update(
        "INSERT INTO second_factor (account, id, secret_id, secret) VALUES (?, ?, ?, ?)",
        user,
        id,
        wrapped.secretId(),
        wrapped.bytes());
  }

  @Override
  public CompletionStage<Optional<byte[]>> find(String user, String id) {
    return jdbc.query(
            "SELECT secret_id, secret FROM second_factor WHERE account = ? AND id = ?",
            row -> new Wrapped(Optional.ofNullable(row.getString(1)), row.getBytes(2)),
            user,
            id)
        .thenApply(rows -> rows.stream().findFirst().flatMap(row -> unwrapped(user, id, row)));
  }

  private Optional<byte[]> unwrapped(String user, String id, Wrapped wrapped) {
    var secret = secrets.unwrap(name(user, id), wrapped);
    if (secret.isEmpty())
      LOG.error(
          "This node has no secret that decrypts the second factor of {}"
              + " (kith.accounts.token-keys.previous-secret)",
          user);
    return secret;
  }

  @Override
  public CompletionStage<?> keepOnly(String user, Optional<String> id) {
    return jdbc.update(
        "DELETE FROM second_factor WHERE account = ? AND id IS DISTINCT FROM ?", user, id);
  }

  /// Wraps all secrets with the current secret of the operator, so that the previous one is not
  /// needed any more. Rows that cannot be unwrapped stay unchanged.
  CompletionStage<Integer> rewrap() {
    return rewrapAfter("", "", 0);
  }

  private CompletionStage<Integer> rewrapAfter(String account, String id, int done) {
    return jdbc.query(
            """
            SELECT account, id, secret_id, secret FROM second_factor
            WHERE (account, id) > (?, ?) AND secret_id IS DISTINCT FROM ?
            ORDER BY account, id LIMIT ?
            """,
            row ->
                new Row(
                    row.getString(1),
                    row.getString(2),
                    new Wrapped(Optional.ofNullable(row.getString(3)), row.getBytes(4))),
            account,
            id,
            secrets.secretId(),
            Portions.REWRAPPED_SECRETS)
        .thenCompose(rows ->
            rows.isEmpty()
                ? CompletableFuture.completedFuture(done)
                : rewrap(rows)
                    .thenCompose(count ->
                        rewrapAfter(rows.getLast().account(), rows.getLast().id(), done + count)));
  }

  private CompletionStage<Integer> rewrap(List<Row> rows) {
    return jdbc.inTransaction(connection -> {
      int changed = 0;
      for (var row : rows) {
        var name = name(row.account(), row.id());
        var secret = secrets.unwrap(name, row.secret());
        if (secret.isEmpty()) continue;
        var again = secrets.wrap(name, secret.get());
        changed +=
            Jdbc.change(
                connection,
                "UPDATE second_factor SET secret_id = ?, secret = ? WHERE account = ? AND id = ?",
                again.secretId(),
                again.bytes(),
                row.account(),
                row.id());
      }
      return changed;
    });
  }

  /// The name under which a secret is wrapped, so that it cannot be moved to another account.
  private static String name(String user, String id) {
    return user + " " + id;
  }
}
