package kith.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kith.node.archive.ArchiveCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kith archive`: verifies and reads archives of old entries.
@Command(
    name = "kith archive",
    description =
        "Verifies and reads the files that nodes wrote before they destroyed old entries"
            + " (kith.retention.archive).",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ArchiveCommand.Verify.class, ArchiveCommand.Read.class})
public final class ArchiveCommand {
  public static void main(String[] arguments) {
    System.exit(create().execute(arguments));
  }

  /// The command line; it prints the reason of a failure and returns 1.
  public static CommandLine create() {
    return new CommandLine(new ArchiveCommand())
        .setExecutionExceptionHandler((fault, line, _) -> {
          if (!(fault instanceof IOException)) throw fault;
          line.getErr().println("kith archive: " + sentence((IOException) fault));
          return 1;
        });
  }

  private static String sentence(IOException fault) {
    return fault instanceof NotDirectoryException
        ? "There is no directory " + fault.getMessage() + "."
        : "The files cannot be read (%s).".formatted(fault);
  }

  /// What both commands read.
  static final class Directories {
    @Parameters(
        paramLabel = "DIR",
        arity = "1..*",
        description = "The archives of all nodes, or copies of them.")
    private List<Path> directories = List.of();

    List<Path> found() throws NotDirectoryException {
      for (var directory : directories)
        if (!Files.isDirectory(directory)) throw new NotDirectoryException(directory.toString());
      return directories;
    }
  }

  @Command(
      name = "verify",
      description =
          "Checks that all files are unchanged, and that the files of each room follow each other"
              + " without a gap.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @CommandLine.Mixin private final Directories directories = new Directories();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var report = ArchiveCheck.verify(directories.found());
      var isWhole = print(spec, report);
      if (isWhole)
        spec.commandLine()
            .getOut()
            .printf(
                "Rooms: %,d. Files: %,d. Entries: %,d. Nothing is missing or changed.%n",
                report.rooms(), report.files(), report.entries());
      return isWhole ? 0 : 1;
    }
  }

  @Command(
      name = "read",
      description =
          "Prints the entries of a room as lines of JSON, after it has verified its files.",
      mixinStandardHelpOptions = true)
  static final class Read implements Callable<Integer> {
    @CommandLine.Mixin private final Directories directories = new Directories();

    @Option(names = "--room", required = true, paramLabel = "ID", description = "The room's id.")
    private String room = "";

    @Option(names = "--from", paramLabel = "SEQ", description = "The first entry.")
    private long from = 1;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var out = spec.commandLine().getOut();
      var report =
          ArchiveCheck.read(directories.found(), room, from, (_, line) -> out.println(line));
      if (report.files() == 0 && report.problems().isEmpty())
        spec.commandLine().getErr().println("kith archive: There are no entries of this room.");
      return print(spec, report) && report.files() > 0 ? 0 : 1;
    }
  }

  /// @return whether there was no problem
  private static boolean print(CommandSpec spec, ArchiveCheck.Report report) {
    var err = spec.commandLine().getErr();
    report.notices().forEach(err::println);
    report.problems().forEach(err::println);
    return report.problems().isEmpty();
  }
}
