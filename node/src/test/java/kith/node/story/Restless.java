package kith.node.story;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.jspecify.annotations.Nullable;

/// A client that keeps to the contract while nodes die: it sends, retries with the same ids,
/// disconnects at random, and resumes. It records all entries and acks, and every violation of the
/// contract that it sees.
final class Restless implements Runnable {
  private final String name;
  private final String token;
  private final List<URI> sockets;
  private final List<String> rooms;
  private final Random random;
  private final Semaphore acksOfAll;
  private final BooleanSupplier goesOn;

  private record Posted(String room, String body) {}

  /// A client with this many posts without an ack writes no more, so a slow machine gets less load.
  private static final int MOST_WAITING = 10;

  /// The node retries a post for about ten seconds before it answers `unavailable`.
  private static final Duration NODE_RETRIES = Duration.ofSeconds(9);

  private final Map<String, List<Entry>> logs = new HashMap<>();
  private final Map<String, Posted> outbox = new LinkedHashMap<>();

  /// The time at which each post of the outbox was last sent.
  private final Map<String, Long> sentAt = new HashMap<>();

  /// Refused posts and rooms, which are sent and opened again in the next step of the loop.
  private final Set<String> postsAgain = new LinkedHashSet<>();

  private final Set<String> opensAgain = new LinkedHashSet<>();
  private final Map<String, Posted> sent = new LinkedHashMap<>();
  private final Map<String, ServerFrame.Ack> acks = new LinkedHashMap<>();
  private final List<String> breaches = new ArrayList<>();
  private @Nullable WebSocket socket;
  private final Map<String, Long> ackedAt = new HashMap<>();
  private long longestSilence;
  private final Set<String> complete = new HashSet<>();
  private int refusedEarly;
  private volatile int pace = 1;

  Restless(
      Person account,
      List<URI> nodes,
      List<String> rooms,
      long seed,
      Semaphore acksOfAll,
      BooleanSupplier goesOn) {
    this.name = account.name();
    this.token = account.accessToken();
    this.sockets = nodes.stream().map(Restless::socket).toList();
    this.rooms = rooms;
    this.random = new Random(seed);
    this.acksOfAll = acksOfAll;
    this.goesOn = goesOn;
    rooms.forEach(room -> logs.put(room, new ArrayList<>()));
  }

  private static URI socket(URI node) {
    return URI.create(node.toString().replaceFirst("^http", "ws")).resolve("/v1/socket");
  }

  @Override
  public void run() {
    while (goesOn.getAsBoolean()) {
      if (isConnected() || connect()) act();
      breathe();
    }
  }

  private synchronized boolean isConnected() {
    return socket != null;
  }

  private boolean connect() {
    try {
      var opened =
          Rest.CLIENT
              .newWebSocketBuilder()
              .subprotocols("kith.v1")
              .connectTimeout(Duration.ofSeconds(2))
              .buildAsync(sockets.get(random.nextInt(sockets.size())), new Ears())
              .orTimeout(5, TimeUnit.SECONDS)
              .join();
      synchronized (this) {
        socket = opened;
        complete.clear();
        postsAgain.clear();
        opensAgain.clear();
        say(new ClientFrame.Hello(Optional.of(token), places()));
        // posts without an ack are sent again with their ids, in their order
        outbox.forEach(this::send);
      }
      return true;
    } catch (CompletionException _) {
      return false;
    }
  }

  private Map<String, Long> places() {
    var places = new HashMap<String, Long>();
    rooms.forEach(room -> places.put(room, place(room)));
    return places;
  }

  /// The seq of the last received entry.
  private long place(String room) {
    var log = logs.getOrDefault(room, List.of());
    return log.isEmpty() ? 0 : log.getLast().seq();
  }

  private synchronized void act() {
    doAgain();
    var dice = random.nextInt(100);
    if (dice < 2) lose();
    else if (dice < 12 && !sent.isEmpty()) retry();
    else if (outbox.size() < MOST_WAITING) post();
  }

  private void post() {
    var id = name + "-" + Long.toHexString(random.nextLong());
    // in turn: the test waits for acks of all rooms
    var room = rooms.get(sent.size() % rooms.size());
    var post = new Posted(room, name + " says " + sent.size());
    sent.put(id, post);
    outbox.put(id, post);
    send(id, post);
  }

  private void retry() {
    var any = List.copyOf(sent.entrySet()).get(random.nextInt(sent.size()));
    send(any.getKey(), any.getValue());
  }

  private void send(String id, Posted post) {
    sentAt.put(id, System.nanoTime());
    say(new ClientFrame.Send(id, post.room(), post.body(), OptionalLong.empty()));
  }

  /// Repeats the requests that were refused for the moment.
  private synchronized void doAgain() {
    for (var room : opensAgain) say(new ClientFrame.Open(room, OptionalLong.of(place(room))));
    opensAgain.clear();
    for (var id : postsAgain) if (outbox.containsKey(id)) send(id, outbox.get(id));
    postsAgain.clear();
  }

