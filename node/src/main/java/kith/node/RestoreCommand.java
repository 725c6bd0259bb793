package kith.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.platform.database.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kith restore`: makes a backup the database of a node.
@Command(
    name = "kith restore",
    description = {
      "Makes a backup the database of a node, which must not run.",
      "If the command is interrupted, the former database is unchanged, nodes do not start, and you can repeat it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
  private static final String NAME = "kith restore";

  @Parameters(paramLabel = "FILE", description = "A file that `kith backup` has written.")
  private Path file = Path.of("");

  @Option(
      names = "--replace",
      description =
          "Replaces the database of the data directory if there is one. It is kept beside the new one.")
  private boolean replace;

  @Option(names = "--check", description = "Only reads the whole file, and changes nothing.")
  private boolean check;

  @Mixin private final DatabaseOptions database = new DatabaseOptions();

  public static void main(String[] arguments) {
    System.exit(DatabaseOptions.execute(NAME, new RestoreCommand(), arguments));
  }

  @Override
  public Integer call() {
    return DatabaseOptions.ending(NAME, () -> check ? check() : restore());
  }

  private int check() {
    var report = Backups.check(file);
    System.out.printf(
        "The file %s is complete: %,d rows, as they were at %s, made by Kith %s.%n",
        report.where(), report.rows(), report.made(), report.program());
    return 0;
  }

  private int restore() {
    var settings = database.read(Optional.empty());
    var report = new Backups(settings, Main.version(), System.out::println).restore(file, replace);
    System.out.printf(
        "Restored %,d rows, as they were at %s, in %s.%n",
        report.rows(), report.made(), report.where());
    report
        .former()
        .ifPresent(former ->
            System.out.printf(
                "The former database is in %s; delete it when you no longer need it.%n", former));
    return 0;
  }
}
