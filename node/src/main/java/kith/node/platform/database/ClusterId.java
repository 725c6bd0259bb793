package kith.node.platform.database;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;

/// The id of a cluster, which all nodes of a database share; the first node creates it.
final class ClusterId {
  private static final String NAME = "cluster-id";
  private static final int BYTES = 16;

  private ClusterId() {}

  static String load(DataSource source) {
    var fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    try (var connection = source.getConnection()) {
      Jdbc.change(
          connection,
          "INSERT INTO node_secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
          NAME,
          fresh);
      return Jdbc.rows(
              connection,
              "SELECT value FROM node_secret WHERE name = ?",
              row -> HexFormat.of().formatHex(row.getBytes(1)),
              NAME)
          .getFirst();
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }
}
