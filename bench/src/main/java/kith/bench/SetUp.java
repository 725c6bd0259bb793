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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;

/// Signs people up and gathers them in one room, over REST.
final class SetUp {
  private static final int AT_ONCE = 8;

  /// A room with its members; the first one owns it.
  record Room(Target target, List<Member> members) {}

  private final URI url;
  private final HttpClient http;
  private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36);

  private SetUp(URI url, HttpClient http) {
    this.url = url;
    this.http = http;
  }

  static Room room(URI url, int members) {
    var began = System.nanoTime();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var room = new SetUp(url, http).room(members);
      RoomRun.say(
          "%d accounts made and in the room after %.1f s",
          members, (System.nanoTime() - began) / 1e9);
      return room;
    }
  }

  /// Accounts that are in many rooms each.
  record Rooms(List<Member> members, List<String> rooms, int each) {
    /// The rooms of one of them: spread, so that all have about as many members.
    List<String> of(int member) {
      return IntStream.range(0, each)
          .mapToObj(i -> rooms.get((int) (((long) member * each + i) % rooms.size())))
          .toList();
    }
  }

  static Rooms rooms(URI url, int accounts, int each, int rooms) {
    var began = System.nanoTime();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var made = new SetUp(url, http).rooms(accounts, each, Math.max(each, rooms));
      RoomRun.say(
          "%d accounts made and in %d of %d rooms each after %.1f s",
          accounts, each, made.rooms().size(), (System.nanoTime() - began) / 1e9);
      return made;
    }
  }

  private Rooms rooms(int accounts, int each, int count) {
    var members = atOnce(accounts, this::signUp);
    var ids = atOnce(count, number -> create(members.get(number % members.size()), "-" + number));
    var all = new Rooms(members, ids, each);
    atOnce(
        accounts,
        number -> {
          for (var room : all.of(number)) join(members.get(number), room);
          return number;
        });
    return all;
  }

  private static <T> List<T> atOnce(int count, IntFunction<T> deed) {
    var all = new ArrayList<T>();
    try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var under = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        under.add(workers.submit(() -> deed.apply(number)));
      }
      for (var one : under) all.add(one.get());
    } catch (ExecutionException fault) {
      throw new BenchFailure(String.valueOf(fault.getMessage()), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
    return List.copyOf(all);
  }

  private String create(Member owner, String suffix) {
    var create =
        new RoomRequests.CreateRoom(
            "bench-" + run + suffix,
            Optional.empty(),
            Optional.of(Visibility.PUBLIC),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    return post("/v1/rooms", Optional.of(owner.token()), create, RoomAnswers.Room.class).room();
  }

  private Room room(int members) {
    var owner = signUp(0);
    var room = create(owner, "");
    var all = new ArrayList<Member>();
    all.add(owner);
    all.addAll(atOnce(members - 1, number -> join(signUp(number + 1), room)));
    return new Room(
        new Target(new InetSocketAddress(url.getHost(), url.getPort()), room), List.copyOf(all));
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
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.restText(body)));
    token.ifPresent(it -> request.header("authorization", "Bearer " + it));
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2)
        throw new BenchFailure(path + " was refused: " + answer.statusCode() + " " + answer.body());
      return Json.rest(answer.body(), type);
    } catch (IOException | Malformed fault) {
      throw new BenchFailure(path + " failed: " + fault.getMessage(), fault);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }
}
