package kith.node.gateway.socket;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The logic of a [ConnectionStage]: passes bytes between the network and pekko-http, which runs as
/// a separate stream in the same actor, until the handshake passes.
final class ConnectionLogic extends GraphStageLogic {
  /// The first bytes of the answer after which a connection speaks WebSocket. pekko-http writes the
  /// head of an answer in one piece.
  private static final ByteString SWITCHING = ByteString.fromString("HTTP/1.1 101 ");

  private static final ByteString TIMEOUT =
      ByteString.fromString(
          "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

  private final FlowShape<ByteString, ByteString> network;
  private final Inlet<ByteString> in;
  private final Outlet<ByteString> out;
  private final CompletableFuture<Done> over;
  private final Upgrade upgrade = new Upgrade();
  private @Nullable Http http;
  private @Nullable SocketLogic socket;

  ConnectionLogic(
      FlowShape<ByteString, ByteString> network,
      Function<Upgrade, Flow<ByteString, ByteString, ?>> layer,
      Duration longestHead,
      CompletableFuture<Done> over) {
    super(network);
    this.network = network;
    this.in = network.in();
    this.out = network.out();
    this.over = over;
    this.http = new Http(layer.apply(upgrade), longestHead);
  }

  @Override
  public void preStart() {
    if (http != null) http.start();
  }

  /// Makes the connection a WebSocket. The HTTP layer ends and can be garbage-collected.
  private void become(Upgrade.Socket next) {
    http = null;
    socket = new SocketLogic(this, network, next.settings(), next.outbox());
    // no event would tell the socket that the client has disconnected meanwhile
    if (isClosed(in)) completeStage();
    else socket.start();
  }

  @Override
  public void postStop() {
    if (http != null) http.stopWaitingForHead();
    var last = upgrade.socket();
    if (socket != null) socket.ended();
    else if (last != null) last.outbox().end();
    over.complete(Done.getInstance());
  }

  /// The connection while it speaks HTTP.
  private final class Http {
    private final Flow<ByteString, ByteString, ?> layer;
    private final Duration longestHead;
    private final AsyncCallback<Done> headIsLate = createAsyncCallback(_ -> onLateHead());
    private @Nullable Cancellable head;
    private long receivedBeforeHead;
    private final SubSourceOutlet<ByteString> requests =
        new SubSourceOutlet<>("Connection.requests");
    private final SubSinkInlet<ByteString> answers = new SubSinkInlet<>("Connection.answers");

    Http(Flow<ByteString, ByteString, ?> layer, Duration longestHead) {
      this.layer = layer;
      this.longestHead = longestHead;
      setHandler(in, new FromClient());
      setHandler(out, new ToClient());
      requests.setHandler(new Requests());
      answers.setHandler(new Answers());
    }

    void start() {
      var _ =
          Source.fromGraph(requests.source())
              .via(layer)
              .to(answers.sink())
              .run(subFusingMaterializer());
    }

    /// Bytes arrived: either of a request that is under way, or the first of the next one.
    private void awaitHead() {
      if (isHeadComplete()) stopWaitingForHead();
      if (head != null || upgrade.hasOpenRequest()) return;
      receivedBeforeHead = upgrade.received();
      head =
          materializer()
              .scheduleOnce(
                  scala.concurrent.duration.Duration.create(
                      longestHead.toNanos(), TimeUnit.NANOSECONDS),
                  () -> headIsLate.invoke(Done.getInstance()));
    }

    private boolean isHeadComplete() {
      return upgrade.received() != receivedBeforeHead;
    }

    private void stopWaitingForHead() {
      if (head != null) head.cancel();
      head = null;
    }

    private void onLateHead() {
      if (isOver() || head == null || isHeadComplete()) return;
      if (isAvailable(out)) push(out, TIMEOUT);
      completeStage();
    }

    private boolean isOver() {
      return http != this;
    }

    private void end() {
      requests.complete();
      answers.cancel();
    }

    private final class FromClient extends AbstractInHandler {
      @Override
      public void onPush() {
        awaitHead();
        requests.push(grab(in));
      }

      @Override
      public void onUpstreamFinish() {
        requests.complete();
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        requests.fail(cause);
      }
    }

    private final class Requests extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!isOver() && !isClosed(in) && !hasBeenPulled(in)) pull(in);
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        if (!isOver()) cancel(in, cause);
      }
    }

    private final class Answers extends AbstractInHandler {
      @Override
      public void onPush() {
        stopWaitingForHead();
        var bytes = answers.grab();
        push(out, bytes);
        var next = upgrade.socket();
        if (next != null && bytes.take(SWITCHING.length()).equals(SWITCHING)) {
          end();
          become(next);
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (!isOver()) complete(out);
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        if (!isOver()) fail(out, cause);
      }
    }

    private final class ToClient extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!answers.isClosed() && !answers.hasBeenPulled()) answers.pull();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        answers.cancel(cause);
      }
    }
  }
}
