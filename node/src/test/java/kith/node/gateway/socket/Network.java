package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import org.apache.pekko.util.ByteString;

/// A client of a [SocketHandler], without the HTTP exchange before it, and the network between
/// them. The network takes a push only when the test reads it.
record Network(Socket client, BlockingQueue<Push> pushes) implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int PATIENCE_MILLIS = (int) TimeUnit.MINUTES.toMillis(3);

  /// Bytes that the socket gave to the network.
  record Push(ByteString bytes, ChannelPromise taken) {}

  /// Settings under which no timer fires.
  static SocketSettings patient() {
    return settings(LONG, LONG, LONG, LONG);
  }

  static SocketSettings settings(
      Duration ping, Duration silence, Duration noProgress, Duration closing) {
    return new SocketSettings(ping, silence, noProgress, 65_536, 16, closing);
  }

  static Network open(Loops loops, Outbox outbox, SocketSettings settings) throws Exception {
    var pushes = new LinkedBlockingQueue<Push>();
    var server =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.kind().server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new Holds(pushes), new SocketHandler(settings, outbox));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    try {
      var address = (InetSocketAddress) server.localAddress();
      var client = new Socket(address.getAddress(), address.getPort());
      client.setSoTimeout(PATIENCE_MILLIS);
      return new Network(client, pushes);
    } finally {
      server.close().sync();
    }
  }

  void says(byte[] said) throws IOException {
    client.getOutputStream().write(said);
  }

  ByteString next() throws InterruptedException {
    var next = pushes.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(next).as("bytes within three minutes").isNotNull();
    next.taken().trySuccess();
    return next.bytes();
  }

  void sees(ByteString expected) throws Exception {
    var seen = next();
    while (seen.length() < expected.length()) {
      seen = seen.concat(next());
    }
    assertThat(seen).isEqualTo(expected);
  }

  void seesAtOnce(ByteString expected) throws Exception {
    assertThat(next()).isEqualTo(expected);
  }

  void seesTheEnd() throws IOException {
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  void isReset() {
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  void hangsUp() throws IOException {
    client.close();
  }

  void breaks() throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /// Waits until the socket has given the network a push.
  void hasTakenTheText(SessionProbe session) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (session.writer.unwritten() > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    // frames can be taken from the outbox before the push, but Drained is sent only after it
    session.writer.signalWhenDrained();
    session.hears(new SocketEvent.Drained());
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private static final class Holds extends ChannelOutboundHandlerAdapter {
    private final BlockingQueue<Push> pushes;

    Holds(BlockingQueue<Push> pushes) {
      this.pushes = pushes;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      pushes.add(new Push(Bytes.take((ByteBuf) message), promise));
    }
  }
}
