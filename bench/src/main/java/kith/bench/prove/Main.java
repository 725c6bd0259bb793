package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
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

/// `kith prove`: shows whether a running cluster keeps its promises while it is harmed.
@Command(
    name = "kith prove",
    description = {
      "Writes and reads on a running cluster while you harm it, and then compares every"
          + " acknowledgement, every delivery and every node's log with each other.%n",
      "It makes accounts and rooms of its own and removes them afterwards, unless a promise was"
          + " broken: then they are the evidence. Its clients use all nodes that are named. When a"
          + " node dies, hangs or says goodbye they go to another, resume, and repeat what was not"
          + " acknowledged; now and then they move without need.%n"
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
      "0:Nothing lost, doubled or out of order, all answered, all compared.",
      "1:A promise was broken, or it could not be seen whether all were kept.",
      "2:The command line was not understood."
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
      description = "How long to write; fractions are fine (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--kill",
      paramLabel = "COMMAND",
      description =
          "Run by sh -c again and again to do harm, and to mend it where it should be mended. It"
              + " finds in KITH_HARM which time it is, and in KITH_CHANCE a large number that"
              + " follows from the seed.")
  private Optional<String> kill = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long from one end of that command to its next start, on average: half to one and"
              + " a half times that (default: ${DEFAULT-VALUE}).")
  private double everySeconds;

  @Option(
      names = "--marks",
      description = "Read standard input; each line names a harm that you do in that moment.")
  private boolean marks;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides all that is left to chance (default: a new one, which is printed).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--rooms",
      paramLabel = "R",
      defaultValue = "4",
      description = "How many rooms (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--writers",
      paramLabel = "W",
      defaultValue = "3",
      description = "How many write in each room; they read it, too (default: ${DEFAULT-VALUE}).")
  private int writers;

  @Option(
      names = "--readers",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many only read, all rooms on one connection (default: ${DEFAULT-VALUE}).")
  private int readers;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      defaultValue = "5",
      description = "Posts a second of each writer (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "When writing is over, all that waits must be answered and delivered in this time"
              + " (default: ${DEFAULT-VALUE}).")
  private int settleSeconds;

  @Option(names = "--keep", description = "Leave the rooms and accounts there.")
  private boolean keep;

  @Option(
      names = "--json",
      description = "Print the result as JSON on standard output, and words on standard error.")
  private boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var plan = plan();
    var out = new Announcer(json ? System.err : System.out);
    try (var all = nodes(plan)) {
      out.line("seed %d: making %d rooms and their members", plan.seed(), plan.rooms());
      var cast = Cast.signUp(all, plan);
      var conclusion = run(plan, all, cast, out);
      if (!keep && conclusion.kept()) strike(all, cast, out);
      conclusion.print(out);
      if (json) System.out.println(Json.restText(conclusion));
      return conclusion.kept() ? 0 : 1;
    } catch (Refused | IOException fault) {
      out.line("NOT PROVEN: it could not begin: %s", reason(fault));
      return 1;
    }
  }

  private static Nodes nodes(Plan plan) throws IOException {
    Authorities.trustThoseOfEnvironment();
    return new Nodes(plan.nodes());
  }

  private Conclusion run(Plan plan, Nodes all, Cast cast, Announcer out)
      throws InterruptedException {
    var clock = new Clock();
    var harms = new Harms(clock, out);
    var run = new Run(plan, all, cast, clock, out);
    if (marks) harms.listen();
    kill.ifPresent(it -> harms.start(it, (long) (everySeconds * 1_000), plan.random(2)));
    var histories = run.go(harms);
    return Conclusion.of(plan, histories, run.pulse(), harms.done(), clock.now());
  }

  private static void strike(Nodes all, Cast cast, Announcer out) throws InterruptedException {
    try {
      cast.strike(all);
    } catch (Refused | IOException fault) {
      out.line("the rooms and accounts of this run could not all be removed: %s", reason(fault));
    }
  }

  private static String reason(Exception fault) {
    return fault.getMessage() == null
        ? "no node answers (" + fault.getClass().getSimpleName() + ")"
        : fault.getMessage();
  }

  private Plan plan() {
    for (var node : nodes) check(isHttp(node), node + " is not http(s)://host:port");
    check(nodes.stream().distinct().count() == nodes.size(), "a node is named twice");
    check(minutes > 0 && minutes <= 10_000, "--minutes must be more than 0");
    check(everySeconds >= 1, "--every must be at least 1");
    check(rooms >= 1 && rooms <= 100, "--rooms must be 1 to 100");
    check(writers >= 1 && writers <= 100, "--writers must be 1 to 100");
    check(readers >= 0 && readers <= 100, "--readers must be 0 to 100");
    check(rate > 0 && rate <= 100, "--rate must be more than 0 and at most 100");
    check(settleSeconds >= 1, "--settle must be at least 1");
    return new Plan(
        nodes,
        Duration.ofMillis((long) (minutes * 60_000)),
        seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1_000_000)),
        rooms,
        writers,
        readers,
        rate,
        Duration.ofSeconds(settleSeconds));
  }

  private static boolean isHttp(URI node) {
    return ("http".equals(node.getScheme()) || "https".equals(node.getScheme()))
        && node.getHost() != null;
  }

  private void check(boolean good, String complaint) {
    if (!good) throw new ParameterException(spec.commandLine(), "kith prove: " + complaint);
  }
}
