package kith.node;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.BackupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// The options by which a command finds the database of a node, and the ways in which such a
/// command ends.
final class DatabaseOptions {
  private static final Logger log = LoggerFactory.getLogger(DatabaseOptions.class);

  /// The exit code of a command that may succeed when it is repeated.
  private static final int LATER = 75;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of the node (kith.database.data, by default ./data).")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--database-file",
      paramLabel = "FILE",
      description =
          "A file with the JDBC URL of a PostgreSQL of your own, user and password included"
              + " (kith.database.url-file).")
  private Optional<String> databaseFile = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "File of settings that replace the defaults.")
  private Optional<Path> config = Optional.empty();

  /// @param url without a password
  DatabaseSettings read(Optional<String> url) {
    var flags = new HashMap<String, String>();
    data.ifPresent(value -> flags.put("kith.database.data", value));
    databaseFile.ifPresent(value -> flags.put("kith.database.url-file", value));
    url.ifPresent(value -> flags.put("kith.database.url", value));
    return NodeSettings.read(config, Map.copyOf(flags)).database();
  }

  /// Runs a command, and returns the exit code of its process.
  static int execute(String name, Object command, String... arguments) {
    var complaint = SecretArguments.complaint(arguments);
    if (complaint.isPresent()) return fail(name, 2, complaint.get());
    // the launcher passes the shipped file first; a user's own --config takes precedence
    return CommandLines.of(command).setOverwrittenOptionsAllowed(true).execute(arguments);
  }

  static int ending(String name, Callable<Integer> work) {
    try {
      return work.call();
    } catch (BackupFailure refused) {
      return fail(name, 1, refused.sentence());
    } catch (StartFailure refused) {
      return fail(name, 1, refused.sentence());
    } catch (NotYet passing) {
      return fail(name, LATER, passing.sentence());
    } catch (Exception | Error bug) {
      log.error("command=failed", bug);
      return fail(name, 70, "An error in Kith; the line above has the details.");
    }
  }

  private static int fail(String name, int code, String sentence) {
    System.err.println(name + ": " + sentence);
    return code;
  }
}
