package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures rooms that wake at the same time. The command kills a node and starts it again, and its
/// clients open all their rooms at once.
@Command(
    name = "wake",
    description =
        "Kills a node and starts it again, while its clients open all their rooms at once. Prints"
            + " the times after which the rooms answered, and the CPU time.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Wake implements Callable<Integer> {
  private static final int ROOMS_OF_EACH = 100;

  /// Unacknowledged messages of all rooms while they are filled.
  private static final int IN_FLIGHT = 1_000;

  /// Seconds of CPU time that a node at rest uses in a second, at most.
  private static final double AT_REST = 0.1;

  @Option(
      names = "--rooms",
      defaultValue = "3000",
      description = "Number of rooms (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--messages",
      defaultValue = "20",
      description = "Messages in each room (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Number of kills (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Mixin private NodeOptions started = new NodeOptions();

  @Override
  public Integer call() throws IOException {
    try (var database = started.database()) {
      var url = Optional.of(database.fresh("kith"));
      var owners = new ArrayList<Member>();
      var ids = new ArrayList<List<String>>();
      try (var node = started.start(url, "")) {
        create(node, owners, ids);
        awaitRest(node);
        node.kill();
      }
      for (int run = 1; run <= runs; run++)
        try (var node = started.start(url, "")) {
          wake(run, node, database, owners, ids);
          awaitRest(node);
          node.kill();
        }
    }
    return 0;
  }

  /// Waits until the node has updated its read models, which waking rooms would do otherwise.
  private static void awaitRest(NodeUnderTest node) {
    var quiet = 0;
    for (var last = cpuSeconds(node); quiet < 5; quiet++) {
      pause();
      var now = cpuSeconds(node);
      if (now - last > AT_REST) quiet = 0;
      last = now;
    }
  }

  private static double cpuSeconds(NodeUnderTest node) {
    return node.server().map(Processes.Usage::cpuSeconds).orElse(0.0);
  }

  private static void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  private void create(NodeUnderTest node, List<Member> owners, List<List<String>> ids)
      throws IOException {
    try (var setUp = new SetUp(node.url())) {
      owners.addAll(setUp.members(Math.ceilDiv(rooms, ROOMS_OF_EACH)));
      var groups = new ArrayList<List<Member>>();
      for (int room = 0; room < rooms; room++)
        groups.add(List.of(owners.get(room / ROOMS_OF_EACH)));
      var all = setUp.rooms(groups);
      var configs = new ArrayList<ClientConfig>();
      for (int room = 0; room < rooms; room++)
        configs.add(
            SetUp.clientConfig(
                SetUp.target(node.url(), all.get(room)),
                room,
                owners.get(room / ROOMS_OF_EACH),
                List.of(MessageTemplate.body(100))));
      fill(configs);
      for (int from = 0; from < rooms; from += ROOMS_OF_EACH)
        ids.add(all.subList(from, Math.min(rooms, from + ROOMS_OF_EACH)));
    }
    RoomRun.print("created %d rooms with %d messages each", rooms, messages);
  }

  private void fill(List<ClientConfig> configs) throws IOException {
    var ledger = new Ledger();
    try (var clients = new LoadClients(ledger, rooms)) {
      clients.connect(configs);
      clients.run(
          new SendSchedule.Window(Math.clamp(IN_FLIGHT / rooms, 1, 200)),
          TimeUnit.MINUTES.toNanos(10),
          () -> ledger.haveAll(rooms, messages));
      clients.settle(TimeUnit.MINUTES.toNanos(1));
    }
  }

  private void wake(
      int run,
      NodeUnderTest node,
      BenchDatabase database,
      List<Member> owners,
      List<List<String>> ids) {
    var tookNanos = new ConcurrentLinkedQueue<Long>();
    var before = ResourceUsage.now(node.server(), database.usage());
    var began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var connected = new ArrayList<Future<LoginClient>>();
      for (int i = 0; i < owners.size(); i++) {
        var own = ids.get(i);
        var client =
            new LoginClient(SetUp.target(node.url(), own.getFirst()).address(), owners.get(i), own);
        connected.add(
            threads.submit(() -> {
              client.connect(() -> tookNanos.add(System.nanoTime() - began));
              return client;
            }));
      }
      for (var client : connected) client.get().close();
    } catch (ExecutionException | IOException fault) {
      throw new BenchFailure("A client failed: " + fault.getMessage(), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
    print(
        run,
        tookNanos.stream().sorted().toList(),
        ResourceUsage.now(node.server(), database.usage()).since(before));
  }

  private void print(int run, List<Long> took, ResourceUsage used) {
    RoomRun.print(
        "run %d: %d rooms answered, the first after %.0f ms, p50 %.0f, p99 %.0f, the last after"
            + " %.0f ms; CPU time for each room: node %.2f ms, PostgreSQL %.2f ms",
        run,
        took.size(),
        took.getFirst() / 1e6,
        took.get(took.size() / 2) / 1e6,
        took.get((int) (took.size() * 0.99)) / 1e6,
        took.getLast() / 1e6,
        perRoom(used.node()),
        perRoom(used.postgres()));
  }

  private double perRoom(Optional<Processes.Usage> usage) {
    return usage.map(it -> it.cpuSeconds() * 1e3 / rooms).orElse(Double.NaN);
  }
}
