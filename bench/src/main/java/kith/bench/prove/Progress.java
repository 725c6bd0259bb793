package kith.bench.prove;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/// Prints the state of the cluster, as its clients see it, every few seconds.
final class Progress {
  private static final long EVERY = 5_000;

  private final Clock clock;
  private final LiveStats stats;
  private final List<Client> clients;
  private final int rooms;
  private final Output out;
  private long last;
  private long acksBefore;

  Progress(Clock clock, LiveStats stats, List<Client> clients, int rooms, Output out) {
    this.clock = clock;
    this.stats = stats;
    this.clients = clients;
    this.rooms = rooms;
    this.out = out;
  }

  /// Prints the state if it is due.
  void tick() {
    long now = clock.now();
    if (now - last < EVERY) return;
    long acks = stats.acks();
    out.println(
        "%s  %5.0f acks/s  %s  waiting %d  connected %s",
        Output.time(now),
        (acks - acksBefore) * 1_000.0 / (now - last),
        silent(now),
        clients.stream().mapToInt(Client::unanswered).sum(),
        stats.connected().entrySet().stream()
            .map(it -> name(it.getKey()) + ": " + it.getValue())
            .collect(Collectors.joining(", ")));
    last = now;
    acksBefore = acks;
  }

  private String silent(long now) {
    if (clock.phase() != Clock.Phase.WRITING) return "writing has ended";
    long silent = stats.silentRooms(now);
    return silent == 0
        ? "all " + rooms + " rooms answer"
        : silent + " of " + rooms + " rooms SILENT";
  }

  static String name(URI node) {
    return node.getAuthority();
  }
}
