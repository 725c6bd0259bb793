package kith.node.socket;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// One WebSocket, server side, after its handshake: bytes from the network in, bytes to it out, and
/// an [Outbox] to its session between. It serves one connection and is then used up.
///
/// An idle one holds its logic, a reader, an outbox and one timer, and no buffer: about 0.6 KiB.
final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {

  /// @param ping a client that said nothing for so long is pinged
  /// @param silence one that still says nothing is told to the session
  /// @param noProgress so is one that takes nothing for so long
  /// @param frameBytes the largest message a client may send
  /// @param closing how long a client may take over its part of closing
  record Settings(
      Duration ping, Duration silence, Duration noProgress, int frameBytes, Duration closing) {}

  final Inlet<ByteString> in = Inlet.create("Socket.in");
  final Outlet<ByteString> out = Outlet.create("Socket.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  private final Settings settings;
  private final Outbox outbox;

  SocketStage(Settings settings, Outbox outbox) {
    this.settings = settings;
    this.outbox = outbox;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new SocketLogic(this, settings, outbox);
  }
}
