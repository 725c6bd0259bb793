package kith.bench.prove;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/// Says every few seconds how the cluster looks to its clients.
final class Progress {
  private static final long EVERY = 5_000;

  /// A room that took nothing for so long is called silent.
  private static final long SILENT = 2_000;

  private final Clock clock;
  private final Pulse pulse;
  private final List<Client> clients;
  private final int rooms;
  private final Announcer out;
  private long last;
  private long acksBefore;

  Progress(Clock clock, Pulse pulse, List<Client> clients, int rooms, Announcer out) {
    this.clock = clock;
    this.pulse = pulse;
    this.clients = clients;
    this.rooms = rooms;
    this.out = out;
  }

  /// Says it if it is time.
  void tick() {
    long now = clock.now();
    if (now - last < EVERY) return;
    long acks = pulse.acks();
    out.line(
        "%s  %5.0f acks/s  %s  waiting %d  connected %s",
        Announcer.time(now),
        (acks - acksBefore) * 1_000.0 / (now - last),
        silent(now),
        clients.stream().flatMap(it -> it.writer().stream()).mapToInt(Writer::unanswered).sum(),
        pulse.connected().entrySet().stream()
            .map(it -> name(it.getKey()) + ": " + it.getValue())
            .collect(Collectors.joining(", ")));
    last = now;
    acksBefore = acks;
  }

  private String silent(long now) {
    if (clock.phase() != Clock.Phase.WRITING) return "nothing new is written";
    long silent = pulse.silentRooms(now - SILENT);
    return silent == 0
        ? "all " + rooms + " rooms answer"
        : silent + " of " + rooms + " rooms SILENT";
  }

  static String name(URI node) {
    return node.getAuthority();
  }
}
