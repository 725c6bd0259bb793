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

/// Measures how soon a typed key appears in the terminal client while a large room is busy.
@Command(
    name = "keys",
    description = "Measures how soon a key appears in the terminal client in a large, busy room.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Keys implements Callable<Integer> {
  private static final double LIMIT_MILLIS = 30;
  private static final int SENDERS = 4;
  private static final int BODIES = 500;
  private static final int WARM_UP_KEYS = 60;

  @Option(
      names = "--entries",
      defaultValue = "100000",
      description = "Entries in the room before the start (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Messages per second during the run (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--keys",
      defaultValue = "300",
      description = "Keys typed per run (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Number of runs (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--columns",
      defaultValue = "200",
      description = "Columns of the terminal (default: ${DEFAULT-VALUE}).")
  private int columns;

  @Option(
      names = "--rows",
      defaultValue = "60",
      description = "Rows of the terminal (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    var home = Files.createTempDirectory("kith-keys-");
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), SENDERS + 1);
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, SENDERS)) {
        clients.connect(room.clientConfigs(bodies()).subList(0, SENDERS));
        fill(clients, ledger);
        var typist = room.members().getLast();
        logIn(home, node, typist);
        try (var client = Typist.at(home, "bench", columns, rows)) {
          return run(clients, client);
        }
      }
    } finally {
      delete(home);
    }
  }

  /// Consecutive bodies differ, so that each new message changes every row of the screen.
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

  private void fill(LoadClients clients, Ledger ledger) throws IOException {
    RoomRun.print("filling the room with %d entries", entries);
    clients.run(
        new SendSchedule.Window(200),
        TimeUnit.MINUTES.toNanos(10),
        () -> ledger.room(0).lastAcknowledged() >= entries);
    clients.settle(TimeUnit.MINUTES.toNanos(1));
  }

  private static void logIn(Path home, NodeUnderTest node, Member member) {
    var nodes = List.of(node.url());
    var tokens = new Logins(nodes).logIn(member.user(), SetUp.password(member.user()), "bench");
    Profile.named(new Places(home, home), "bench").loggedIn(List.of(node.url().toString()), tokens);
  }

  private int run(LoadClients clients, Typist client) throws IOException {
    client.awaitText("bench-");
    RoomRun.print("warming up with %d keys", WARM_UP_KEYS);
    underLoad(clients, () -> client.type(WARM_UP_KEYS));
    RoomRun.print(
        "%d×%d, %.0f messages/s, %d entries at the start; time from key to painted bytes:",
        columns, rows, rate, entries);
    var medians = new ArrayList<Double>();
    for (int run = 1; run <= runs; run++) {
      long before = client.painted();
      var delays = underLoad(clients, () -> client.type(keys));
      medians.add(millis(delays, 50));
      RoomRun.print(
          "run %d: median %.1f ms, p99 %.1f ms, max %.1f ms; %d KiB painted; heap %.1f MiB",
          run,
          millis(delays, 50),
          millis(delays, 99),
          millis(delays, 100),
          (client.painted() - before) >> 10,
          HeapProbe.now(client.pid()).heapMiB());
    }
    var worst = medians.stream().max(Comparator.naturalOrder()).orElseThrow();
    RoomRun.print(
        "%s: the highest median is %.1f ms, the limit %.0f ms",
        worst <= LIMIT_MILLIS ? "kept" : "BROKEN", worst, LIMIT_MILLIS);
    return worst <= LIMIT_MILLIS ? 0 : 1;
  }

  private interface Typing {
    Histogram type();
  }

  /// Messages arrive while keys are typed.
  private Histogram underLoad(LoadClients clients, Typing typing) throws IOException {
    var typed = CompletableFuture.supplyAsync(typing::type);
    clients.run(new SendSchedule.Rate(rate), TimeUnit.HOURS.toNanos(24), typed::isDone);
    clients.settle(TimeUnit.MINUTES.toNanos(1));
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
