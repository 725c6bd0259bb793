package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import kith.protocol.json.Json;
import kith.protocol.tls.Authorities;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kith prove`: checks whether a running cluster keeps its promises during faults.
@Command(
    name = "kith prove",
    description = {
      "Writes and reads on a running cluster while you cause faults, then compares every"
          + " acknowledgement, every delivery and every node's log with each other.%n",
      "It creates accounts and rooms and removes them afterwards, unless a promise was broken: then"
          + " they are kept as evidence. Its clients use all given nodes. When a node fails, hangs or"
          + " sends goodbye, they connect to another, resume, and retry posts that were not"
          + " acknowledged. Occasionally they also move from a working node.%n"
    },
    footer = {
      "",
      "Examples:",
      "  kith prove http://127.0.0.1:8080 http://127.0.0.1:8081",
      "  kith prove http://n1:8080 http://n2:8080 http://n3:8080 --minutes 10 \\",
      "    --kill 'docker restart -t 0 node$((KITH_CHANCE %% 3 + 1))'"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing lost, duplicated or out of order; all posts answered; everything compared.",
      "1:A promise was broken.",
      "2:The command line is not valid.",
      "3:Not everything could be compared; nothing was broken as far as it could."
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description = "The nodes, as http(s)://host:port.")
  private List<URI> nodes = List.of();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "Minutes of writing, also fractions (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--kill",
      paramLabel = "COMMAND",
      description =
          "Command that causes a fault, and repairs it if needed; sh -c runs it repeatedly."
              + " KITH_HARM contains the number of the run, KITH_CHANCE a large random number"
              + " derived from the seed.")
  private Optional<String> kill = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "Average pause between two runs of that command; each is 0.5 to 1.5 times as long"
              + " (default: ${DEFAULT-VALUE}).")
  private double everySeconds;

  @Option(
      names = "--marks",
      description =
          "Reads standard input; each line names a fault that you cause at that moment, as"
              + " SENTENCE or KIND: SENTENCE. Lines that begin with # are only shown. Writing ends"
              + " with the input.")
  private boolean marks;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of all random choices (default: a new one, which is printed).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--rooms",
      paramLabel = "R",
      defaultValue = "4",
      description = "Number of rooms (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--quiet-rooms",
      paramLabel = "R",
      defaultValue = "0",
      description = "Number of further rooms with a single writer (default: ${DEFAULT-VALUE}).")
  private int quietRooms;

  @Option(
      names = "--quiet-rate",
      paramLabel = "PER_SECOND",
      defaultValue = "1",
      description = "Posts per second of each writer of such a room (default: ${DEFAULT-VALUE}).")
  private double quietRate;

  @Option(
      names = "--rooms-per-client",
      paramLabel = "R",
      defaultValue = "1",
      description =
          "Number of rooms in which a client writes, over one connection (default:"
              + " ${DEFAULT-VALUE}).")
  private int roomsOfClient;

  @Option(
      names = "--writers",
      paramLabel = "W",
      defaultValue = "3",
      description = "Number of writers per room; they also read (default: ${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--readers",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Number of clients that only read, all rooms on one connection (default: ${DEFAULT-VALUE}).")
  private int readers;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      defaultValue = "5",
      description = "Posts per second of each writer (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description =
          "How long it waits without any progress before it gives up: on creating the accounts and"
              + " rooms, on answers and deliveries after the end of writing, and on each node that"
              + " is to return the logs. As long as anything arrives, it waits on (default:"
              + " ${DEFAULT-VALUE}).")
  private int patienceSeconds;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description =
          "Appends a line of JSON for each fault and one for the run. kith bench fault-table makes"
              + " one table of several such files.")
  private Optional<Path> results = Optional.empty();

  @Option(names = "--keep", description = "Keeps the rooms and accounts.")
  private boolean keep;

  @Option(
      names = "--json",
      description = "Prints the result as JSON on standard output, and the text on standard error.")
  private boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var plan = plan();
    var out = new Output(json ? System.err : System.out);
    try (var all = nodes(plan)) {
      out.println("seed %d: creating %d rooms and their members", plan.seed(), plan.allRooms());
      var participants = Participants.signUp(all, plan, out);
      var conclusion = run(plan, all, participants, out);
      if (!keep && conclusion.kept()) remove(all, participants, out);
      conclusion.print(out);
      if (json) System.out.println(Json.restText(conclusion));
      if (results.isPresent()) FaultResult.append(results.get(), conclusion);
      return conclusion.outcome().exitCode;
    } catch (Refused | IOException fault) {
      out.println("NOT PROVEN: the run could not start: %s", reason(fault));
      return Conclusion.Outcome.NOT_PROVEN.exitCode;
    }
  }

  private static Nodes nodes(Plan plan) throws IOException {
    Authorities.trustThoseOfEnvironment();
    return new Nodes(plan.nodes(), plan.patience());
  }

  private Conclusion run(Plan plan, Nodes all, Participants participants, Output out)
      throws InterruptedException {
    var clock = new Clock();
    var injector = new FaultInjector(clock, out);
    var run = new Run(plan, all, participants, clock, out);
    if (marks) injector.listen();
    kill.ifPresent(it -> injector.start(it, (long) (everySeconds * 1_000), plan.random(2)));
    var histories = run.go(injector);
    return Conclusion.of(plan, histories, run.stats(), injector.done(), run.writing(), clock.now());
  }

  private static void remove(Nodes all, Participants participants, Output out)
      throws InterruptedException {
    try {
      participants.remove(all);
    } catch (Refused | IOException fault) {
      out.println("the rooms and accounts of this run could not all be removed: %s", reason(fault));
    }
  }

  private static String reason(Exception fault) {
    return fault.getMessage() == null
        ? "no node answers (" + fault.getClass().getSimpleName() + ")"
        : fault.getMessage();
  }

  private Plan plan() {
    for (var node : nodes) check(isHttp(node), node + " is not http(s)://host:port");
    check(nodes.stream().distinct().count() == nodes.size(), "a node is given twice");
    check(minutes > 0 && minutes <= 10_000, "--minutes must be more than 0");
    check(everySeconds >= 1, "--every must be at least 1");
    check(rooms >= 1 && rooms <= 3_000, "--rooms must be 1 to 3000");
    check(writers >= 1 && writers <= 100, "--writers must be 1 to 100");
    check(readers >= 0 && readers <= 100, "--readers must be 0 to 100");
    check(rate > 0 && rate <= 100, "--rate must be more than 0 and at most 100");
    check(quietRooms >= 0 && quietRooms <= 10_000, "--quiet-rooms must be 0 to 10000");
    check(quietRate > 0 && quietRate <= 100, "--quiet-rate must be more than 0 and at most 100");
    check(roomsOfClient >= 1 && roomsOfClient <= 400, "--rooms-per-client must be 1 to 400");
    check(patienceSeconds >= 1, "--patience must be at least 1");
    return new Plan(
        nodes,
        Duration.ofMillis((long) (minutes * 60_000)),
        seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000)),
        rooms,
        quietRooms,
        writers,
        readers,
        rate,
        quietRate,
        roomsOfClient,
        Duration.ofSeconds(patienceSeconds));
  }

  private static boolean isHttp(URI node) {
    return ("http".equals(node.getScheme()) || "https".equals(node.getScheme()))
        && node.getHost() != null;
  }

  private void check(boolean good, String complaint) {
    if (!good) throw new ParameterException(spec.commandLine(), "kith prove: " + complaint);
  }
}
