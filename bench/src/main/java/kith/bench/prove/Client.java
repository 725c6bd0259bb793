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

/// A member that reads its rooms, and may write in one, on whichever node takes it.
///
/// It keeps to the protocol's rules for a client that never lies: it resumes where it was, and
/// repeats what was not answered.
final class Client implements Runnable {
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration WELCOME = Duration.ofSeconds(5);
  private static final long FIRST_BACK_OFF = 300;
  private static final long LONGEST_BACK_OFF = 3_000;
  private static final long RETRY_MILLIS = 500;

  /// How long it stays on a node that does nothing wrong, on average.
  private static final long STAY_MILLIS = 45_000;

  private final Login login;
  private final Nodes nodes;
  private final Clock clock;
  private final Pulse pulse;
  private final RandomGenerator random;
  private final Optional<Writer> writer;
  private final Map<String, Reader> readers;
  private final Map<String, Long> reopenAt = new HashMap<>();
  private URI node;
  private long backOff = FIRST_BACK_OFF;

  Client(
      Login login,
      Nodes nodes,
      Clock clock,
      Pulse pulse,
      RandomGenerator random,
      Optional<Writer> writer,
      Map<String, Reader> readers) {
    this.login = login;
    this.nodes = nodes;
    this.clock = clock;
    this.pulse = pulse;
    this.random = random;
    this.writer = writer;
    this.readers = Map.copyOf(readers);
    this.node = nodes.urls().get(random.nextInt(nodes.urls().size()));
  }

  @Override
  public void run() {
    try {
      while (!clock.isOver()) {
        try {
          visit();
        } catch (LinkLost lost) {
          pulse.lost(lost.why());
          pause(lost);
        }
        node = another();
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(LinkLost lost) throws InterruptedException {
    Thread.sleep(lost.pause().plusMillis(random.nextLong(backOff)));
    backOff = Math.min(2 * backOff, LONGEST_BACK_OFF);
  }

  private URI another() {
    var others = new ArrayList<>(nodes.urls());
    if (others.size() > 1) others.remove(node);
    return others.get(random.nextInt(others.size()));
  }

  /// Talks with one node until it leaves, which is its own wish if nothing is thrown.
  private void visit() throws LinkLost, InterruptedException {
    try (var link = Link.open(nodes.http(), node)) {
      greet(link);
      pulse.connected(node, 1);
      try {
        talk(link);
      } finally {
        pulse.connected(node, -1);
      }
    }
  }

  private void greet(Link link) throws LinkLost, InterruptedException {
    var resume = new HashMap<String, Long>();
    readers.forEach((room, reader) -> resume.put(room, reader.place()));
    link.say(new ClientFrame.Hello(Optional.of(login.token()), resume));
    switch (link.hear(WELCOME).orElse(null)) {
      case ServerFrame.Welcome _ -> {
        backOff = FIRST_BACK_OFF;
        reopenAt.clear();
        writer.ifPresent(Writer::startOver);
      }
      case ServerFrame.Problem problem -> throw notWelcome(problem.code());
      case null, default -> throw new LinkLost("no welcome");
    }
  }

  private LinkLost notWelcome(String code) throws InterruptedException {
    if (code.equals(Code.UNAUTHENTICATED.wire())) renew();
    return new LinkLost("not welcome: " + code);
  }

  private void renew() throws InterruptedException {
    try {
      login.renew();
    } catch (Refused no) {
      pulse.refused(no.code());
    } catch (IOException unreachable) {
      pulse.lost("no new token");
    }
  }

  private void talk(Link link) throws LinkLost, InterruptedException {
    long leaveAt = clock.now() + STAY_MILLIS / 2 + random.nextLong(STAY_MILLIS);
    boolean mayLeave = nodes.urls().size() > 1;
    while (!clock.isOver() && !(mayLeave && clock.now() > leaveAt)) {
      reopen(link);
      if (writer.isPresent() && clock.phase() != Phase.READING) write(link, writer.get());
      var frame = link.hear(TURN);
      if (frame.isPresent()) take(frame.get());
    }
  }

  private void write(Link link, Writer writer) throws LinkLost, InterruptedException {
    long now = clock.now();
    if (writer.isStuck(now)) throw new LinkLost("post not answered");
    boolean isWriting = clock.phase() == Phase.WRITING;
    for (var post = writer.next(now, isWriting);
        post.isPresent();
        post = writer.next(now, isWriting)) link.say(post.get());
  }

  private void reopen(Link link) throws LinkLost, InterruptedException {
    if (reopenAt.isEmpty()) return;
    var due =
        reopenAt.entrySet().stream()
            .filter(entry -> entry.getValue() <= clock.now())
            .map(Map.Entry::getKey)
            .toList();
    for (var room : due) {
      reopenAt.remove(room);
      var reader = readers.get(room);
      if (reader != null) link.say(new ClientFrame.Open(room, OptionalLong.of(reader.place())));
    }
  }

  private void take(ServerFrame frame) {
    long now = clock.now();
    switch (frame) {
      case ServerFrame.Entries(var room, var entries) -> {
        var reader = readers.get(room);
        if (reader != null) reader.given(entries, now);
        pulse.delivered(entries.size());
      }
      case ServerFrame.Complete(var room, var seq) -> in(room, reader -> reader.toldComplete(seq));
      case ServerFrame.Gap(var room, var from, var to) ->
          in(room, reader -> reader.toldGap(from, to));
      case ServerFrame.Ack(var id, var room, var seq, var at) -> {
        if (writer.isPresent() && writer.get().acknowledged(id, seq, at, now))
          pulse.acknowledged(room, now);
      }
      case ServerFrame.Closed(var room, var code, _) -> {
        pulse.refused("room closed: " + code);
        reopenAt.put(room, now + RETRY_MILLIS);
      }
      case ServerFrame.Problem problem -> refused(problem, now);
      case ServerFrame.Welcome _,
          ServerFrame.Page _,
          ServerFrame.Inbox _,
          ServerFrame.Presence _,
          ServerFrame.Contacts _,
          ServerFrame.Typing _,
          ServerFrame.Receipts _,
          ServerFrame.Pong _,
          ServerFrame.Goodbye _ -> {}
    }
  }

  private void in(String room, Consumer<Reader> what) {
    Optional.ofNullable(readers.get(room)).ifPresent(what);
  }

  private void refused(ServerFrame.Problem problem, long now) {
    pulse.refused(problem.code());
    long again =
        now + Math.max(problem.retryAfterMillis().orElse(0), random.nextLong(RETRY_MILLIS));
    if (problem.id().isPresent())
      writer.ifPresent(it -> it.refused(problem.id().get(), problem.code(), again));
    boolean isOfRoom = problem.id().isEmpty() || problem.code().equals(Code.ROOM_NOT_OPEN.wire());
    if (isOfRoom) problem.room().ifPresent(room -> reopenAt.put(room, again));
  }

  Optional<Writer> writer() {
    return writer;
  }

  /// Whether everything it sent was answered, and it has each room up to here.
  boolean isDone(Map<String, Long> ends) {
    return writer.map(it -> it.unanswered() == 0).orElse(true)
        && readers.entrySet().stream()
            .allMatch(it -> it.getValue().place() >= ends.getOrDefault(it.getKey(), 0L));
  }

  /// To be asked when it has ended.
  List<Post> posts(String room) {
    return writer.filter(it -> it.room().equals(room)).map(Writer::posts).orElse(List.of());
  }

  /// To be asked when it has ended.
  Optional<Reading> reading(String room) {
    return Optional.ofNullable(readers.get(room)).map(it -> it.reading(login.user()));
  }
}