  @SuppressWarnings(
      "FutureReturnValueIgnored") // a frame that cannot be sent is noticed as the end of the socket
  private synchronized void say(ClientFrame frame) {
    if (socket != null)
      socket
          .sendText(Json.text(frame), true)
          .whenComplete((_, fault) -> {
            if (fault != null) lose();
          });
  }

  private synchronized void lose() {
    if (socket != null) socket.abort();
    socket = null;
  }

  /// Paces the load; nothing depends on the delay.
  private void breathe() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pace * (1L + random.nextInt(8))));
  }

  /// Slows the client down by this factor.
  Restless calmly(int pace) {
    this.pace = pace;
    return this;
  }

  /// Reconnects, and waits until all its posts have acks and all missed entries were received.
  boolean settles() {
    lose();
    return awaits(() -> outbox.isEmpty() && complete.containsAll(rooms));
  }

  /// Waits until it has the entries of this room up to this one. They may come later than their
  /// acks: a node whose relay lost a moved room has to attach to it again.
  boolean receives(String room, long seq) {
    return awaits(() -> place(room) >= seq);
  }

  private boolean awaits(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      if (!isConnected()) connect();
      doAgain();
      synchronized (this) {
        if (condition.getAsBoolean()) return true;
      }
      breathe();
    }
    return false;
  }

  /// A frame of an earlier socket must not be heard after the resume positions of the next were
  /// sent.
  private synchronized void hear(WebSocket from, ServerFrame frame) {
    if (from != socket) return;
    switch (frame) {
      case ServerFrame.Entries(var room, var entries) -> entries.forEach(entry -> see(room, entry));
      case ServerFrame.Ack ack -> acked(ack);
      case ServerFrame.Complete(var room, var _) -> complete.add(room);
      case ServerFrame.Problem problem -> refused(problem);
      case ServerFrame ignored -> {}
    }
  }

  private void see(String room, Entry entry) {
    var log = logs.computeIfAbsent(room, _ -> new ArrayList<>());
    var last = log.isEmpty() ? 0 : log.getLast().seq();
    if (entry.seq() != last + 1)
      breaches.add(name + " had " + last + " of " + room + " and got " + entry.seq());
    else log.add(entry);
  }

  private void acked(ServerFrame.Ack ack) {
    outbox.remove(ack.id());
    sentAt.remove(ack.id());
    var before = acks.put(ack.id(), ack);
    if (before == null) {
      acksOfAll.release();
      ackedAt.merge(ack.room(), System.nanoTime(), this::noteSilence);
    } else if (before.seq() != ack.seq())
      breaches.add(ack.id() + " was acknowledged as " + before.seq() + " and as " + ack.seq());
  }

  private long noteSilence(long last, long now) {
    longestSilence = Math.max(longestSilence, now - last);
    return now;
  }

  /// True if this client got an ack from every room since then.
  synchronized boolean heardFromAllRoomsSince(long nanos) {
    return rooms.stream().allMatch(room -> ackedAt.getOrDefault(room, nanos) - nanos > 0);
  }

  /// The number of posts that were refused with `unavailable` before the node had retried them for
  /// as long as the contract states.
  synchronized int refusedEarly() {
    return refusedEarly;
  }

  /// The longest time between two acks of a room since the last call.
  synchronized Duration longestSilence() {
    var longest = Duration.ofNanos(longestSilence);
    longestSilence = 0;
    return longest;
  }

  /// Repeats requests whose refusal is temporary by the contract; any other refusal is a breach.
  private void refused(ServerFrame.Problem problem) {
    switch (problem.code()) {
      case "unavailable", "rate-limited", "room-not-open" -> {
        if (problem.code().equals("unavailable")) problem.id().ifPresent(this::noteRefusal);
        problem
            .id()
            .ifPresentOrElse(postsAgain::add, () -> problem.room().ifPresent(opensAgain::add));
      }
      default -> breaches.add(name + " was refused: " + problem);
    }
  }

  private void noteRefusal(String id) {
    var since = sentAt.get(id);
    if (since != null && System.nanoTime() - since < NODE_RETRIES.toNanos()) refusedEarly++;
  }

  synchronized Map<String, ServerFrame.Ack> acks() {
    return Map.copyOf(acks);
  }

  synchronized List<Entry> log(String room) {
    return List.copyOf(logs.get(room));
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  synchronized String state() {
    return name
        + " connected="
        + (socket != null)
        + " unacknowledged="
        + outbox.size()
        + " complete="
        + complete.size();
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      partial.append(data);
      if (isLast) {
        hear(from, parsed(partial.toString()));
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    private static ServerFrame parsed(String text) {
      try {
        return Json.serverFrame(text);
      } catch (Malformed fault) {
        throw new AssertionError(text, fault);
      }
    }

    private boolean isCurrent(WebSocket from) {
      synchronized (Restless.this) {
        return from == socket;
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      if (isCurrent(from)) lose();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      if (isCurrent(from)) lose();
    }
  }
}
