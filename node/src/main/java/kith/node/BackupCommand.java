package kith.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.platform.database.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kith backup`: writes the whole database to a file.
@Command(
    name = "kith backup",
    description = {
      "Writes the whole database to a file. The node may run, and its clients notice nothing; all messages"
          + " acknowledged before are in the file.",
      "The file contains all messages, and the secrets of the cluster: only its owner can read it, and anyone"
          + " who can read it can act as the server and as every user."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BackupCommand implements Callable<Integer> {
  private static final String NAME = "kith backup";

  @Parameters(paramLabel = "FILE", description = "The file to write.")
  private Path file = Path.of("");

  @Option(names = "--overwrite", description = "Replaces the file if it exists.")
  private boolean overwrite;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  public static void main(String[] arguments) {
    System.exit(DatabaseOptions.execute(NAME, new BackupCommand(), arguments));
  }

  @Override
  public Integer call() {
    return DatabaseOptions.ending(
        NAME,
        () -> {
          var settings = database.read(Optional.empty());
          var report =
              new Backups(settings, Main.version(), System.out::println).backUp(file, overwrite);
          System.out.printf(
              "Backed up %,d rows, as they were at %s, to %s.%n",
              report.rows(), report.made(), report.where());
          return 0;
        });
  }
}
