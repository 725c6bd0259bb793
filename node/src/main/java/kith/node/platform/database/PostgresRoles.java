package kith.node.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The roles of the node's own PostgreSQL, and the rules for logging in.
///
/// The superuser can run programs, so nobody can log in as superuser: it has no password, and no
/// line of `pg_hba.conf` names it. Changes that need a superuser are made in PostgreSQL's
/// single-user mode, which needs the files of a stopped server.
final class PostgresRoles {
  /// Lets only the node's role log in.
  static final String LOGINS =
      """
      # Written by Kith when it created the roles. Nobody can log in as superuser.
      host all kith 127.0.0.1/32 scram-sha-256
      """;

  private final PostgresBinaries binaries;
  private final Path cluster;
  private final Path log;

  /// @param cluster the files of a server that does not run
  PostgresRoles(PostgresBinaries binaries, Path cluster, Path log) {
    this.binaries = binaries;
    this.cluster = cluster;
    this.log = log;
  }

  /// Creates the role and the database of the node, or gives the role this password, and closes the
  /// server to the superuser. May be repeated.
  ///
  /// @param password hexadecimal digits
  void prepare(String password) throws IOException {
    asSuperuser(
        List.of(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kith')"
                + " THEN CREATE ROLE kith; END IF; END $$",
            "ALTER ROLE kith LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
                + " PASSWORD '"
                + password
                + "'",
            "ALTER ROLE postgres PASSWORD NULL"));
    // fails if the database exists; if it fails otherwise, the node finds none when it connects
    var _ = singleUser(List.of("CREATE DATABASE kith OWNER kith"));
    Files.writeString(cluster.resolve("pg_hba.conf"), LOGINS);
  }

  /// @param statements one line each
  void asSuperuser(List<String> statements) throws IOException {
    if (singleUser(statements) != 0)
      throw new IOException("its roles cannot be changed (see " + log + ")");
  }

  // passed on standard input: other users of the machine can read the arguments of a program
  private int singleUser(List<String> statements) throws IOException {
    return binaries.run(
        log,
        "postgres",
        List.of(
            "--single",
            "-D",
            cluster.toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "password_encryption=scram-sha-256",
            // thousands of rounds protect a password that can be guessed, not 24 random bytes, and
            // each connection of each node computes them
            "-c",
            "scram_iterations=1",
            // a statement may hold a password
            "-c",
            "log_min_error_statement=panic",
            "postgres"),
        String.join("\n", statements) + "\n");
  }
}
