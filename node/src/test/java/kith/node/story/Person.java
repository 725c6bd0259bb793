package kith.node.story;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Inboxes;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import org.jspecify.annotations.Nullable;

/// A user in a story: an account on one device, with a real socket. Waits for expected frames with
/// a deadline, and fails with all received frames.
public final class Person implements AutoCloseable {
  private final HttpClient client;
  private final String name;
  private final String password;
  private Accounts.Tokens tokens;
  private URI node;
  private @Nullable WebSocket socket;
  private final List<ServerFrame> heard = new ArrayList<>();
  private OptionalInt closeCode = OptionalInt.empty();
  private boolean isListening = true;

  /// Frames of earlier sockets are ignored.
  private @Nullable Ears current;

  private Person(
      HttpClient client, URI node, String name, String password, Accounts.Tokens tokens) {
    this.client = client;
    this.node = node;
    this.name = name;
    this.password = password;
    this.tokens = tokens;
  }

  public static Person signsUp(URI node, String name) {
    return signsUp(Rest.CLIENT, node, name);
  }

  static Person signsUp(HttpClient client, URI node, String name) {
    var password = "a long enough secret of " + name;
    var tokens =
        new Rest(client, node, Optional.empty())
            .post(
                "/v1/accounts",
                new Accounts.SignUp(
                    name,
                    password,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            .as(Accounts.Tokens.class);
    return new Person(client, node, name, password, tokens);
  }

  /// The same account on another device.
  public Person onAnotherDevice() {
    return new Person(client, node, name, password, logIn());
  }

  private Accounts.Tokens logIn() {
    return new Rest(client, node, Optional.empty())
        .post("/v1/tokens", new Accounts.LogIn(name, password, Optional.empty(), Optional.empty()))
        .as(Accounts.Tokens.class);
  }

  public String name() {
    return name;
  }

  String accessToken() {
    return tokens.accessToken().orElseThrow();
  }

  /// Uses the node at this address from now on.
  public void goesTo(URI node) {
    this.node = node;
  }

  Rest rest() {
    return new Rest(client, node, tokens.accessToken());
  }

  void logsOut() {
    rest().send("DELETE", "/v1/devices/current", Optional.empty());
  }

  public String makesRoom(String room, Visibility visibility) {
    return rest()
        .post(
            "/v1/rooms",
            new RoomRequests.CreateRoom(
                room,
                Optional.empty(),
                Optional.of(visibility),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty()))
        .as(RoomAnswers.Room.class)
        .room();
  }

  public void joins(String room) {
    rest()
        .post(
            "/v1/rooms/" + room + "/join",
            new RoomRequests.JoinRoom(Optional.empty(), Optional.empty()))
        .as(RoomAnswers.Room.class);
  }

  /// Starts or finds the conversation with a user.
  String talksTo(String user) {
    return rest()
        .send("PUT", "/v1/users/" + user + "/conversation", Optional.empty())
        .as(RoomAnswers.Room.class)
        .room();
  }

  public List<Entry> history(String room) {
    var entries = new ArrayList<Entry>();
    var more = true;
    while (more) {
      var after = entries.isEmpty() ? 0 : entries.getLast().seq();
      var page =
          rest()
              .getWhenAvailable("/v1/rooms/" + room + "/entries?limit=200&after=" + after)
              .as(RoomAnswers.EntryPage.class);
      entries.addAll(page.entries());
      more = page.more();
    }
    return entries;
  }

  /// Opens a socket and sends hello.
  public void connects() {
    connects(Map.of());
  }

  public void connects(Map<String, Long> resume) {
    connects(new ClientFrame.Hello(tokens.accessToken(), resume));
  }

  private void connects(ClientFrame.Hello hello) {
    opensSocket();
    says(hello);
    hears(ServerFrame.Welcome.class, _ -> true);
  }

  /// Opens a socket without sending hello.
  void opensSocket() {
    var ears = new Ears();
    synchronized (heard) {
      heard.clear();
      closeCode = OptionalInt.empty();
      current = ears;
    }
    var address = URI.create(node.toString().replaceFirst("^http", "ws")).resolve("/v1/socket");
    try {
      socket =
          client
              .newWebSocketBuilder()
              .subprotocols("kith.v1")
              .buildAsync(address, ears)
              .get(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException fault) {
      throw new AssertionError(name + " could not connect", fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private WebSocket socket() {
    if (socket == null) throw new AssertionError(name + " is not connected");
    return socket;
  }

  void connectsWithInbox() {
    connects(new ClientFrame.Hello(tokens.accessToken(), Map.of(), Optional.of(true)));
    hears(ServerFrame.Inbox.class, ServerFrame.Inbox::whole);
  }

  /// Waits until the latest row of a room matches.
  InboxRoom inbox(String room, Predicate<InboxRoom> wanted) {
    return until(
        frames -> {
          var row = row(frames, room);
          return row.filter(wanted);
        },
        "its inbox");
  }

  /// Waits until the latest receipt of a user matches.
  ServerFrame.Receipt receipt(String room, String user, Predicate<ServerFrame.Receipt> wanted) {
    return until(
        frames -> {
          var all = receipts(frames, room, user);
          return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()).filter(wanted);
        },
        "a receipt of " + user);
  }

  List<ServerFrame.Receipt> receipts(String room, String user) {
    synchronized (heard) {
      return receipts(heard, room, user);
    }
  }

  private static List<ServerFrame.Receipt> receipts(
      List<ServerFrame> frames, String room, String user) {
    var all = new ArrayList<ServerFrame.Receipt>();
    for (var frame : frames)
      if (frame instanceof ServerFrame.Receipts it && it.room().equals(room))
        for (var receipt : it.users().orElse(List.of()))
          if (receipt.user().equals(user)) all.add(receipt);
    return all;
  }

  void losesFromInbox(String room) {
    hears(ServerFrame.Inbox.class, inbox -> inbox.removed().contains(room));
  }

  private static Optional<InboxRoom> row(List<ServerFrame> frames, String room) {
    var row = Optional.<InboxRoom>empty();
    for (var frame : frames)
      if (frame instanceof ServerFrame.Inbox inbox)
        for (var change : inbox.rooms())
          if (change.room().equals(room))
            row = Optional.of(row.map(before -> merged(before, change)).orElse(change));
    return row;
  }

  /// Fields absent from a change keep their values.
  private static InboxRoom merged(InboxRoom before, InboxRoom change) {
    return new InboxRoom(
        change.room(),
        change.name().or(before::name),
        change.visibility().or(before::visibility),
        change.with().or(before::with),
        change.seq(),
        change.read(),
        change.unread(),
        change.unreadFrom(),
        change.mentions(),
        change.muted(),
        change
            .latest()
            .or(() -> change.latestHidden().orElse(false) ? Optional.empty() : before.latest()),
        change.latestHidden());
  }

  List<InboxRoom> inboxOverRest() {
    return rest().get("/v1/account/inbox").as(Inboxes.Inbox.class).rooms();
  }

  void mutes(String room) {
    rest().send("PUT", "/v1/account/muted/" + room, Optional.empty());
  }

  /// Watches these users from now on.
  void watches(String room, String... users) {
    forgets();
    says(new ClientFrame.Watch(Optional.of(room), List.of(users)));
    hears(ServerFrame.Presence.class, ServerFrame.Presence::whole);
  }

  /// Waits until the latest presence of a watched user matches.
  UserPresence sees(String who, Predicate<UserPresence> wanted) {
    return until(frames -> whereabouts(frames, who).filter(wanted), "presence of " + who);
  }

  private static Optional<UserPresence> whereabouts(List<ServerFrame> frames, String who) {
    return frames.stream()
        .filter(ServerFrame.Presence.class::isInstance)
        .flatMap(frame -> ((ServerFrame.Presence) frame).users().stream())
        .filter(it -> it.user().equals(who))
        .reduce((_, later) -> later);
  }

  /// The statuses received of a user since the last watch, in order.
  List<Status> statuses(String who) {
    synchronized (heard) {
      return heard.stream()
          .filter(ServerFrame.Presence.class::isInstance)
          .flatMap(frame -> ((ServerFrame.Presence) frame).users().stream())
          .filter(it -> it.user().equals(who))
          .map(UserPresence::status)
          .toList();
    }
  }

  void says(ClientFrame frame) {
    saysRaw(Json.text(frame));
  }

  void saysRaw(String text) {
    socket()
        .sendText(text, true)
        .orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  public void opens(String room) {
    says(new ClientFrame.Open(room, OptionalLong.empty()));
    hears(ServerFrame.Complete.class, frame -> frame.room().equals(room));
  }

  public void opens(String room, long after) {
    says(new ClientFrame.Open(room, OptionalLong.of(after)));
    hears(ServerFrame.Complete.class, frame -> frame.room().equals(room));
  }

  /// Sends, and waits for the ack.
  public ServerFrame.Ack says(String room, String text) {
    return says(room, UUID.randomUUID().toString(), text);
  }

  public ServerFrame.Ack says(String room, String id, String text) {
    says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
    return isAcked(id);
  }

  /// Sends a refused message again with the same id, for example while a room moves.
  ///
  /// @return the seq of the message
  long saysUntilAcked(String room, String text) {
    var id = UUID.randomUUID().toString();
    for (var times = 1; ; times++) {
      says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
      var asked = times;
      var seq =
          until(
              frames -> {
                var ack = seq(frames, id);
                return ack.isPresent() || refusals(frames, id) == asked
                    ? Optional.of(ack)
                    : Optional.empty();
              },
              "an answer to '" + text + "'");
      if (seq.isPresent()) return seq.getAsLong();
    }
  }

  private static OptionalLong seq(List<ServerFrame> frames, String id) {
    return frames.stream()
        .filter(it -> it instanceof ServerFrame.Ack ack && ack.id().equals(id))
        .mapToLong(it -> ((ServerFrame.Ack) it).seq())
        .findAny();
  }

  private static long refusals(List<ServerFrame> frames, String id) {
    return frames.stream()
        .filter(it -> it instanceof ServerFrame.Problem no && no.id().equals(Optional.of(id)))
        .count();
  }

  ServerFrame.Ack isAcked(String id) {
    return hears(ServerFrame.Ack.class, ack -> ack.id().equals(id));
  }

  ServerFrame.Problem isRefused(String id) {
    return hears(ServerFrame.Problem.class, it -> it.id().equals(Optional.of(id)));
  }

  ServerFrame.Problem hearsProblem() {
    return hears(ServerFrame.Problem.class, _ -> true);
  }

  /// All entries of a room received on this socket. Fails if they have a gap or are out of order.
  public List<Entry> log(String room) {
    synchronized (heard) {
      var entries = new ArrayList<Entry>();
      for (var frame : heard)
        if (frame instanceof ServerFrame.Entries(var of, var some) && of.equals(room))
          entries.addAll(some);
      for (var i = 1; i < entries.size(); i++)
        if (entries.get(i).seq() != entries.get(i - 1).seq() + 1)
          throw new AssertionError(name + " has a hole or a double:\n" + transcript());
      return entries;
    }
  }

  public List<String> texts(String room) {
    return log(room).stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .flatMap(message -> message.body().stream())
        .toList();
  }

  public void sees(String room, String text) {
    until(_ -> texts(room).contains(text) ? Optional.of(text) : Optional.empty(), "'" + text + "'");
  }

  void seesEntry(String room, Predicate<Entry> which, String what) {
    until(_ -> log(room).stream().filter(which).findFirst(), what);
  }

  <T extends ServerFrame> T hears(Class<T> type, Predicate<T> which) {
    return until(
        frames ->
            frames.stream().filter(type::isInstance).map(type::cast).filter(which).findFirst(),
        type.getSimpleName());
  }

  int isHungUpOn() {
    return until(
        _ -> closeCode.isEmpty() ? Optional.empty() : Optional.of(closeCode.getAsInt()), "close");
  }

  /// Reads nothing more from the socket, so that TCP backpressure stops the node.
  void stopsListening() {
    synchronized (heard) {
      isListening = false;
    }
  }

  void listensAgain() {
    synchronized (heard) {
      isListening = true;
      socket().request(1);
    }
  }

  boolean hasHeard(Class<? extends ServerFrame> type) {
    synchronized (heard) {
      return heard.stream().anyMatch(type::isInstance);
    }
  }

  /// Drops the received frames, to wait for new ones.
  void forgets() {
    synchronized (heard) {
      heard.clear();
    }
  }

  private <T> T until(Function<List<ServerFrame>, Optional<T>> wanted, String what) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    synchronized (heard) {
      while (true) {
        var found = wanted.apply(heard);
        if (found.isPresent()) return found.get();
        var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0)
          throw new AssertionError(
              name + " waited for " + what + " and heard only:\n" + transcript());
        try {
          heard.wait(left);
        } catch (InterruptedException stop) {
          Thread.currentThread().interrupt();
          throw new AssertionError(stop);
        }
      }
    }
  }

  private String transcript() {
    var lines = new StringBuilder();
    var latest = heard.subList(Math.max(0, heard.size() - 50), heard.size());
    for (var frame : latest) lines.append("  ").append("%.300s".formatted(frame)).append('\n');
    return lines.append("  close ").append(closeCode).toString();
  }

  public void losesConnection() {
    if (socket != null) socket.abort();
  }

  void sendsBytes(int length) {
    socket()
        .sendBinary(ByteBuffer.allocate(length), true)
        .orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @Override
  public void close() {
    losesConnection();
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean isLast) {
      partial.append(data);
      if (isLast) {
        hear(partial.toString());
        partial.setLength(0);
      }
      synchronized (heard) {
        if (isListening) socket.request(1);
      }
      return null;
    }

    private void hear(String text) {
      try {
        var frame = Json.serverFrame(text);
        synchronized (heard) {
          if (current == this) heard.add(frame);
          heard.notifyAll();
        }
      } catch (Malformed fault) {
        throw new AssertionError(text, fault);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable fault) {
      ended(1006);
    }

    private void ended(int code) {
      synchronized (heard) {
        if (current == this) closeCode = OptionalInt.of(code);
        heard.notifyAll();
      }
    }
  }
}
