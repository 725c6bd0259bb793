package kith.node.gateway.socket;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/// A socket without the HTTP exchange before it.
final class SocketStage extends GraphStage<FlowShape<ByteString, ByteString>> {
  private final FlowShape<ByteString, ByteString> network =
      FlowShape.of(Inlet.create("Socket.in"), Outlet.create("Socket.out"));

  private final SocketSettings settings;
  private final Outbox outbox;

  SocketStage(SocketSettings settings, Outbox outbox) {
    this.settings = settings;
    this.outbox = outbox;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return network;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private final SocketLogic socket = new SocketLogic(this, network, settings, outbox);

    Logic() {
      super(network);
      setHandler(network.in(), socket);
      setHandler(network.out(), socket);
    }

    @Override
    public void preStart() {
      socket.start();
    }

    @Override
    public void postStop() {
      socket.ended();
    }
  }
}
