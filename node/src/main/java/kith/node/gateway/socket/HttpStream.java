package kith.node.gateway.socket;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// The end of pekko-http's stream at an [HttpConnection]: takes responses, and emits the client's
/// bytes. It requests bytes and responses one piece at a time, so that a slow side slows the other.
final class HttpStream extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final Inlet<ByteString> answers = Inlet.create("HttpStream.answers");
  private final Outlet<ByteString> requests = Outlet.create("HttpStream.requests");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(answers, requests);

  private final HttpConnection connection;

  HttpStream(HttpConnection connection) {
    this.connection = connection;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic implements HttpConnection.Stream {
    private final AsyncCallback<ByteString> received = createAsyncCallback(this::onReceived);
    private final AsyncCallback<Done> written = createAsyncCallback(_ -> onWritten());
    private final AsyncCallback<Done> over = createAsyncCallback(_ -> onOver());

    /// More than one piece arrives only from a client that closes its side.
    private final Queue<ByteString> waiting = new ArrayDeque<>();

    private boolean isOver;

    Logic() {
      super(shape);
      setHandler(answers, new Answers());
      setHandler(requests, new Requests());
    }

    @Override
    public void preStart() {
      connection.open(this);
      pull(answers);
    }

    /// Nothing follows if the connection has become a WebSocket or has ended.
    @Override
    public void postStop() {
      connection.finish();
    }

    // from the connection, on its thread

    @Override
    public void received(ByteString bytes) {
      received.invoke(bytes);
    }

    @Override
    public void written() {
      written.invoke(Done.getInstance());
    }

    @Override
    public void over() {
      over.invoke(Done.getInstance());
    }

    // in the stream

    private void onReceived(ByteString bytes) {
      if (isAvailable(requests)) push(requests, bytes);
      else if (!isClosed(requests)) waiting.add(bytes);
    }

    private void onWritten() {
      if (!isClosed(answers) && !hasBeenPulled(answers)) pull(answers);
    }

    private void onOver() {
      isOver = true;
      completeIfOver();
    }

    /// A request whose client has left is still handled.
    private void completeIfOver() {
      if (!isOver || !waiting.isEmpty()) return;
      completeStage();
    }

    private final class Requests extends AbstractOutHandler {
      @Override
      public void onPull() {
        var next = waiting.poll();
        if (next == null) {
          connection.read();
        } else {
          push(requests, next);
          completeIfOver();
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        // pekko-http reads no further request; its last answer may follow
        waiting.clear();
        completeIfOver();
      }
    }

    private final class Answers extends AbstractInHandler {
      @Override
      public void onPush() {
        connection.write(grab(answers));
      }

      @Override
      public void onUpstreamFailure(Throwable cause) {
        connection.reset();
        completeStage();
      }
    }
  }
}
