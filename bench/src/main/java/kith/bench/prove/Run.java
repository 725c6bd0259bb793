package kith.bench.prove;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One run from the first post to the last log read back.
final class Run {
  private static final long LOOK_MILLIS = 100;
  private static final long LEAVING_MILLIS = 10_000;

  /// After this a post that was sent before is not written any more, so logs that are read agree.
  private static final long NODE_GIVES_UP_MILLIS = 12_000;

  private final Plan plan;
  private final Nodes nodes;
  private final Cast cast;
  private final Clock clock;
  private final Pulse pulse;
  private final Announcer out;
  private final List<Client> clients = new ArrayList<>();

  Run(Plan plan, Nodes nodes, Cast cast, Clock clock, Announcer out) {
    this.plan = plan;
    this.nodes = nodes;
    this.cast = cast;
    this.clock = clock;
    this.out = out;
    this.pulse = new Pulse(plan.nodes(), cast.rooms());
  }

  Pulse pulse() {
    return pulse;
  }

  /// @param harms are over when this returns
  List<RoomHistory> go(Harms harms) throws InterruptedException {
    var threads = begin();
    var progress = new Progress(clock, pulse, clients, cast.stages().size(), out);
    while (clock.now() < plan.length().toMillis()) {
      Thread.sleep(LOOK_MILLIS);
      progress.tick();
    }
    clock.turnTo(Clock.Phase.SETTLING);
    out.line("%s  nothing new is written; what waits is answered", Announcer.time(clock.now()));
    harms.awaitLast();
    long end = System.nanoTime() + plan.settling().toNanos();
    settle(progress, Map.of(), end);
    clock.turnTo(Clock.Phase.READING);
    if (!isSettled(Map.of())) Thread.sleep(NODE_GIVES_UP_MILLIS);
    out.line("%s  reading all logs back from all nodes", Announcer.time(clock.now()));
    var logs = logs(end + TimeUnit.SECONDS.toNanos(30));
    settle(progress, ends(logs), Math.max(end, System.nanoTime() + TimeUnit.SECONDS.toNanos(5)));
    clock.turnTo(Clock.Phase.OVER);
    for (var thread : threads) thread.join(LEAVING_MILLIS);
    return histories(logs);
  }

  private List<Thread> begin() {
    var shared = Reader.sharedLines();
    var random = plan.random(1);
    for (var stage : cast.stages())
      for (var login : stage.writers()) {
        long firstDue = clock.now() + random.nextLong((long) (1_000 / plan.rate()) + 1);
        // one kind shows that order is kept, the other that much may be under way
        var window = clients.size() % 2 == 0 ? Writer.Window.ONE : Writer.Window.SOME;
        var writer = new Writer(login.user(), stage.room(), window, plan.rate(), firstDue);
        add(login, Optional.of(writer), Map.of(stage.room(), new Reader(shared)));
      }
    for (var login : cast.readers()) {
      var readers = new HashMap<String, Reader>();
      for (var room : cast.rooms()) readers.put(room, new Reader(shared));
      add(login, Optional.empty(), readers);
    }
    return clients.stream().map(it -> Thread.ofVirtual().start(it)).toList();
  }

  private void add(Login login, Optional<Writer> writer, Map<String, Reader> readers) {
    var random = plan.random(100 + clients.size());
    clients.add(new Client(login, nodes, clock, pulse, random, writer, readers));
  }

  /// Waits until every post is answered and every reader has each room up to its end.
  private void settle(Progress progress, Map<String, Long> ends, long until)
      throws InterruptedException {
    while (System.nanoTime() - until < 0 && !isSettled(ends)) {
      Thread.sleep(LOOK_MILLIS);
      progress.tick();
    }
  }

  private boolean isSettled(Map<String, Long> ends) {
    return clients.stream().allMatch(client -> client.isDone(ends));
  }

  private Map<String, List<Log>> logs(long end) throws InterruptedException {
    var reader = new Logs(nodes, out);
    var logs = new HashMap<String, List<Log>>();
    for (var stage : cast.stages())
      for (URI node : plan.nodes())
        reader
            .read(node, stage.room(), stage.owner(), end)
            .ifPresent(log -> logs.computeIfAbsent(stage.room(), _ -> new ArrayList<>()).add(log));
    return logs;
  }

  private static Map<String, Long> ends(Map<String, List<Log>> logs) {
    var ends = new HashMap<String, Long>();
    logs.forEach((room, all) ->
        ends.put(
            room,
            all.stream()
                .map(log -> (long) log.lines().size())
                .max(Comparator.naturalOrder())
                .orElse(0L)));
    return ends;
  }

  private List<RoomHistory> histories(Map<String, List<Log>> logs) {
    return cast.rooms().stream()
        .map(room ->
            new RoomHistory(
                room,
                clients.stream().flatMap(it -> it.posts(room).stream()).toList(),
                clients.stream().flatMap(it -> it.reading(room).stream()).toList(),
                logs.getOrDefault(room, List.of())))
        .toList();
  }
}
