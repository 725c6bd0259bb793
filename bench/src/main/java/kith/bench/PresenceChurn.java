package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Members of one room connect and disconnect at a constant rate while the others watch their
/// presence.
///
/// At any time half of the members are offline; by default for longer than the grace period.
@Command(
    name = "presence-churn",
    description = "One large room whose members go online and offline.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PresenceChurn implements Callable<Integer> {
  /// Maximum number of users that a client may watch.
  private static final int MAX_WATCHED = 200;

  private static final long CONNECT_NANOS = 4_000_000;

  @Option(
      names = "--members",
      defaultValue = "1000",
      description = "Number of members (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Connects and disconnects per second, together (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--watched",
      defaultValue = "200",
      description = "Members that each client watches (default: ${DEFAULT-VALUE}).")
  private int watched;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "Length of the measurement in seconds (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), members);
      var stats = new PresenceStats();
      var clients = new ArrayList<PresenceClient>();
      for (int i = 0; i < members; i++)
        clients.add(new PresenceClient(node.url(), room.members().get(i), watch(room, i), stats));
      for (var one : clients.subList(0, members / 2)) {
        one.connect();
        LockSupport.parkNanos(CONNECT_NANOS);
      }
      RoomRun.print(
          "warming up: each member that disconnects stays offline for %d s", members / rate);
      churn(clients, 2 * members / rate, 0);
      stats.takeTally();
      var before = node.usage();
      churn(clients, seconds, 2 * members / rate);
      report(stats.takeTally(), node.usage().since(before));
      return stats.hasFailed() ? 1 : 0;
    }
  }

  private String watch(SetUp.Room room, int first) {
    var users = new ArrayList<String>();
    for (int i = 0; i < Math.min(Math.min(watched, MAX_WATCHED), members); i++)
      users.add('"' + room.members().get((first + i) % members).user() + '"');
    var open = "{\"type\":\"open\",\"room\":\"" + room.target().room() + "\"}\n";
    return open
        + "{\"type\":\"watch\",\"room\":\""
        + room.target().room()
        + users.stream().collect(Collectors.joining(",", "\",\"users\":[", "]}"));
  }

  /// Disconnects one member and connects another, in turn, at this rate.
  private void churn(List<PresenceClient> clients, int forSeconds, int after) {
    var pairs = forSeconds * rate / 2;
    var offset = after * rate / 2;
    var start = System.nanoTime();
    for (int i = 0; i < pairs; i++) {
      var due = start + i * 2L * TimeUnit.SECONDS.toNanos(1) / rate;
      LockSupport.parkNanos(due - System.nanoTime());
      clients.get((offset + i) % members).disconnect();
      clients.get((offset + i + members / 2) % members).connect();
    }
  }

  private void report(PresenceStats.Tally tally, ResourceUsage used) {
    RoomRun.print("");
    RoomRun.print(
        "presence-churn: %d members, %d connects and disconnects/s, %d watched by each, %d s",
        members, rate, watched, seconds);
    RoomRun.print(
        "presence frames/s %,d, changes/s %,d, bytes/s %,d",
        tally.frames() / seconds, tally.changes() / seconds, tally.bytes() / seconds);
    RoomRun.print(
        "from connect until others see it: p50 %.0f ms, p99 %.0f ms, max %.0f ms; %d sockets failed",
        tally.millis(50), tally.millis(99), tally.millis(100), tally.failed());
    used.node()
        .ifPresent(it ->
            RoomRun.print(
                "node: %.2f cores, %.0f MiB", it.cpuSeconds() / seconds, it.residentMiB()));
    used.postgres()
        .ifPresent(it -> RoomRun.print("PostgreSQL: %.2f cores", it.cpuSeconds() / seconds));
    used.driver()
        .ifPresent(it -> RoomRun.print("this driver: %.2f cores", it.cpuSeconds() / seconds));
  }
}
