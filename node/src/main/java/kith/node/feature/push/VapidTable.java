package kith.node.feature.push;

import java.security.interfaces.ECPublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.auth.WrappedSecrets;
import kith.node.auth.WrappedSecrets.Wrapped;
import kith.node.platform.database.Jdbc;

/// The VAPID key of the cluster, which the first node makes. Subscriptions of browsers name it, so
/// it never changes.
record VapidTable(Jdbc jdbc, WrappedSecrets secrets, Optional<String> contact) {
  /// The name under which the key is wrapped.
  private static final String NAME = "vapid";

  private record Row(byte[] publicKey, Wrapped key) {}

  CompletionStage<Vapid> load() {
    return jdbc.inTransaction(connection -> {
      var known = find(connection);
      // a key pair is not made at each start, because that takes a tenth of a second
      var row = known.isPresent() ? known.get() : create(connection);
      var key =
          secrets
              .unwrap(NAME, row.key())
              .orElseThrow(() ->
                  new IllegalStateException(
                      "This node has no secret that decrypts the key of the table push_key"));
      if (!secrets.isCurrent(row.key())) {
        var again = secrets.wrap(NAME, key);
        Jdbc.change(
            connection,
            "UPDATE push_key SET secret_id = ?, key = ? WHERE id = 1",
            again.secretId(),
            again.bytes());
      }
      return Vapid.of(row.publicKey(), key, contact);
    });
  }

  private static Optional<Row> find(Connection connection) throws SQLException {
    return Jdbc.rows(
            connection,
            "SELECT public_key, secret_id, key FROM push_key WHERE id = 1",
            it ->
                new Row(
                    it.getBytes(1),
                    new Wrapped(Optional.ofNullable(it.getString(2)), it.getBytes(3))))
        .stream()
        .findFirst();
  }

  /// The key of another node, if one made it meanwhile.
  private Row create(Connection connection) throws SQLException {
    var pair = WebPushCipher.newKeyPair();
    var own = secrets.wrap(NAME, pair.getPrivate().getEncoded());
    Jdbc.change(
        connection,
        """
        INSERT INTO push_key (id, public_key, secret_id, key) VALUES (1, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """,
        WebPushCipher.bytes((ECPublicKey) pair.getPublic()),
        own.secretId(),
        own.bytes());
    return find(connection).orElseThrow();
  }
}
