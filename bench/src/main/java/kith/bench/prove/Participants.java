package kith.bench.prove;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// The accounts and rooms that a run creates.
///
/// @param groups the rooms with their writers, of which some may write in several rooms; the first
///   writer of a room is its owner
/// @param readers accounts that only read, members of all rooms
record Participants(List<RoomGroup> groups, List<Login> readers) {
  private static final long SHORTEST_PAUSE = 2_000;
  private static final long LATE = 1_000;
  private static final int AT_ONCE = 8;

  /// @param rate posts per second of each writer
  record RoomGroup(String room, List<Login> writers, double rate) {
    Login owner() {
      return writers.getFirst();
    }

    /// A room that acknowledges nothing for this long counts as silent, in milliseconds.
    long longestPause() {
      return Math.max(SHORTEST_PAUSE, LATE + (long) (1_000 / rate));
    }
  }

  List<String> rooms() {
    return groups.stream().map(RoomGroup::room).toList();
  }

  /// Prints how far it is: on a starved machine it takes minutes.
  static Participants signUp(Nodes nodes, Plan plan, Output out)
      throws Refused, IOException, InterruptedException {
    // contains the time so that a seed can be used again: names of deleted accounts stay taken
    var run =
        Long.toString(Math.abs(plan.seed()) % 2_000_000_000L, 36)
            + "-"
            + Long.toString(Instant.now().getEpochSecond(), 36);
    var progress = new SlowProgress(out);
    var tasks = new ArrayList<Callable<RoomGroup>>();
    for (int i = 0; i < plan.allRooms(); ) {
      boolean isQuiet = i >= plan.rooms();
      var writers =
          logins(nodes, "prove-" + run + "-" + i + "w", isQuiet ? 1 : plan.writers(), progress);
      int end = Math.min(i + plan.roomsOfClient(), isQuiet ? plan.allRooms() : plan.rooms());
      for (; i < end; i++) {
        var name = "prove " + run + " " + i;
        double rate = isQuiet ? plan.quietRate() : plan.rate();
        tasks.add(() -> group(nodes, name, writers, rate));
      }
    }
    var groups = all(tasks, progress);
    var readers = logins(nodes, "prove-" + run + "-r", plan.readers(), progress);
    for (var reader : readers) for (var group : groups) join(nodes, group.room(), reader);
    return new Participants(groups, readers);
  }

  private static RoomGroup group(Nodes nodes, String name, List<Login> writers, double rate)
      throws Refused, IOException, InterruptedException {
    var room = room(nodes, name, writers.getFirst());
    for (var writer : writers.subList(1, writers.size())) join(nodes, room, writer);
    return new RoomGroup(room, writers, rate);
  }

  /// Runs the tasks, some of them at the same time; returns the results in the order of the tasks.
  private static List<RoomGroup> all(List<Callable<RoomGroup>> tasks, SlowProgress progress)
      throws Refused, IOException, InterruptedException {
    try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var running = tasks.stream().map(workers::submit).toList();
      var groups = new ArrayList<RoomGroup>();
      try {
        for (var group : running) {
          groups.add(group.get());
          progress.show("%d of %d rooms created".formatted(groups.size(), tasks.size()));
        }
      } catch (ExecutionException fault) {
        workers.shutdownNow();
        switch (fault.getCause()) {
          case Refused no -> throw no;
          case IOException unreachable -> throw unreachable;
          case null, default -> throw new IllegalStateException(fault);
        }
      }
      return List.copyOf(groups);
    }
  }

  private static List<Login> logins(Nodes nodes, String prefix, int count, SlowProgress progress)
      throws Refused, IOException, InterruptedException {
    var logins = new ArrayList<Login>();
    for (int i = 0; i < count; i++) {
      logins.add(Login.signUp(nodes, prefix + i, password()));
      progress.show("account " + prefix + i + " created");
    }
    return List.copyOf(logins);
  }

  private static String password() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String room(Nodes nodes, String name, Login owner)
      throws Refused, IOException, InterruptedException {
    var body =
        new RoomRequests.CreateRoom(
            name,
            Optional.of("created by kith prove"),
            Optional.of(Visibility.PUBLIC),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(UUID.randomUUID().toString()));
    return Nodes.read(ask(nodes, "/v1/rooms", owner, body), RoomAnswers.Room.class).room();
  }

  private static void join(Nodes nodes, String room, Login member)
      throws Refused, IOException, InterruptedException {
    var body = new RoomRequests.JoinRoom(Optional.empty(), Optional.empty());
    var _ = ask(nodes, "/v1/rooms/" + room + "/join", member, body);
  }

  private static String ask(Nodes nodes, String path, Login member, Record body)
      throws Refused, IOException, InterruptedException {
    try {
      return nodes.anywhere(Nodes.Call.post(path, member.token(), body));
    } catch (Refused expired) {
      if (!expired.code().equals(Code.UNAUTHENTICATED.wire())) throw expired;
      member.renew();
      return nodes.anywhere(Nodes.Call.post(path, member.token(), body));
    }
  }

  /// Deletes the rooms with their logs, and the accounts.
  void remove(Nodes nodes) throws Refused, IOException, InterruptedException {
    for (var group : groups) {
      group.owner().renew();
      var path = "/v1/rooms/" + group.room();
      nodes.anywhere(Nodes.Call.delete(path, group.owner().token(), Optional.empty()));
    }
    var writers = new LinkedHashSet<Login>();
    for (var group : groups) writers.addAll(group.writers());
    for (var writer : writers) writer.delete();
    for (var reader : readers) reader.delete();
  }
}
