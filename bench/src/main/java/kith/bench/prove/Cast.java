package kith.bench.prove;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// The accounts and rooms that a run makes for itself.
///
/// @param stages the rooms, each with those who write in it; the first one owns it
/// @param readers those who only read, members of all rooms
record Cast(List<Stage> stages, List<Login> readers) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  record Stage(String room, List<Login> writers) {
    Login owner() {
      return writers.getFirst();
    }
  }

  List<String> rooms() {
    return stages.stream().map(Stage::room).toList();
  }

  static Cast signUp(Nodes nodes, Plan plan) throws Refused, IOException, InterruptedException {
    // the time keeps a seed usable again, as the names of ended accounts stay taken
    var run =
        Long.toString(Math.abs(plan.seed()) % 2_000_000_000L, 36)
            + "-"
            + Long.toString(Instant.now().getEpochSecond(), 36);
    var stages = new ArrayList<Stage>();
    for (int i = 0; i < plan.rooms(); i++) {
      var writers = logins(nodes, "prove-" + run + "-" + i + "w", plan.writers());
      var room = room(nodes, "prove " + run + " " + i, writers.getFirst());
      for (var writer : writers.subList(1, writers.size())) join(nodes, room, writer);
      stages.add(new Stage(room, writers));
    }
    var readers = logins(nodes, "prove-" + run + "-r", plan.readers());
    for (var reader : readers) for (var stage : stages) join(nodes, stage.room(), reader);
    return new Cast(List.copyOf(stages), readers);
  }

  private static List<Login> logins(Nodes nodes, String prefix, int count)
      throws Refused, IOException, InterruptedException {
    var logins = new ArrayList<Login>();
    for (int i = 0; i < count; i++) logins.add(Login.signUp(nodes, prefix + i, password()));
    return List.copyOf(logins);
  }

  private static String password() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String room(Nodes nodes, String name, Login owner)
      throws Refused, IOException, InterruptedException {
    var wish =
        new RoomRequests.CreateRoom(
            name,
            Optional.of("made by kith prove"),
            Optional.of(Visibility.PUBLIC),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    var made = nodes.anywhere(Nodes.Call.post("/v1/rooms", owner.token(), wish), PATIENCE);
    return Nodes.read(made, RoomAnswers.Room.class).room();
  }

  private static void join(Nodes nodes, String room, Login member)
      throws Refused, IOException, InterruptedException {
    var wish = new RoomRequests.JoinRoom(Optional.empty(), Optional.empty());
    var path = "/v1/rooms/" + room + "/join";
    nodes.anywhere(Nodes.Call.post(path, member.token(), wish), PATIENCE);
  }

  /// Takes everything away that the cluster lets go of: the rooms with their logs, the accounts.
  void strike(Nodes nodes) throws Refused, IOException, InterruptedException {
    for (var stage : stages) {
      stage.owner().renew();
      var path = "/v1/rooms/" + stage.room();
      nodes.anywhere(Nodes.Call.delete(path, stage.owner().token(), Optional.empty()), PATIENCE);
      for (var writer : stage.writers()) writer.delete();
    }
    for (var reader : readers) reader.delete();
  }
}
