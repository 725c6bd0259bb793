package kith.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.archive.ArchiveCheck;
import kith.node.archive.ArchivePlace;
import kith.node.archive.BucketPlace;
import kith.node.archive.DirectoryPlace;
import kith.node.platform.config.RetentionSettings;
import kith.node.platform.config.S3Settings;
import kith.node.platform.config.StartFailure;
import kith.node.platform.objects.ObjectStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
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
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = CommandLine.ScopeType.INHERIT,
      description = "With --s3: file of settings that replace the defaults.")
  private Optional<Path> config = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(create().execute(arguments));
  }

  /// The command line; it prints the reason of a failure and returns 1.
  public static CommandLine create() {
    return CommandLines.of(new ArchiveCommand())
        // the launcher passes the shipped file first; a user's own --config takes precedence
        .setOverwrittenOptionsAllowed(true)
        .setExecutionExceptionHandler((fault, line, _) -> {
          if (!(fault instanceof IOException unreadable)) throw fault;
          line.getErr().println("kith archive: " + sentence(unreadable));
          return 1;
        });
  }

  private static String sentence(IOException fault) {
    return fault instanceof NotDirectoryException
        ? "There is no directory " + fault.getMessage() + "."
        : "The files cannot be read (%s).".formatted(fault);
  }

  /// The archives that both commands read.
  static final class Places {
    @Parameters(
        paramLabel = "DIR",
        arity = "0..*",
        description = "The archives of all nodes, or copies of them.")
    private List<Path> directories = List.of();

    @Option(
        names = "--s3",
        description = "Reads the bucket of the settings (kith.retention.archive.s3), too.")
    private boolean bucket;

    @ParentCommand private ArchiveCommand command = new ArchiveCommand();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    List<ArchivePlace> found() throws NotDirectoryException {
      if (directories.isEmpty() && !bucket)
        throw new ParameterException(
            spec.commandLine(), "Name the directories with the archives, or give --s3.");
      for (var directory : directories)
        if (!Files.isDirectory(directory)) throw new NotDirectoryException(directory.toString());
      var places = new ArrayList<ArchivePlace>();
      directories.forEach(directory -> places.add(new DirectoryPlace(directory)));
      if (bucket) places.add(new BucketPlace(new ObjectStore(s3(), Runnable::run)));
      return places;
    }

    private S3Settings s3() {
      try {
        var archive = NodeSettings.read(command.config, Map.of()).retention().archive();
        if (archive.isPresent()
            && archive.get() instanceof RetentionSettings.Archive.Bucket(var s3)) return s3;
      } catch (StartFailure wrong) {
        throw new ParameterException(spec.commandLine(), wrong.sentence());
      }
      throw new ParameterException(
          spec.commandLine(), "kith.retention.archive.s3.bucket is not set.");
    }
  }

  @Command(
      name = "verify",
      description =
          "Checks that all files are unchanged, and that the files of each room follow each other"
              + " without a gap.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @CommandLine.Mixin private final Places places = new Places();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var report = ArchiveCheck.verify(places.found());
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
    @CommandLine.Mixin private final Places places = new Places();

    @Option(names = "--room", required = true, paramLabel = "ID", description = "The room's id.")
    private String room = "";

    @Option(names = "--from", paramLabel = "SEQ", description = "The first entry.")
    private long from = 1;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      var out = spec.commandLine().getOut();
      var report = ArchiveCheck.read(places.found(), room, from, (_, line) -> out.println(line));
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
