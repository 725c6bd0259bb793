package kith.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Loses the answers to committed posts and requests, repeats them, and counts duplicates.
@Command(
    name = "lost-answers",
    description =
        "A proxy loses the answers of a node after it has committed. Clients repeat their posts and"
            + " requests: at once, after a restart, and after the node has removed their ids."
            + " Prints the number of duplicates, and fails if a request that was repeated in time"
            + " exists twice.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LostAnswers implements Callable<Integer> {
  /// Ids that the started node keeps; a room removes them in portions of an eighth.
  private static final int REMEMBERED = 1_000;

  /// After so many posts the node has only hashes of the repeated ids, and reads them from the log.
  private static final int FURTHER = 800;

  private static final String SETTINGS =
      "kith.rooms.idempotency { posts = %d, most = %d }".formatted(REMEMBERED, REMEMBERED);

  private static final int IN_FLIGHT = 100;
  private static final int PAGE = 200;
  private static final int SEND_TIMEOUT_SECONDS = 4;

  @Option(
      names = "--count",
      defaultValue = "100",
      description = "Answers that are lost of each kind (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--sends",
      defaultValue = "10",
      description = "Answers that are lost to kith send, of each kind (default: ${DEFAULT-VALUE}).")
  private int sends;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "URL of a running node. Without it a node is started, which keeps only "
              + REMEMBERED
              + " ids in each room.")
  private Optional<URI> url = Optional.empty();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Row> rows = new ArrayList<>();

  /// @param inTime whether the node promises to recognize the repetition
  private record Row(String what, String repeated, int lost, int doubled, boolean inTime) {}

  /// An account with its room.
  private record Author(URI node, AnswerProxy proxy, Member member, String room) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var node =
            url.isPresent()
                ? NodeUnderTest.at(url.get(), OptionalLong.empty())
                : NodeUnderTest.start(Optional.empty(), "", Optional.empty(), SETTINGS);
        var proxy = new AnswerProxy(node.url());
        var setUp = new SetUp(node.url())) {
      var member = setUp.members(1).getFirst();
      posts(author(node.url(), proxy, setUp, member));
      sends(author(node.url(), proxy, setUp, member));
      requests(node.url(), proxy, member);
    }
    print();
    return rows.stream().anyMatch(row -> row.inTime() && row.doubled() > 0) ? 1 : 0;
  }

  private static Author author(URI node, AnswerProxy proxy, SetUp setUp, Member member) {
    return new Author(node, proxy, member, setUp.room(List.of(member)));
  }

  // --- a client written from the protocol's description ---

  private void posts(Author author) throws IOException, InterruptedException {
    add("post", "at once", true, doubled(author, "now", () -> {}));
    add("post", "after a new login", true, doubledByAnotherDevice(author));
    add(
        "post",
        "after %,d further posts".formatted(FURTHER),
        true,
        doubled(author, "soon", () -> fill(author, FURTHER)));
    if (url.isPresent()) return;
    int beyond = REMEMBERED + REMEMBERED / 8 + count;
    var late = doubled(author, "late", () -> fill(author, beyond));
    add(
        "post",
        "after %,d further posts, of which the room keeps %,d ids".formatted(beyond, REMEMBERED),
        false,
        late);
  }

  /// Posts whose acks are lost, then runs `before`, then repeats the posts.
  private int doubled(Author author, String name, Runnable before)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) lose(author, name + "-" + i);
    before.run();
    repeat(author, name, author.member().token());
    return doubled(author, name);
  }

  private int doubledByAnotherDevice(Author author) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) lose(author, "other-" + i);
    var logIn =
        new Accounts.LogIn(
            author.member().user(),
            SetUp.password(author.member().user()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var tokens =
        read(post(author.node(), "/v1/tokens", Optional.empty(), logIn), Accounts.Tokens.class);
    repeat(author, "other", tokens.accessToken().orElseThrow());
    return doubled(author, "other");
  }

  private void lose(Author author, String id) {
    author.proxy().lose("\"type\":\"ack\",\"id\":\"" + id + "\"", 1);
    try (var socket = open(author, author.proxy().url(), author.member().token())) {
      socket.send(message(author, id));
      if (socket.ack(id).isPresent()) throw new BenchFailure("the ack of " + id + " was not lost");
    }
  }

  private void repeat(Author author, String name, String token) {
    try (var socket = open(author, author.node(), token)) {
      for (int i = 0; i < count; i++) {
        socket.send(message(author, name + "-" + i));
        if (socket.ack(name + "-" + i).isEmpty())
          throw new BenchFailure("the connection ended before an ack");
      }
    }
  }

  private void fill(Author author, int posts) {
    try (var socket = open(author, author.node(), author.member().token())) {
      var prefix = "fill-" + System.nanoTime() + "-";
      for (int i = 0; i < posts; i++) {
        socket.send(message(author, prefix + i));
        if (i >= IN_FLIGHT) socket.ack(prefix + (i - IN_FLIGHT));
      }
      for (int i = Math.max(0, posts - IN_FLIGHT); i < posts; i++) socket.ack(prefix + i);
    }
  }

  private TextSocket open(Author author, URI node, String token) {
    return TextSocket.open(http, node, token, author.room());
  }

  private static ClientFrame message(Author author, String id) {
    return new ClientFrame.Send(id, author.room(), "message " + id, OptionalLong.empty());
  }

  // --- kith send ---

  private void sends(Author author) throws IOException, InterruptedException {
    var home = Workspace.directory("send-");
    try {
      for (int i = 0; i < sends; i++) {
        author.proxy().lose("\"id\":\"kept-" + i + "\"", 1);
        expect(0, send(author, home, "kept-" + i, 30), "kith send with its own repetition");
      }
      add("kith send", "at once, by itself", true, doubled(author, "kept"), sends);
      for (int i = 0; i < sends; i++) {
        author.proxy().lose("\"id\":\"again-" + i + "\"", Integer.MAX_VALUE);
        expect(
            3, send(author, home, "again-" + i, SEND_TIMEOUT_SECONDS), "kith send without answer");
        author.proxy().loseNothing();
        expect(0, send(author, home, "again-" + i, 30), "kith send, again");
      }
      add(
          "kith send",
          "by a second process with the same --id",
          true,
          doubled(author, "again"),
          sends);
    } finally {
      Workspace.delete(home);
    }
  }

  private static int send(Author author, Path home, String id, int seconds)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                Workspace.launcher().toString(),
                "send",
                author.room(),
                "message " + id,
                "--id",
                id,
                "--timeout",
                Integer.toString(seconds))
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KITH_SERVER", author.proxy().url().toString(),
                "KITH_USER", author.member().user(),
                "KITH_PASSWORD", SetUp.password(author.member().user()),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "XDG_STATE_HOME", home.resolve("state").toString()));
    var process = builder.start();
    if (!process.waitFor(seconds + 120L, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new BenchFailure("kith send did not end");
    }
    return process.exitValue();
  }

  private static void expect(int wanted, int status, String what) {
    if (wanted != status)
      throw new BenchFailure("%s ended with %d instead of %d".formatted(what, status, wanted));
  }

  // --- requests over HTTP ---

  private void requests(URI node, AnswerProxy proxy, Member member)
      throws IOException, InterruptedException {
    var token = Optional.of(member.token());
    var before = new HashSet<>(rooms(node, member));
    for (int i = 0; i < count; i++) {
      var room =
          new RoomRequests.CreateRoom(
              "lost " + System.nanoTime(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              OptionalInt.empty(),
              Optional.empty(),
              Optional.of("room-" + i));
      proxy.lose("POST /v1/rooms ", 1);
      loseResponse(proxy, "/v1/rooms", token, room);
      post(node, "/v1/rooms", token, room);
    }
    var after = new HashSet<>(rooms(node, member));
    after.removeAll(before);
    add("create a room", "at once", true, after.size() - count);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      var account =
          new Accounts.SignUp(
              "lost" + i + "-" + Long.toString(System.nanoTime(), 36),
              "a long password",
              Optional.empty(),
              Optional.empty(),
              Optional.of("bench"),
              Optional.empty(),
              Optional.empty());
      proxy.lose("POST /v1/accounts ", 1);
      loseResponse(proxy, "/v1/accounts", Optional.empty(), account);
      var again =
          read(post(node, "/v1/accounts", Optional.empty(), account), Accounts.Tokens.class);
      refused += devices(node, again.accessToken().orElseThrow()) - 1;
    }
    add("sign up (a second device)", "at once", true, refused);
  }

  private void loseResponse(AnswerProxy proxy, String path, Optional<String> token, Record body)
      throws InterruptedException {
    int lost = proxy.lost();
    try {
      post(proxy.url(), path, token, body);
      throw new BenchFailure("the answer to " + path + " was not lost");
    } catch (IOException expected) {
      if (proxy.lost() == lost)
        throw new BenchFailure("the request " + path + " failed before its answer", expected);
    }
  }

  // --- the duplicates ---

  private int doubled(Author author, String name) throws IOException, InterruptedException {
    var seqs = new HashMap<String, Integer>();
    long after = 0;
    for (; ; ) {
      var path = "/v1/rooms/" + author.room() + "/entries?limit=" + PAGE + "&after=" + after;
      var page =
          read(get(author.node(), path, author.member().token()), RoomAnswers.EntryPage.class);
      for (var entry : page.entries()) {
        after = entry.seq();
        if (entry instanceof Entry.Message said && said.id().startsWith(name + "-"))
          seqs.merge(said.id(), 1, Integer::sum);
      }
      if (!page.more()) break;
    }
    return seqs.values().stream().mapToInt(times -> times - 1).sum();
  }

  private List<String> rooms(URI node, Member member) throws IOException, InterruptedException {
    return read(get(node, "/v1/account", member.token()), Accounts.Account.class).rooms();
  }

  private int devices(URI node, String token) throws IOException, InterruptedException {
    return read(get(node, "/v1/devices", token), Devices.class).devices().size();
  }

  private record Devices(List<Device> devices) {
    private record Device(String device) {}
  }

  private String get(URI node, String path, String token) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(node.resolve(path)).header("authorization", "Bearer " + token));
  }

  private String post(URI node, String path, Optional<String> token, Record body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(node.resolve(path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.restText(body)));
    token.ifPresent(it -> request.header("authorization", "Bearer " + it));
    return answer(request);
  }

  private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2)
      throw new BenchFailure(
          answer.uri() + " was refused: " + answer.statusCode() + " " + answer.body());
    return answer.body();
  }

  private static <T> T read(String body, Class<T> type) {
    try {
      return Json.rest(body, type);
    } catch (Malformed fault) {
      throw new BenchFailure("unexpected answer: " + body, fault);
    }
  }

  // --- the result ---

  private void add(String what, String repeated, boolean inTime, int doubled) {
    add(what, repeated, inTime, doubled, count);
  }

  private void add(String what, String repeated, boolean inTime, int doubled, int lost) {
    rows.add(new Row(what, repeated, lost, doubled, inTime));
  }

  private void print() {
    RoomRun.print("");
    RoomRun.print("| answer lost to | repeated | lost | doubled |");
    RoomRun.print("|---|---|---:|---:|");
    for (var row : rows)
      RoomRun.print("| %s | %s | %d | %d |", row.what(), row.repeated(), row.lost(), row.doubled());
  }
}
