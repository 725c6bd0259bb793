package kith.node.person;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.jspecify.annotations.Nullable;

/// The socket of a person, and the frames received on it. Waits for expected frames with a
/// deadline, and fails with the latest received frames. Fails also if a frame does not match the
/// schema of the socket.
public abstract sealed class Connection implements AutoCloseable permits Talk {
  final HttpClient client;
  private final String name;
  private final List<ServerFrame> heard = new ArrayList<>();
  private URI node;
  private @Nullable WebSocket socket;
  private OptionalInt closeCode = OptionalInt.empty();
  private boolean isListening = true;
  private SocketContract contract = new SocketContract();

  /// Frames of earlier sockets are ignored.
  private @Nullable Ears current;

  Connection(HttpClient client, URI node, String name) {
    this.client = client;
    this.node = node;
    this.name = name;
  }

  public String name() {
    return name;
  }

  URI node() {
    return node;
  }

  /// Uses the node at this address from now on.
  public void goesTo(URI node) {
    this.node = node;
  }

  /// Opens a socket without sending hello.
  public void opensSocket() {
    contract.check();
    contract = new SocketContract();
    var ears = new Ears(contract);
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

  public void says(ClientFrame frame) {
    saysRaw(Json.text(frame));
  }

  public void saysRaw(String text) {
    contract.sent(text);
    await(socket().sendText(text, true));
  }

  public void sendsBytes(int length) {
    await(socket().sendBinary(ByteBuffer.allocate(length), true));
  }

  private static void await(CompletableFuture<WebSocket> sent) {
    sent.orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  public <T extends ServerFrame> T hears(Class<T> type, Predicate<T> which) {
    return until(
        frames ->
            frames.stream().filter(type::isInstance).map(type::cast).filter(which).findFirst(),
        type.getSimpleName());
  }

  public boolean hasHeard(Class<? extends ServerFrame> type) {
    return heard().stream().anyMatch(type::isInstance);
  }

  /// The frames received on this socket, in order.
  public List<ServerFrame> heard() {
    contract.check();
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  /// Drops the received frames, to wait for new ones.
  public void forgets() {
    synchronized (heard) {
      heard.clear();
    }
  }

  public int isHungUpOn() {
    return until(
        _ -> closeCode.isEmpty() ? Optional.empty() : Optional.of(closeCode.getAsInt()), "close");
  }

  /// Reads nothing more from the socket, so that TCP backpressure stops the node.
  public void stopsListening() {
    synchronized (heard) {
      isListening = false;
    }
  }

  public void listensAgain() {
    synchronized (heard) {
      isListening = true;
      socket().request(1);
    }
  }

  public void losesConnection() {
    if (socket != null) socket.abort();
  }

  @Override
  public void close() {
    losesConnection();
    contract.check();
  }

  /// Waits until the received frames give a result.
  <T> T until(Function<List<ServerFrame>, Optional<T>> wanted, String what) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    synchronized (heard) {
      while (true) {
        contract.check();
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

  /// Waits for the next frame, at most this long.
  void awaitsFrame(Duration longest) {
    synchronized (heard) {
      try {
        heard.wait(longest.toMillis());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new AssertionError(stop);
      }
    }
  }

  String transcript() {
    synchronized (heard) {
      var lines = new StringBuilder();
      var latest = heard.subList(Math.max(0, heard.size() - 50), heard.size());
      for (var frame : latest) lines.append("  ").append("%.300s".formatted(frame)).append('\n');
      return lines.append("  close ").append(closeCode).toString();
    }
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();
    private final SocketContract contract;

    Ears(SocketContract contract) {
      this.contract = contract;
    }

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
      contract.received(text);
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
