package kith.bench.prove;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// The accounts and rooms that a run creates.
///
/// @param groups the rooms with their writers; the first writer of a room is its owner
/// @param readers accounts that only read, members of all rooms
record Participants(List<RoomGroup> groups, List<Login> readers) {
  private static final double QUIET_RATE = 1;

  /// @param rate posts per second of each writer
  record RoomGroup(String room, List<Login> writers, double rate) {
    Login owner() {
      return writers.getFirst();
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
    var groups = new ArrayList<RoomGroup>();
    var progress = new SlowProgress(out);
    for (int i = 0; i < plan.allRooms(); i++) {
      boolean isQuiet = i >= plan.rooms();
      var writers =
          logins(nodes, "prove-" + run + "-" + i + "w", isQuiet ? 1 : plan.writers(), progress);
      var room = room(nodes, "prove " + run + " " + i, writers.getFirst());
      for (var writer : writers.subList(1, writers.size())) join(nodes, room, writer);
      groups.add(new RoomGroup(room, writers, isQuiet ? QUIET_RATE : plan.rate()));
      progress.show("%d of %d rooms created".formatted(i + 1, plan.allRooms()));
    }
    var readers = logins(nodes, "prove-" + run + "-r", plan.readers(), progress);
    for (var reader : readers) for (var group : groups) join(nodes, group.room(), reader);
    return new Participants(List.copyOf(groups), readers);
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
    var created = nodes.anywhere(Nodes.Call.post("/v1/rooms", owner.token(), body));
    return Nodes.read(created, RoomAnswers.Room.class).room();
  }

  private static void join(Nodes nodes, String room, Login member)
      throws Refused, IOException, InterruptedException {
    var body = new RoomRequests.JoinRoom(Optional.empty(), Optional.empty());
    var path = "/v1/rooms/" + room + "/join";
    try {
      nodes.anywhere(Nodes.Call.post(path, member.token(), body));
    } catch (Refused expired) {
      if (!expired.code().equals(Code.UNAUTHENTICATED.wire())) throw expired;
      member.renew();
      nodes.anywhere(Nodes.Call.post(path, member.token(), body));
    }
  }

  /// Deletes the rooms with their logs, and the accounts.
  void remove(Nodes nodes) throws Refused, IOException, InterruptedException {
    for (var group : groups) {
      group.owner().renew();
      var path = "/v1/rooms/" + group.room();
      nodes.anywhere(Nodes.Call.delete(path, group.owner().token(), Optional.empty()));
      for (var writer : group.writers()) writer.delete();
    }
    for (var reader : readers) reader.delete();
  }
}
