package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Many accounts connect within a short time, each with many rooms and the inbox, while another
/// room is busy.
@Command(
    name = "login-storm",
    description =
        "Many accounts connect within a short time, with all their rooms, while one room is in use.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LoginStorm implements Callable<Integer> {
  private static final double LIMIT_MILLIS = 500;

  @Option(
      names = "--accounts",
      defaultValue = "2000",
      description = "Number of accounts (default: ${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--rooms",
      defaultValue = "20",
      description = "Rooms per account (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--members",
      defaultValue = "50",
      description = "Members per room (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--over",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time within which they start to connect (default: ${DEFAULT-VALUE}).")
  private double over;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Time limit for all accounts to be complete (default: ${DEFAULT-VALUE}).")
  private int within;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Messages per second in the other room (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Mixin private CommonOptions common = new CommonOptions();

  private final ConcurrentLinkedQueue<Long> tookNanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<LoginClient> loginClients = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile long lastAt;

  @Override
  public Integer call() throws IOException {
    try (var node = common.node()) {
      var other =
          SetUp.clientConfigs(node.url(), 1, 20, List.of(MessageTemplate.body(common.bodyBytes)));
      var all = accounts(node.url());
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, 20)) {
        clients.connect(other);
        RoomRun.print("warming up for 15 s");
        clients.run(new SendSchedule.Rate(rate), TimeUnit.SECONDS.toNanos(15), () -> false);
        RoomRun.print(
            "%d accounts with %d rooms each connect within %.0f s", accounts, rooms, over);
        var done = new CountDownLatch(accounts);
        var began = System.nanoTime();
        Thread.ofPlatform().start(() -> storm(all, done));
        var metrics =
            new Meter(clients, ledger, node::usage).measure(new SendSchedule.Rate(rate), within);
        var isInTime = done.getCount() == 0 && failed.get() == 0;
        report(metrics, isInTime, began);
        return isInTime && metrics.get(Metric.DELIVERY_P99) < LIMIT_MILLIS ? 0 : 1;
      } finally {
        for (var client : loginClients) client.close();
      }
    }
  }

  /// Distributes the accounts over the rooms, so that all rooms have about the same size.
  private List<LoginClient> accounts(URI url) {
    var began = System.nanoTime();
    int count = Math.max(rooms, accounts * rooms / members);
    try (var setUp = new SetUp(url)) {
      var people = setUp.members(accounts);
      var groups = new ArrayList<List<Member>>();
      for (int room = 0; room < count; room++) groups.add(new ArrayList<>());
      for (int i = 0; i < accounts * rooms; i++) groups.get(i % count).add(people.get(i / rooms));
      var ids = setUp.rooms(groups);
      var all = new ArrayList<LoginClient>();
      var address = SetUp.target(url, ids.getFirst()).address();
      for (int i = 0; i < accounts; i++) {
        var own = new ArrayList<String>();
        for (int j = 0; j < rooms; j++) own.add(ids.get((i * rooms + j) % count));
        all.add(new LoginClient(address, people.get(i), own));
      }
      RoomRun.print(
          "created %d accounts, each in %d of %d rooms, in %.1f s",
          accounts, rooms, count, (System.nanoTime() - began) / 1e9);
      return all;
    }
  }

  private void storm(List<LoginClient> all, CountDownLatch done) {
    var start = System.nanoTime();
    for (int i = 0; i < accounts; i++) {
      LockSupport.parkNanos(start + (long) (i * over * 1e9 / accounts) - System.nanoTime());
      var client = all.get(i);
      loginClients.add(client);
      Thread.ofVirtual().start(() -> connect(client, done));
    }
  }

  private void connect(LoginClient client, CountDownLatch done) {
    var began = System.nanoTime();
    try {
      client.connect(() -> {});
      tookNanos.add(System.nanoTime() - began);
      lastAt = System.nanoTime();
    } catch (IOException fault) {
      if (failed.getAndIncrement() < 5) RoomRun.print("a client failed: %s", fault);
    }
    done.countDown();
  }

  private void report(Metrics metrics, boolean isInTime, long began) {
    List<Long> took = new ArrayList<>(tookNanos);
    took.sort(null);
    RoomRun.print("");
    RoomRun.print(
        "login-storm: %d of %d clients have all rooms and the inbox, the last after %.1f s; %d failed",
        took.size(), accounts, (lastAt - began) / 1e9, failed.get());
    if (!took.isEmpty())
      RoomRun.print(
          "time per client: p50 %.0f ms, p99 %.0f ms, max %.0f ms",
          took.get(took.size() / 2) / 1e6,
          took.get((int) (took.size() * 0.99)) / 1e6,
          took.getLast() / 1e6);
    RoomRun.print(
        "messages in the other room: ack p50 %.0f, p99 %.0f ms; delivery p50 %.0f, p99"
            + " %.0f, max %.0f ms",
        metrics.get(Metric.ACK_P50),
        metrics.get(Metric.ACK_P99),
        metrics.get(Metric.DELIVERY_P50),
        metrics.get(Metric.DELIVERY_P99),
        metrics.get(Metric.DELIVERY_MAX));
    RoomRun.print(
        "cores used: node %.2f, PostgreSQL %.2f, this driver %.2f, others %.2f",
        metrics.get(Metric.NODE_CORES),
        metrics.get(Metric.POSTGRES_CORES),
        metrics.get(Metric.DRIVER_CORES),
        metrics.get(Metric.OTHERS_CORES));
    RoomRun.print(isInTime ? "in time" : "not all in time");
  }
}
