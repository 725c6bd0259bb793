package kith.terminal.net;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import kith.protocol.frame.ClientFrame;
import org.jspecify.annotations.Nullable;

/// Runs a session: the thread, the socket and the clock around `SessionUpdate`.
///
/// Events are delivered on the connection's own thread, one at a time. No frame is read from the
/// socket while the listener runs. After `Ended` all commands are ignored; a new login needs a new
/// connection.
public final class Connection implements AutoCloseable {
  private static final int MAX_INPUTS = 4_096;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final TokenSource tokens;
  private final Outbox outbox;
  private final Consumer<SessionEvent> listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Clock clock = Clock.systemUTC();
  private final BlockingQueue<SessionInput> inputs = new ArrayBlockingQueue<>(MAX_INPUTS);
  private final ArrayDeque<SessionInput> selfInputs = new ArrayDeque<>();
  private final Thread loop;
  private SessionModel model;
  private @Nullable NodeSocket socket;

  private Connection(
      List<URI> nodes,
      TokenSource tokens,
      Outbox outbox,
      boolean hasInbox,
      Consumer<SessionEvent> listener) {
    this.tokens = tokens;
    this.outbox = outbox;
    this.listener = listener;
    model = SessionModel.of(nodes, hasInbox, outbox.unanswered());
    loop = Thread.ofPlatform().name("kith-connection").daemon().unstarted(this::run);
  }

  /// `close` also closes the outbox.
  public static Connection start(
      List<URI> nodes, TokenSource tokens, Outbox outbox, Consumer<SessionEvent> listener) {
    return start(new Connection(nodes, tokens, outbox, false, listener));
  }

  /// Like `start`, and subscribes to the inbox, so `OfAccount` events are delivered too.
  public static Connection withInbox(
      List<URI> nodes, TokenSource tokens, Outbox outbox, Consumer<SessionEvent> listener) {
    return start(new Connection(nodes, tokens, outbox, true, listener));
  }

  private static Connection start(Connection connection) {
    connection.enqueue(new SessionInput.Start());
    connection.loop.start();
    return connection;
  }

  /// Commands are handled one at a time, in order. Blocks while the queue is full.
  public void submit(SessionCommand command) {
    enqueue(command);
  }

  /// Ends the connection. Unanswered posts stay in the outbox.
  @Override
  public void close() {
    enqueue(new SessionInput.Stop());
    if (Thread.currentThread() == loop) return;
    try {
      loop.join(Duration.ofSeconds(5));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void enqueue(SessionInput input) {
    if (Thread.currentThread() == loop) {
      selfInputs.add(input);
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
      while (!(model.phase() instanceof SessionPhase.Ended)) {
        var input = next();
        handle(input);
        if (socket != null && isOfSocket(input)) socket.requestNext();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      if (socket != null) socket.drop();
      closeOutbox();
    }
  }

  private SessionInput next() throws InterruptedException {
    var self = selfInputs.poll();
    if (self != null) return self;
    var wake = model.nextWake();
    long wait = wake.isPresent() ? wake.getAsLong() - clock.millis() : IDLE.toMillis();
    var input = inputs.poll(Math.clamp(wait, 1, IDLE.toMillis()), TimeUnit.MILLISECONDS);
    return input == null ? new SessionInput.Tick() : input;
  }

  private boolean isOfSocket(SessionInput input) {
    return (input instanceof SessionInput.Received(var from, _) && from == model.socket())
        || (input instanceof SessionInput.Heard(var heard) && heard == model.socket());
  }

  private void handle(SessionInput input) {
    var step =
        SessionUpdate.update(model, input, new SessionMoment(clock.millis(), random.nextDouble()));
    model = step.model();
    step.effects().forEach(this::execute);
  }

  private void execute(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.FetchToken(var fresh) -> Thread.ofVirtual().start(() -> fetchToken(fresh));
      case SessionEffect.Dial(var number, var node) ->
          socket = NodeSocket.dial(number, node, this::enqueue);
      case SessionEffect.Transmit(var number, var frame) -> {
        if (socket != null && number == model.socket()) socket.send(frame);
      }
      case SessionEffect.Drop _ -> {
        if (socket != null) socket.drop();
      }
      case SessionEffect.Store(var post) -> enqueue(store(post));
      case SessionEffect.Refuse(var post, var why) -> refuse(post, why);
      case SessionEffect.Forget(var post) -> forget(post);
      case SessionEffect.StoreUpload(var upload) -> listener.accept(stored(upload));
      case SessionEffect.Emit(var event) -> listener.accept(event);
    }
  }

  private void fetchToken(boolean fresh) {
    enqueue(
        switch (tokens.token(fresh)) {
          case TokenSource.Token(var text) -> new SessionInput.TokenGiven(text);
          case TokenSource.LogInAgain(var code, var message) ->
              new SessionInput.TokenRefused(code, message);
          case TokenSource.NotNow(var reason) -> new SessionInput.TokenUnreachable(reason);
        });
  }

  private SessionInput store(ClientFrame.Post post) {
    try {
      outbox.add(post);
      return new SessionInput.Stored(post);
    } catch (IOException fault) {
      return new SessionInput.NotStored(post, unwritable(fault));
    }
  }

  private SessionEvent stored(PendingUpload upload) {
    try {
      outbox.addUpload(upload);
      return new SessionEvent.UploadKept(upload);
    } catch (IOException fault) {
      return new SessionEvent.UploadNotKept(upload, unwritable(fault));
    }
  }

  private static String unwritable(IOException fault) {
    return "The outbox cannot be written: " + fault.getMessage();
  }

  private void refuse(ClientFrame.Post post, String why) {
    try {
      outbox.refuse(post, why);
    } catch (IOException _) {
      // the next run sends the post again and it is refused again
    }
  }

  private void forget(ClientFrame.Post post) {
    try {
      outbox.remove(post);
    } catch (IOException _) {
      // the post stays on disk; the next run sends it again and the node deduplicates it by its id
    }
  }

  private void closeOutbox() {
    try {
      outbox.close();
    } catch (IOException _) {
      // each post was forced to disk when it was added
    }
  }
}
