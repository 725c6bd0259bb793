package kith.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// Creates accounts and rooms over REST.
final class SetUp implements AutoCloseable {
  private static final int CONCURRENT = 8;

  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36);
  private final List<Member> members = new ArrayList<>();
  private int rooms;

  SetUp(URI url) {
    this.url = url;
  }

  /// One room with its members; the first one is its owner.
  record Room(Target target, List<Member> members) {
    List<ClientConfig> clientConfigs(List<String> bodies) {
      return members.stream().map(member -> SetUp.clientConfig(target, 0, member, bodies)).toList();
    }
  }

  static Room room(URI url, int members) {
    var began = System.nanoTime();
    try (var setUp = new SetUp(url)) {
      var all = setUp.members(members);
      var room = setUp.room(all);
      RoomRun.print(
          "created %d accounts in the room in %.1f s", members, (System.nanoTime() - began) / 1e9);
      return new Room(target(url, room), all);
    }
  }

  /// Clients for `rooms` rooms of `members` each; each client is in one room only.
  static List<ClientConfig> clientConfigs(URI url, int rooms, int members, List<String> bodies) {
    var began = System.nanoTime();
    try (var setUp = new SetUp(url)) {
      var configs = setUp.clientConfigs(List.of(url), rooms, members, bodies);
      RoomRun.print(
          "created %d accounts in their rooms in %.1f s",
          configs.size(), (System.nanoTime() - began) / 1e9);
      return configs;
    }
  }

  /// The same, with the members of each room distributed over several nodes.
  List<ClientConfig> clientConfigs(
      List<URI> nodes, int rooms, int membersOfEach, List<String> bodies) {
    var all = members(rooms * membersOfEach);
    var groups = new ArrayList<List<Member>>();
    for (int room = 0; room < rooms; room++)
      groups.add(all.subList(room * membersOfEach, (room + 1) * membersOfEach));
    var ids = rooms(groups);
    var configs = new ArrayList<ClientConfig>();
    for (int i = 0; i < all.size(); i++) {
      int room = i / membersOfEach;
      configs.add(
          clientConfig(
              target(nodes.get(i % nodes.size()), ids.get(room)), room, all.get(i), bodies));
    }
    return configs;
  }

  static Target target(URI node, String room) {
    return new Target(new InetSocketAddress(node.getHost(), node.getPort()), room);
  }

  static ClientConfig clientConfig(Target target, int index, Member member, List<String> bodies) {
    return new ClientConfig(
        target.address(),
        index,
        new KithProtocol(member.token(), List.of(target.room()), OptionalLong.empty()),
        KithProtocol.template(target.room(), bodies));
  }

  /// Returns the first `count` accounts. Signs up missing ones.
  List<Member> members(int count) {
    var missing = new ArrayList<Callable<Member>>();
    for (int number = members.size(); number < count; number++) {
      int own = number;
      missing.add(() -> signUp(own));
    }
    members.addAll(all(missing));
    return List.copyOf(members.subList(0, count));
  }

  /// Creates a room with these members.
  String room(List<Member> members) {
    return rooms(List.of(members)).getFirst();
  }

  /// Creates a room for each of these groups.
  List<String> rooms(List<List<Member>> groups) {
    var made = new ArrayList<Callable<String>>();
    for (var group : groups) {
      var name = "bench-" + run + "-" + rooms++;
      made.add(() -> create(name, group.getFirst()));
    }
    var ids = all(made);
    var joined = new ArrayList<Callable<Member>>();
    for (int i = 0; i < ids.size(); i++) {
      var room = ids.get(i);
      for (var member : groups.get(i).subList(1, groups.get(i).size()))
        joined.add(() -> join(member, room));
    }
    all(joined);
    return ids;
  }

  private static <T> List<T> all(List<Callable<T>> calls) {
    try (var workers = Executors.newFixedThreadPool(CONCURRENT)) {
      var done = new ArrayList<T>();
      for (var one : workers.invokeAll(calls)) done.add(one.get());
      return done;
    } catch (ExecutionException fault) {
      throw new BenchFailure(String.valueOf(fault.getMessage()), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  private String create(String name, Member owner) {
    var create =
        new RoomRequests.CreateRoom(
            name,
            Optional.empty(),
            Optional.of(Visibility.PUBLIC),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
    return post("/v1/rooms", Optional.of(owner.token()), create, RoomAnswers.Room.class).room();
  }

  static String password(String user) {
    return "a password for " + user;
  }

  private Member signUp(int number) {
    var user = "b" + run + "-" + number;
    var body =
        new Accounts.SignUp(
            user,
            password(user),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var tokens = post("/v1/accounts", Optional.empty(), body, Accounts.Tokens.class);
    return new Member(user, tokens.accessToken().orElseThrow());
  }

  private Member join(Member member, String room) {
    post(
        "/v1/rooms/" + room + "/join",
        Optional.of(member.token()),
        new RoomRequests.JoinRoom(Optional.empty(), Optional.empty()),
        RoomAnswers.Room.class);
    return member;
  }

  private <T> T post(String path, Optional<String> token, Record body, Class<T> type) {
    return ask("POST", path, token, Optional.of(body), type);
  }

  /// @param by whose token it has
  <T> T ask(String method, String path, Member by, Optional<Record> body, Class<T> type) {
    return ask(method, path, Optional.of(by.token()), body, type);
  }

  /// For requests without a body whose answer has none.
  void ask(String method, String path, Member by) {
    var _ = send(method, path, Optional.of(by.token()), Optional.empty());
  }

  private <T> T ask(
      String method, String path, Optional<String> token, Optional<Record> body, Class<T> type) {
    try {
      return Json.rest(send(method, path, token, body), type);
    } catch (Malformed fault) {
      throw new BenchFailure(path + " failed: " + fault.getMessage(), fault);
    }
  }

  private String send(String method, String path, Optional<String> token, Optional<Record> body) {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("content-type", "application/json")
            .method(
                method,
                body.map(it -> HttpRequest.BodyPublishers.ofString(Json.restText(it)))
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    token.ifPresent(it -> request.header("authorization", "Bearer " + it));
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2)
        throw new BenchFailure(path + " was refused: " + answer.statusCode() + " " + answer.body());
      return answer.body();
    } catch (IOException fault) {
      throw new BenchFailure(path + " failed: " + fault.getMessage(), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
