package kith.bench.prove;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A run, from the first post to the last log that is read.
final class Run {
  private static final long LOOK_MILLIS = 100;
  private static final long LEAVING_MILLIS = 10_000;
  private static final long INTERRUPTED_MILLIS = 30_000;

  /// After this time no node writes an earlier post any more, so logs read later must agree.
  private static final long NODE_GIVES_UP_MILLIS = 12_000;

  private final Plan plan;
  private final Nodes nodes;
  private final Participants participants;
  private final Clock clock;
  private final LiveStats stats;
  private final Output out;
  private final List<Client> clients = new ArrayList<>();
  private long writing;

  Run(Plan plan, Nodes nodes, Participants participants, Clock clock, Output out) {
    this.plan = plan;
    this.nodes = nodes;
    this.participants = participants;
    this.clock = clock;
    this.out = out;
    this.stats =
        new LiveStats(
            plan.nodes(),
            participants.groups().stream()
                .collect(
                    Collectors.toMap(
                        Participants.RoomGroup::room, Participants.RoomGroup::longestPause)));
  }

  LiveStats stats() {
    return stats;
  }

  /// The time for which clients wrote, in milliseconds. Call it after `go`.
  long writing() {
    return writing;
  }

  /// Returns after the last fault has ended.
  List<RoomHistory> go(FaultInjector injector) throws InterruptedException {
    var threads = begin();
    var progress = new Progress(clock, stats, clients, participants.groups().size(), out);
    while (clock.now() < plan.length().toMillis() && !injector.hasEnded()) {
      Thread.sleep(LOOK_MILLIS);
      progress.tick();
    }
    clock.turnTo(Clock.Phase.SETTLING);
    writing = clock.now();
    out.println("%s  writing has ended; waiting for answers", Output.time(clock.now()));
    injector.awaitLast();
    settle(progress, Map.of());
    clock.turnTo(Clock.Phase.READING);
    if (!isSettled(Map.of())) Thread.sleep(NODE_GIVES_UP_MILLIS);
    out.println("%s  reading all logs from all nodes", Output.time(clock.now()));
    var logs = logs();
    settle(progress, ends(logs));
    clock.turnTo(Clock.Phase.OVER);
    end(threads);
    return histories(logs);
  }

  private static void end(List<Thread> threads) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAVING_MILLIS);
    for (var thread : threads)
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    for (var thread : threads) thread.interrupt();
    for (var thread : threads) thread.join(INTERRUPTED_MILLIS);
  }

  private List<Thread> begin() {
    var shared = Reader.sharedEntries();
    var random = plan.random(1);
    for (var client : groupsOfClients().entrySet()) {
      // half of the clients check order, the others several posts in flight
      var window = clients.size() % 2 == 0 ? Writer.Window.ONE : Writer.Window.SOME;
      var writers = new HashMap<String, Writer>();
      var readers = new HashMap<String, Reader>();
      for (var group : client.getValue()) {
        long firstDue = clock.now() + random.nextLong((long) (1_000 / group.rate()) + 1);
        var user = client.getKey().user();
        writers.put(group.room(), new Writer(user, group.room(), window, group.rate(), firstDue));
        readers.put(group.room(), new Reader(shared));
      }
      add(client.getKey(), writers, readers);
    }
    for (var login : participants.readers()) {
      var readers = new HashMap<String, Reader>();
      for (var room : participants.rooms()) readers.put(room, new Reader(shared));
      add(login, Map.of(), readers);
    }
    return clients.stream().map(it -> Thread.ofVirtual().start(it)).toList();
  }

  private Map<Login, List<Participants.RoomGroup>> groupsOfClients() {
    var groups = new LinkedHashMap<Login, List<Participants.RoomGroup>>();
    for (var group : participants.groups())
      for (var login : group.writers())
        groups.computeIfAbsent(login, _ -> new ArrayList<>()).add(group);
    return groups;
  }

  private void add(Login login, Map<String, Writer> writers, Map<String, Reader> readers) {
    var random = plan.random(100 + clients.size());
    clients.add(new Client(login, nodes, clock, stats, random, writers, readers));
  }

  /// Waits until every post is answered and every client has every room up to its end, or until
  /// nothing was answered or delivered for the whole patience.
  private void settle(Progress progress, Map<String, Long> ends) throws InterruptedException {
    long seen = -1;
    long lastChange = System.nanoTime();
    while (!isSettled(ends)) {
      long done = stats.acks() + stats.deliveries();
      if (done != seen) lastChange = System.nanoTime();
      seen = done;
      if (System.nanoTime() - lastChange > plan.patience().toNanos()) {
        out.println(
            "%s  nothing was answered or delivered for %s",
            Output.time(clock.now()), Output.seconds(plan.patience().toMillis()));
        return;
      }
      Thread.sleep(LOOK_MILLIS);
      progress.tick();
    }
  }

  private boolean isSettled(Map<String, Long> ends) {
    return clients.stream().allMatch(client -> client.isDone(ends));
  }

  /// Reads from all nodes at the same time, so that one that does not answer delays no other.
  private Map<String, List<NodeLog>> logs() throws InterruptedException {
    var logs = new ConcurrentHashMap<String, List<NodeLog>>();
    var threads =
        plan.nodes().stream().map(node -> Thread.ofVirtual().start(() -> read(node, logs)));
    for (var thread : threads.toList()) thread.join();
    return logs;
  }

  private void read(URI node, Map<String, List<NodeLog>> logs) {
    var reader = new LogReader(nodes, node, plan.patience(), out);
    try {
      for (var group : participants.groups())
        reader
            .read(group.room(), group.owner())
            .ifPresent(log ->
                logs.computeIfAbsent(group.room(), _ -> new CopyOnWriteArrayList<>()).add(log));
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Long> ends(Map<String, List<NodeLog>> logs) {
    var ends = new HashMap<String, Long>();
    logs.forEach((room, all) ->
        ends.put(
            room,
            all.stream()
                .map(log -> (long) log.entries().size())
                .max(Comparator.naturalOrder())
                .orElse(0L)));
    return ends;
  }

  private List<RoomHistory> histories(Map<String, List<NodeLog>> logs) {
    return participants.rooms().stream()
        .map(room ->
            new RoomHistory(
                room,
                clients.stream().flatMap(it -> it.posts(room).stream()).toList(),
                clients.stream().flatMap(it -> it.deliveryLog(room).stream()).toList(),
                logs.getOrDefault(room, List.of())))
        .toList();
  }
}
