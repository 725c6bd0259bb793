package kith.node;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.platform.config.StartFailure;
import kith.protocol.Program;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `kith node`: starts a node, and stops it when the process receives a signal.
@Command(
    name = "kith node",
    description = "Starts a Kith node. Without --database it runs its own PostgreSQL.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
public final class Main implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address that clients connect to (kith.http.host).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port that clients connect to (kith.http.port).")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of the node's own PostgreSQL (kith.database.data).")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--database",
      paramLabel = "JDBC_URL",
      description =
          "JDBC URL, without a password, of a PostgreSQL to use instead of the node's own"
              + " (kith.database.url).")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--database-file",
      paramLabel = "FILE",
      description =
          "A file with the JDBC URL of that PostgreSQL, user and password included"
              + " (kith.database.url-file).")
  private Optional<String> databaseFile = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "File of settings that replace the defaults.")
  private Optional<Path> config = Optional.empty();

  // Exit codes, besides 0 after a stop and picocli's 2 for wrong arguments. docs/operations.md has
  // them; the last two come from sysexits.h.

  /// An operator must fix something before the node can start.
  private static final int TO_MEND = 1;

  /// An error in Kith.
  private static final int DEFECT = 70;

  /// A new process may succeed.
  private static final int STUCK = 75;

  // set by the first cause of the end: this program or a signal
  private final AtomicBoolean ending = new AtomicBoolean();

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Kith " + version()};
    }
  }

  public static void main(String[] arguments) {
    SecretArguments.complaint(arguments)
        .ifPresent(sentence -> {
          System.err.println("kith node: " + sentence);
          System.exit(2);
        });
    // the launcher passes the shipped file first; a user's own --config takes precedence
    var exit = CommandLines.of(new Main()).setOverwrittenOptionsAllowed(true).execute(arguments);
    System.exit(exit);
  }

  @Override
  public Integer call() {
    var known = new AtomicReference<@Nullable Node>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(known), "stop"));
    try {
      var node = Node.of(NodeSettings.read(config, flags()));
      known.set(node);
      if (node.begin()) {
        System.setProperty(DrainCommand.URL, node.url());
        greet(node);
      }
      return switch (node.whenEnded().toCompletableFuture().join()) {
        case STOPPED -> 0;
        case STUCK -> fail(STUCK, "The node cannot start again in this process; start it again.");
      };
    } catch (StartFailure failure) {
      return fail(TO_MEND, failure.sentence());
    } catch (RuntimeException | Error bug) {
      if (!ending.get()) log.error("start=failed", bug);
      return fail(
          DEFECT, "The node could not start because of an error in Kith; its log has the details.");
    }
  }

  private int fail(int code, String sentence) {
    if (ending.compareAndSet(false, true)) System.err.println("kith node: " + sentence);
    return code;
  }

  /// Runs when the process ends, even while the node is still starting.
  private void stop(AtomicReference<@Nullable Node> known) {
    boolean told = ending.compareAndSet(false, true);
    var node = known.get();
    if (node != null) node.stop();
    // a JVM that a signal ends reports the signal, but a clean stop is not a failure
    if (told) Runtime.getRuntime().halt(0);
  }

  private Map<String, String> flags() {
    var flags = new HashMap<String, String>();
    host.ifPresent(value -> flags.put("kith.http.host", value));
    port.ifPresent(value -> flags.put("kith.http.port", value));
    data.ifPresent(value -> flags.put("kith.database.data", value));
    database.ifPresent(value -> flags.put("kith.database.url", value));
    databaseFile.ifPresent(value -> flags.put("kith.database.url-file", value));
    return flags;
  }

  private static void greet(Node node) {
    System.out.printf(
        """
        Kith %s listens on %s
        Its data is in %s
        Another node: %s node --port 0 %s
        To talk: %s chat %s
        """,
        version(),
        node.url(),
        node.data(),
        Program.NAME,
        node.databaseForOthers(),
        Program.NAME,
        node.url());
    System.out.flush();
  }

  static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
