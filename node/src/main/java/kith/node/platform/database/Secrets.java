package kith.node.platform.database;

import java.security.SecureRandom;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The secrets that all nodes of a database share; the first node creates them.
public final class Secrets {
  private final byte[] tokenKey;

  private Secrets(byte[] tokenKey) {
    this.tokenKey = tokenKey;
  }

  static Secrets load(DataSource source) {
    return new Secrets(secret(source, "token-key", 32));
  }

  /// The key that signs access tokens: 32 bytes.
  public byte[] tokenKey() {
    return tokenKey.clone();
  }

  private static byte[] secret(DataSource source, String name, int length) {
    var fresh = new byte[length];
    new SecureRandom().nextBytes(fresh);
    try (var connection = source.getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO node_secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, name);
      insert.setBytes(2, fresh);
      insert.executeUpdate();
      return Jdbc.rows(
              connection,
              "SELECT value FROM node_secret WHERE name = ?",
              row -> row.getBytes(1),
              name)
          .getFirst();
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }
}
