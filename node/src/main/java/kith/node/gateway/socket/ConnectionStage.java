package kith.node.gateway.socket;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// One connection of a client: HTTP, until a request is answered with a WebSocket handshake; from
/// then on the WebSocket and nothing else (`docs/decisions/008-http-ends-with-the-handshake.md`).
/// It serves one connection and is then used up.
public final class ConnectionStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final FlowShape<ByteString, ByteString> network =
      FlowShape.of(Inlet.create("Connection.in"), Outlet.create("Connection.out"));

  private final Function<Upgrade, Flow<ByteString, ByteString, ?>> http;
  private final Duration longestHead;
  private final CompletableFuture<Done> over = new CompletableFuture<>();

  /// @param http answers bytes from the network, and adds the [Upgrade] to each request
  /// @param longestHead the time from the first byte of a request until its head is complete
  public ConnectionStage(
      Function<Upgrade, Flow<ByteString, ByteString, ?>> http, Duration longestHead) {
    this.http = http;
    this.longestHead = longestHead;
  }

  /// Done when the connection has ended, for any reason.
  public CompletionStage<Done> over() {
    return over;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return network;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new ConnectionLogic(network, http, longestHead, over);
  }
}
