package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kith.terminal.net.Logins;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Somebody types in the terminal client while a big room is loud.
@Command(
    name = "keys",
    description = "How soon a key is on the screen of the terminal client in a loud, big room.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Keys implements Callable<Integer> {
  private static final double BOUND_MILLIS = 30;
  private static final int SPEAKERS = 4;
  private static final int BODIES = 500;
  private static final int WARM_UP_KEYS = 60;

  @Option(
      names = "--entries",
      defaultValue = "100000",
      description = "Entries that the room has before (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Messages a second that arrive meanwhile (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--keys",
      defaultValue = "300",
      description = "Keys that are typed in a run (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(names = "--runs", defaultValue = "3", description = "Runs (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--columns",
      defaultValue = "200",
      description = "Of the terminal (default: ${DEFAULT-VALUE}).")
  private int columns;

  @Option(
      names = "--rows",
      defaultValue = "60",
      description = "Of the terminal (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    var home = Files.createTempDirectory("kith-keys-");
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), SPEAKERS + 1);
      var ledger = new Ledger();
      try (var crowd = new Crowd(ledger, SPEAKERS)) {
        crowd.connect(room.seats(bodies()).subList(0, SPEAKERS));
        fill(crowd, ledger);
        var typist = room.members().getLast();
        logIn(home, node, typist);
        try (var client = Typist.at(home, "bench", columns, rows)) {
          return run(crowd, client);
        }
      }
    } finally {
      delete(home);
    }
  }

  /// No two that follow on each other are alike: every row of the screen changes with each.
  private List<String> bodies() {
    var dice = new Random(1);
    var words = List.of("`code`", "**so**", "it", "_was_", "said:", "on", "the", "wire", "again");
    var bodies = new ArrayList<String>();
    while (bodies.size() < BODIES) {
      var body = new StringBuilder();
      int length = 5 + dice.nextInt(2 * common.bodyBytes);
      while (body.length() < length) body.append(words.get(dice.nextInt(words.size()))).append(' ');
      bodies.add(body.toString().strip());
    }
    return bodies;
  }

  private void fill(Crowd crowd, Ledger ledger) throws IOException {
    RoomRun.say("filling the room with %d entries", entries);
    crowd.run(
        new Pace.Window(200),
        TimeUnit.MINUTES.toNanos(10),
        () -> ledger.book(0).lastAcknowledged() >= entries);
    crowd.settle(TimeUnit.MINUTES.toNanos(1));
  }

  private static void logIn(Path home, NodeUnderTest node, Member member) {
    var nodes = List.of(node.url());
    var tokens = new Logins(nodes).logIn(member.user(), SetUp.password(member.user()), "bench");
    Profile.named(new Places(home, home), "bench").loggedIn(List.of(node.url().toString()), tokens);
  }

  private int run(Crowd crowd, Typist client) throws IOException {
    client.sees("bench-");
    RoomRun.say("warming up with %d keys", WARM_UP_KEYS);
    loud(crowd, () -> client.types(WARM_UP_KEYS));
    RoomRun.say(
        "%d×%d, %.0f messages/s, %d entries before; key to painted bytes:",
        columns, rows, rate, entries);
    var medians = new ArrayList<Double>();
    for (int run = 1; run <= runs; run++) {
      long before = client.painted();
      var delays = loud(crowd, () -> client.types(keys));
      medians.add(millis(delays, 50));
      RoomRun.say(
          "run %d: median %.1f ms, p99 %.1f ms, most %.1f ms; %d KiB painted; heap %.1f MiB",
          run,
          millis(delays, 50),
          millis(delays, 99),
          millis(delays, 100),
          (client.painted() - before) >> 10,
          HeapProbe.now(client.pid()).heapMiB());
    }
    var worst = medians.stream().max(Comparator.naturalOrder()).orElseThrow();
    RoomRun.say(
        "%s: the highest median is %.1f ms, the bound %.0f ms",
        worst <= BOUND_MILLIS ? "kept" : "BROKEN", worst, BOUND_MILLIS);
    return worst <= BOUND_MILLIS ? 0 : 1;
  }

  private interface Typing {
    Histogram type();
  }

  /// Messages come as long as somebody types.
  private Histogram loud(Crowd crowd, Typing typing) throws IOException {
    var typed = CompletableFuture.supplyAsync(typing::type);
    crowd.run(new Pace.Rate(rate), TimeUnit.HOURS.toNanos(24), typed::isDone);
    crowd.settle(TimeUnit.MINUTES.toNanos(1));
    return typed.join();
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
