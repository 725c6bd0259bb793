package kith.node;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.platform.database.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kith move-database`: copies a node's own database to another PostgreSQL.
@Command(
    name = "kith move-database",
    description = {
      "Copies the database that a node runs itself to an empty database of a PostgreSQL (14 or newer) of your own, and"
          + " compares all rows. The node must not run. Afterwards, nodes with this data directory use the new"
          + " database.",
      "The password is not an argument: write the URL with user and password to a file (--database-file), or set"
          + " KITH_DATABASE_USER and KITH_DATABASE_PASSWORD_FILE."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MoveDatabaseCommand implements Callable<Integer> {
  private static final String NAME = "kith move-database";

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description =
          "jdbc:postgresql://host:port/name, without a password. Not needed with --database-file.")
  private Optional<String> url = Optional.empty();

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  public static void main(String[] arguments) {
    System.exit(DatabaseOptions.execute(NAME, new MoveDatabaseCommand(), arguments));
  }

  @Override
  public Integer call() {
    return DatabaseOptions.ending(
        NAME,
        () -> {
          var settings = database.read(url);
          var report = new Backups(settings, Main.version(), System.out::println).move();
          System.out.printf(
              """
              Moved %,d rows to %s, and compared them.
              Nodes with the data directory %s use it from now on.
              The former database is in %s; delete it when you no longer need it.
              """,
              report.rows(), report.where(), settings.data(), report.former().orElseThrow());
          return 0;
        });
  }
}
