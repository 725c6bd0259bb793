package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import kith.bench.prove.Clock.Phase;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// A member that reads its rooms, and can write in some of them, on any node that accepts it.
///
/// It follows the protocol's rules for clients: it resumes at its positions, and retries posts that
/// were not answered.
final class Client implements Runnable {
  /// The run's next phase is noticed within this time.
  private static final long LONGEST_TURN = 500;

  private static final Duration WELCOME = Duration.ofSeconds(5);
  private static final long FIRST_BACK_OFF = 300;
  private static final long LONGEST_BACK_OFF = 3_000;
  private static final long RETRY_MILLIS = 500;

  /// A node must answer a post well within this time, at least with `unavailable`.
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /// A connection that has lasted so long shows that the node is fast enough.
  private static final long LASTING_MILLIS = 15_000;

  /// The average time for which it stays on a working node.
  private static final long STAY_MILLIS = 45_000;

  private final Login login;
  private final Nodes nodes;
  private final Clock clock;
  private final LiveStats stats;
  private final RandomGenerator random;
  private final Map<String, Writer> writers;
  private final Map<String, Reader> readers;
  private final Map<String, Long> reopenAt = new HashMap<>();

  /// Rooms that are being opened, with the time of the request. It writes nothing in them and does
  /// not open them once more: a room that is opened twice delivers the same entries twice.
  private final Map<String, Long> opening = new HashMap<>();

  private final Patience patience;
  private URI node;
  private long backOff = FIRST_BACK_OFF;

  Client(
      Login login,
      Nodes nodes,
      Clock clock,
      LiveStats stats,
      RandomGenerator random,
      Map<String, Writer> writers,
      Map<String, Reader> readers) {
    this.login = login;
    this.nodes = nodes;
    this.clock = clock;
    this.stats = stats;
    this.random = random;
    this.writers = Map.copyOf(writers);
    this.readers = Map.copyOf(readers);
    this.patience = new Patience(nodes.urls().size());
    this.node = nodes.urls().get(random.nextInt(nodes.urls().size()));
  }

