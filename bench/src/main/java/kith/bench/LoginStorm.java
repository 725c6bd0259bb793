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

/// Everybody comes in the same moment, each with many rooms and the inbox, while others talk.
@Command(
    name = "login-storm",
    description = "Many accounts connect at once, with all their rooms, while one room goes on.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LoginStorm implements Callable<Integer> {
  private static final double BOUND_MILLIS = 500;

  @Option(
      names = "--accounts",
      defaultValue = "2000",
      description = "Who connects (default: ${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--rooms",
      defaultValue = "20",
      description = "Rooms of each (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--members",
      defaultValue = "50",
      description = "Members of each room (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--over",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "They begin to connect within this time (default: ${DEFAULT-VALUE}).")
  private double over;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "All must have everything by then (default: ${DEFAULT-VALUE}).")
  private int within;

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Messages a second in the other room (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Mixin private CommonOptions common = new CommonOptions();

  private final ConcurrentLinkedQueue<Long> tookNanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile long lastAt;

  @Override
  public Integer call() throws IOException {
    try (var node = common.node()) {
      var other = SetUp.seats(node.url(), 1, 20, List.of(Words.body(common.bodyBytes)));
      var all = accounts(node.url());
      var ledger = new Ledger();
      try (var crowd = new Crowd(ledger, 20)) {
        crowd.connect(other);
        RoomRun.say("warming up for 15 s");
        crowd.run(new Pace.Rate(rate), TimeUnit.SECONDS.toNanos(15), () -> false);
        RoomRun.say("%d accounts with %d rooms each come over %.0f s", accounts, rooms, over);
        var done = new CountDownLatch(accounts);
        var began = System.nanoTime();
        Thread.ofPlatform().start(() -> storm(all, done));
        var figures =
            new Measuring(crowd, ledger, node::usage).measure(new Pace.Rate(rate), within);
        var isInTime = done.getCount() == 0 && failed.get() == 0;
        report(figures, isInTime, began);
        return isInTime && figures.get(Figure.DELIVERY_P99) < BOUND_MILLIS ? 0 : 1;
      } finally {
        for (var arrival : arrivals) arrival.close();
      }
    }
  }

  /// Spread over the rooms, so that all have about as many members.
  private List<Arrival> accounts(URI url) {
    var began = System.nanoTime();
    int count = Math.max(rooms, accounts * rooms / members);
    try (var setUp = new SetUp(url)) {
      var people = setUp.members(accounts);
      var groups = new ArrayList<List<Member>>();
      for (int room = 0; room < count; room++) groups.add(new ArrayList<>());
      for (int i = 0; i < accounts * rooms; i++) groups.get(i % count).add(people.get(i / rooms));
      var ids = setUp.rooms(groups);
      var all = new ArrayList<Arrival>();
      var address = SetUp.target(url, ids.getFirst()).address();
      for (int i = 0; i < accounts; i++) {
        var own = new ArrayList<String>();
        for (int j = 0; j < rooms; j++) own.add(ids.get((i * rooms + j) % count));
        all.add(new Arrival(address, people.get(i), own));
      }
      RoomRun.say(
          "%d accounts made and in %d of %d rooms each after %.1f s",
          accounts, rooms, count, (System.nanoTime() - began) / 1e9);
      return all;
    }
  }

  private void storm(List<Arrival> all, CountDownLatch done) {
    var start = System.nanoTime();
    for (int i = 0; i < accounts; i++) {
      LockSupport.parkNanos(start + (long) (i * over * 1e9 / accounts) - System.nanoTime());
      var arrival = all.get(i);
      arrivals.add(arrival);
      Thread.ofVirtual().start(() -> comes(arrival, done));
    }
  }

  private void comes(Arrival arrival, CountDownLatch done) {
    var began = System.nanoTime();
    try {
      arrival.comes();
      tookNanos.add(System.nanoTime() - began);
      lastAt = System.nanoTime();
    } catch (IOException fault) {
      if (failed.getAndIncrement() < 5) RoomRun.say("one failed: %s", fault);
    }
    done.countDown();
  }

  private void report(Figures figures, boolean isInTime, long began) {
    List<Long> took = new ArrayList<>(tookNanos);
    took.sort(null);
    RoomRun.say("");
    RoomRun.say(
        "login-storm: %d of %d have all rooms and the inbox, the last after %.1f s; %d failed",
        took.size(), accounts, (lastAt - began) / 1e9, failed.get());
    if (!took.isEmpty())
      RoomRun.say(
          "each took p50 %.0f ms, p99 %.0f ms, max %.0f ms",
          took.get(took.size() / 2) / 1e6,
          took.get((int) (took.size() * 0.99)) / 1e6,
          took.getLast() / 1e6);
    RoomRun.say(
        "messages in the other room meanwhile: ack p50 %.0f, p99 %.0f ms; delivery p50 %.0f, p99"
            + " %.0f, max %.0f ms",
        figures.get(Figure.ACK_P50),
        figures.get(Figure.ACK_P99),
        figures.get(Figure.DELIVERY_P50),
        figures.get(Figure.DELIVERY_P99),
        figures.get(Figure.DELIVERY_MAX));
    RoomRun.say(
        "cores used: node %.2f, PostgreSQL %.2f, this driver %.2f, others %.2f",
        figures.get(Figure.NODE_CORES),
        figures.get(Figure.POSTGRES_CORES),
        figures.get(Figure.DRIVER_CORES),
        figures.get(Figure.OTHERS_CORES));
    RoomRun.say(isInTime ? "in time" : "not all in time");
  }
}
