package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.StartFailure;

/// The place of a node's data, by its settings and the contents of its data directory.
sealed interface DatabasePlace {
  /// The file in a data directory that names the server to which its database was moved.
  String MOVED = "database-url";

  /// A server of the operator.
  ///
  /// @param file that contains the URL, if any
  record Elsewhere(JdbcUrl url, Optional<Path> file) implements DatabasePlace {}

  /// The node's own PostgreSQL.
  record Own(Path data, OptionalInt port) implements DatabasePlace {}

  static DatabasePlace of(DatabaseSettings settings) {
    if (settings.url().isPresent()) return new Elsewhere(given(settings), settings.urlFile());
    var moved = settings.data().resolve(MOVED);
    if (Files.exists(moved)) return new Elsewhere(read(moved), Optional.of(moved));
    return new Own(settings.data(), settings.embeddedPort());
  }

  static JdbcUrl given(DatabaseSettings settings) {
    var text = settings.url().orElse("");
    if (!JdbcUrl.isOne(text)) {
      throw new StartFailure(
          "The database URL must have the form jdbc:postgresql://host:port/name, or with several"
              + " servers jdbc:postgresql://host:port,host:port/name (kith.database.url).");
    }
    return new JdbcUrl(text, settings.user(), settings.password());
  }

  /// The server that the file names.
  static JdbcUrl read(Path moved) {
    try {
      var text = Files.readString(moved).strip();
      if (JdbcUrl.isOne(text)) return new JdbcUrl(text, Optional.empty(), Optional.empty());
    } catch (IOException _) {
      // reported below
    }
    throw new StartFailure(
        "The file %s must contain the URL of the database, jdbc:postgresql://host:port/name, and be readable for this user."
            .formatted(moved));
  }
}
