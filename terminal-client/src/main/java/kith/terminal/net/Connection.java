package kith.terminal.net;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import kith.protocol.frame.ClientFrame;
import org.jspecify.annotations.Nullable;

/// A session that lives: the thread, the socket and the clock around `SessionUpdate`.
///
/// Events come on the connection's own thread, one at a time. While the listener works, no more is
/// read from the socket. After `Ended` nothing is taken any more; a new login needs a new
/// connection.
public final class Connection implements AutoCloseable {
  private static final int MOST_INPUTS = 4_096;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final TokenSource tokens;
  private final Outbox outbox;
  private final Consumer<NetEvent> listener;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final RandomGenerator dice = RandomGenerator.getDefault();
  private final Clock clock = Clock.systemUTC();
  private final BlockingQueue<NetInput> inputs = new ArrayBlockingQueue<>(MOST_INPUTS);
  private final ArrayDeque<NetInput> own = new ArrayDeque<>();
  private final Thread loop;
  private SessionModel model;
  private @Nullable Socket socket;

  private Connection(
      List<URI> nodes,
      TokenSource tokens,
      Outbox outbox,
      boolean hasInbox,
      Consumer<NetEvent> listener) {
    this.tokens = tokens;
    this.outbox = outbox;
    this.listener = listener;
    model = SessionModel.of(nodes, hasInbox, outbox.left());
    loop = Thread.ofPlatform().name("kith-connection").daemon().unstarted(this::run);
  }

  /// The outbox is closed with the connection.
  public static Connection start(
      List<URI> nodes, TokenSource tokens, Outbox outbox, Consumer<NetEvent> listener) {
    return start(new Connection(nodes, tokens, outbox, false, listener));
  }

  /// The same for somebody who is shown all rooms: `Inbox` events come, too.
  public static Connection withInbox(
      List<URI> nodes, TokenSource tokens, Outbox outbox, Consumer<NetEvent> listener) {
    return start(new Connection(nodes, tokens, outbox, true, listener));
  }

  private static Connection start(Connection connection) {
    connection.say(new NetInput.Start());
    connection.loop.start();
    return connection;
  }

  /// Entries from now on.
  public void open(String room) {
    say(new NetInput.Open(room, OptionalLong.empty()));
  }

  /// Entries with a `seq` above `after`.
  public void open(String room, long after) {
    say(new NetInput.Open(room, OptionalLong.of(after)));
  }

  public void close(String room) {
    say(new NetInput.Close(room));
  }

  /// The answer is a `Sent` or a `Failed` event, however long that takes.
  public void post(ClientFrame.Post post) {
    say(new NetInput.Post(post));
  }

  /// The answer is a `Page` or a `NoPage` event.
  public void history(ClientFrame.History question) {
    say(new NetInput.History(question));
  }

  /// Told to the node now and then, and on the next connection if there is none.
  public void read(String room, long seq) {
    say(new NetInput.Read(room, seq));
  }

  /// Told to the node at once, or not at all.
  public void unread(String room, long seq) {
    say(new NetInput.Unread(room, seq));
  }

  /// The answer are `Presence` events, until others are watched.
  public void watch(ClientFrame.Watch whom) {
    say(new NetInput.Watch(whom));
  }

  public void typing(String room) {
    say(new NetInput.Typing(room));
  }

  /// The answer is a `Receipts` event, if the room is a big one.
  public void countReceipts(String room, long seq) {
    say(new NetInput.CountReceipts(room, seq));
  }

  public void idle(boolean is) {
    say(new NetInput.Idle(is));
  }

  /// Somebody is there and waits: a long pause before the next try is cut short.
  public void wake() {
    say(new NetInput.Wake());
  }

  /// Ends the connection. What is not answered stays in the outbox.
  @Override
  public void close() {
    say(new NetInput.Stop());
    if (Thread.currentThread() == loop) return;
    try {
      loop.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(NetInput input) {
    if (Thread.currentThread() == loop) {
      own.add(input);
      return;
    }
    try {
      while (!inputs.offer(input, 100, TimeUnit.MILLISECONDS)) {
        if (!loop.isAlive()) return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!(model.link() instanceof Link.Over)) {
        var input = next();
        handle(input);
        if (socket != null && isOfSocket(input)) socket.more();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      if (socket != null) socket.drop();
      closeOutbox();
    }
  }

  private NetInput next() throws InterruptedException {
    var mine = own.poll();
    if (mine != null) return mine;
    var wake = model.nextWake();
    long wait = wake.isPresent() ? wake.getAsLong() - clock.millis() : IDLE.toMillis();
    var input = inputs.poll(Math.clamp(wait, 1, IDLE.toMillis()), TimeUnit.MILLISECONDS);
    return input == null ? new NetInput.Tick() : input;
  }

  private boolean isOfSocket(NetInput input) {
    return (input instanceof NetInput.Received(var from, _) && from == model.socket())
        || (input instanceof NetInput.Heard(var heard) && heard == model.socket());
  }

  private void handle(NetInput input) {
    var step = SessionUpdate.update(model, input, new Moment(clock.millis(), dice.nextDouble()));
    model = step.model();
    step.requests().forEach(this::carryOut);
  }

  private void carryOut(NetRequest request) {
    switch (request) {
      case NetRequest.FetchToken(var fresh) -> Thread.ofVirtual().start(() -> fetchToken(fresh));
      case NetRequest.Dial(var number, var node) ->
          socket = Socket.dial(client, number, node, this::say);
      case NetRequest.Transmit(var number, var frame) -> {
        if (socket != null && number == model.socket()) socket.send(frame);
      }
      case NetRequest.Drop _ -> {
        if (socket != null) socket.drop();
      }
      case NetRequest.Store(var post) -> say(store(post));
      case NetRequest.Forget(var post) -> forget(post);
      case NetRequest.Tell(var event) -> listener.accept(event);
    }
  }

  private void fetchToken(boolean fresh) {
    say(
        switch (tokens.token(fresh)) {
          case TokenSource.Token(var text) -> new NetInput.TokenGiven(text);
          case TokenSource.LogInAgain(var code, var message) ->
              new NetInput.TokenRefused(code, message);
          case TokenSource.NotNow(var reason) -> new NetInput.TokenUnreachable(reason);
        });
  }

  private NetInput store(ClientFrame.Post post) {
    try {
      outbox.add(post);
      return new NetInput.Stored(post);
    } catch (IOException fault) {
      return new NetInput.NotStored(post, "The outbox cannot be written: " + fault.getMessage());
    }
  }

  private void forget(ClientFrame.Post post) {
    try {
      outbox.remove(post);
    } catch (IOException _) {
      // it stays on disk, is tried again by the next run, and is known to the node by its id
    }
  }

  private void closeOutbox() {
    try {
      outbox.close();
    } catch (IOException _) {
      // every post in it was forced to disk when it was written
    }
  }
}