  @Override
  public void run() {
    try {
      while (!clock.isOver()) {
        try {
          useNode();
        } catch (ConnectionLost lost) {
          stats.lost(lost.why());
          if (lost.isSilence()) patience.silent();
          if (lost.needsToken()) renew();
          pause(lost);
        }
        node = another();
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(ConnectionLost lost) throws InterruptedException {
    Thread.sleep(lost.pause().plusMillis(random.nextLong(backOff)));
    backOff = Math.min(2 * backOff, LONGEST_BACK_OFF);
  }

  private URI another() {
    var others = new ArrayList<>(nodes.urls());
    if (others.size() > 1) others.remove(node);
    return others.get(random.nextInt(others.size()));
  }

  /// Uses one node until it moves to another, or until the connection is lost (exception).
  private void useNode() throws ConnectionLost, InterruptedException {
    try (var connection = NodeConnection.open(nodes.http(), node, patience)) {
      sayHello(connection);
      stats.connected(node, 1);
      try {
        exchange(connection);
      } finally {
        stats.connected(node, -1);
      }
    }
  }

  private void sayHello(NodeConnection connection) throws ConnectionLost, InterruptedException {
    var resume = new HashMap<String, Long>();
    readers.forEach((room, reader) -> resume.put(room, reader.lastSeq()));
    connection.send(new ClientFrame.Hello(Optional.of(login.token()), resume));
    switch (connection.receive(patience.of(WELCOME)).orElse(null)) {
      case ServerFrame.Welcome _ -> {
        backOff = FIRST_BACK_OFF;
        reopenAt.clear();
        opening.clear();
        for (var room : readers.keySet()) opening.put(room, clock.now());
        writers.values().forEach(Writer::startOver);
      }
      case ServerFrame.Problem problem ->
          throw new ConnectionLost("hello refused: " + problem.code());
      case null, default -> throw ConnectionLost.bySilence("no welcome");
    }
  }

  private void renew() throws InterruptedException {
    try {
      login.renew();
    } catch (Refused no) {
      stats.refused(no.code());
    } catch (IOException unreachable) {
      stats.lost("no new token");
    }
  }

  private void exchange(NodeConnection connection) throws ConnectionLost, InterruptedException {
    long began = clock.now();
    long leaveAt = began + STAY_MILLIS / 2 + random.nextLong(STAY_MILLIS);
    boolean hasLasted = false;
    boolean mayLeave = nodes.urls().size() > 1;
    while (!clock.isOver() && !(mayLeave && clock.now() > leaveAt)) {
      reopen(connection);
      if (clock.phase() != Phase.READING)
        for (var writer : writers.values())
          if (!opening.containsKey(writer.room())) write(connection, writer);
      if (isStuckOpening()) throw ConnectionLost.bySilence("room not opened");
      if (!hasLasted && clock.now() - began > LASTING_MILLIS) {
        hasLasted = true;
        patience.lasted();
      }
      var frame = connection.receive(turn(connection, leaveAt));
      if (frame.isPresent()) handle(frame.get());
    }
  }

  private boolean isStuckOpening() {
    long longest = patience.of(ANSWER).toMillis();
    return opening.values().stream().anyMatch(since -> clock.now() - since > longest);
  }

  /// The time until this client has something to do even if no frame arrives. A thousand clients
  /// that compute it many times a second would take the CPU time of the nodes they check.
  private Duration turn(NodeConnection connection, long leaveAt) {
    long now = clock.now();
    long next = Math.min(now + LONGEST_TURN, now + connection.untilSilent().toMillis());
    next = Math.min(next, leaveAt);
    for (long at : reopenAt.values()) next = Math.min(next, at);
    if (clock.phase() != Phase.READING)
      for (var writer : writers.values())
        if (!opening.containsKey(writer.room()))
          next = Math.min(next, writer.nextAt(clock.phase() == Phase.WRITING));
    return Duration.ofMillis(Math.clamp(next - now, 1, LONGEST_TURN));
  }

  private void write(NodeConnection connection, Writer writer)
      throws ConnectionLost, InterruptedException {
    long now = clock.now();
    if (writer.isStuck(now, patience.of(ANSWER).toMillis()))
      throw ConnectionLost.bySilence("post not answered");
    boolean isWriting = clock.phase() == Phase.WRITING;
    for (var post = writer.next(now, isWriting);
        post.isPresent();
        post = writer.next(now, isWriting)) connection.send(post.get());
  }

  private void reopen(NodeConnection connection) throws ConnectionLost, InterruptedException {
    if (reopenAt.isEmpty()) return;
    var due =
        reopenAt.entrySet().stream()
            .filter(entry -> entry.getValue() <= clock.now())
            .map(Map.Entry::getKey)
            .toList();
    for (var room : due) {
      reopenAt.remove(room);
      var reader = readers.get(room);
      if (reader == null || opening.putIfAbsent(room, clock.now()) != null) continue;
      connection.send(new ClientFrame.Open(room, OptionalLong.of(reader.lastSeq())));
    }
  }

  private void handle(ServerFrame frame) {
    long now = clock.now();
    switch (frame) {
      case ServerFrame.Entries(var room, var entries) -> {
        var reader = readers.get(room);
        if (reader != null) reader.receive(entries, now);
        stats.delivered(entries.size());
      }
      case ServerFrame.Complete(var room, var seq) -> {
        opening.remove(room);
        in(room, reader -> reader.onComplete(seq));
      }
      case ServerFrame.Gap(var room, var from, var to) ->
          in(room, reader -> reader.onGap(from, to));
      case ServerFrame.Ack(var id, var room, var seq, var at) -> {
        var writer = writers.get(room);
        if (writer != null && writer.acknowledged(id, seq, at, now)) stats.acknowledged(room, now);
      }
      case ServerFrame.Closed(var room, var code, _) -> {
        stats.refused("room closed: " + code);
        opening.remove(room);
        reopenAt.put(room, now + RETRY_MILLIS);
      }
      case ServerFrame.Problem problem -> refused(problem, now);
      case ServerFrame.Welcome _,
          ServerFrame.Page _,
          ServerFrame.Inbox _,
          ServerFrame.Presence _,
          ServerFrame.Contacts _,
          ServerFrame.Requests _,
          ServerFrame.Typing _,
          ServerFrame.Receipts _,
          ServerFrame.Notices _,
          ServerFrame.Moderation _,
          ServerFrame.Thread _,
          ServerFrame.Reminder _,
          ServerFrame.JoinRequests _,
          ServerFrame.Call _,
          ServerFrame.Answer _,
          ServerFrame.Pong _,
          ServerFrame.Goodbye _ -> {}
    }
  }

  private void in(String room, Consumer<Reader> what) {
    Optional.ofNullable(readers.get(room)).ifPresent(what);
  }

  private void refused(ServerFrame.Problem problem, long now) {
    stats.refused(problem.code());
    long again =
        now + Math.max(problem.retryAfterMillis().orElse(0), random.nextLong(RETRY_MILLIS));
    if (problem.id().isPresent())
      for (var writer : writers.values())
        if (problem.room().isEmpty() || problem.room().get().equals(writer.room()))
          writer.refused(problem.id().get(), problem.code(), again);
    // without an id, it answers the request to open the room
    if (problem.id().isEmpty()) problem.room().ifPresent(opening::remove);
    boolean isOfRoom = problem.id().isEmpty() || problem.code().equals(Code.ROOM_NOT_OPEN.wire());
    if (isOfRoom)
      problem
          .room()
          .filter(room -> !opening.containsKey(room))
          .ifPresent(room -> reopenAt.put(room, again));
  }

  /// Number of posts without an answer. Any thread may call it.
  int unanswered() {
    return writers.values().stream().mapToInt(Writer::unanswered).sum();
  }

  /// Whether every post was answered, and every room was received up to its end.
  boolean isDone(Map<String, Long> ends) {
    return unanswered() == 0
        && readers.entrySet().stream()
            .allMatch(it -> it.getValue().lastSeq() >= ends.getOrDefault(it.getKey(), 0L));
  }

  /// Call it after the client has ended.
  List<Post> posts(String room) {
    return Optional.ofNullable(writers.get(room)).map(Writer::posts).orElse(List.of());
  }

  /// Call it after the client has ended.
  Optional<DeliveryLog> deliveryLog(String room) {
    return Optional.ofNullable(readers.get(room)).map(it -> it.deliveryLog(login.user()));
  }
}
