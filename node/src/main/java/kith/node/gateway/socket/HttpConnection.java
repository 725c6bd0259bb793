package kith.node.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.node.platform.config.Portions;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// A connection while it speaks HTTP: it carries bytes between the network and pekko-http, which
/// runs as a stream. After a request is answered with a WebSocket handshake, a [SocketHandler]
/// takes its place.
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /// The first bytes of the response that makes a connection a WebSocket. pekko-http writes the
  /// head of an answer in one piece.
  private static final ByteString SWITCHING = ByteString.fromString("HTTP/1.1 101 ");

  private static final ByteString TIMEOUT =
      ByteString.fromString(
          "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

  /// The stream's side. All methods may be called from any thread.
  interface Stream {
    void received(ByteString bytes);

    /// The network has taken the bytes given to `write`.
    void written();

    /// The connection has ended, or is no longer HTTP.
    void over();
  }

  private final Channel channel;
  private final Duration longestHead;
  private final Consumer<? super HttpConnection> http;
  private final Upgrade upgrade = new Upgrade();

  private @Nullable Stream stream;
  private @Nullable Future<?> head;
  private long receivedBeforeHead;
  private long unasked;
  private boolean over;

  /// @param http runs the stream; it calls `open` first
  HttpConnection(Channel channel, Duration longestHead, Consumer<? super HttpConnection> http) {
    this.channel = channel;
    this.longestHead = longestHead;
    this.http = http;
  }

  Channel channel() {
    return channel;
  }

  Upgrade upgrade() {
    return upgrade;
  }

  // from the network

  @Override
  public void channelActive(ChannelHandlerContext context) {
    http.accept(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = Bytes.take((ByteBuf) message);
    if (over || stream == null) return;
    unasked += bytes.length();
    if (unasked > 4L * Portions.PUSH_BYTES) {
      // more than was asked for arrives only from a client that has closed its side
      var _ = channel.close();
      return;
    }
    awaitHead();
    stream.received(bytes);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    upgrade.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Faults.report(cause);
    var _ = channel.close();
  }

  /// Bytes arrived: either of a request that is under way, or the first of the next one.
  private void awaitHead() {
    if (isHeadComplete()) stopWaitingForHead();
    if (head != null || upgrade.hasOpenRequest()) return;
    receivedBeforeHead = upgrade.received();
    head =
        channel.eventLoop().schedule(this::onLateHead, longestHead.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isHeadComplete() {
    return upgrade.received() != receivedBeforeHead;
  }

  private void stopWaitingForHead() {
    if (head != null) head.cancel(false);
    head = null;
  }

  private void onLateHead() {
    if (over || head == null || isHeadComplete()) return;
    closeAfter(Bytes.buffer(channel.alloc(), TIMEOUT));
  }

  // from the stream, which calls from threads of its own

  void open(Stream opened) {
    run(() -> {
      stream = opened;
      if (over) opened.over();
    });
  }

  /// Asks for bytes once.
  void read() {
    run(() -> {
      unasked = 0;
      if (!over) channel.read();
    });
  }

  void write(ByteString answer) {
    run(() -> {
      if (!over) answer(answer);
    });
  }

  /// Closes the connection when everything is written.
  void finish() {
    run(() -> {
      if (!over) closeAfter(Unpooled.EMPTY_BUFFER);
    });
  }

  void reset() {
    run(() -> {
      if (over) return;
      end();
      Reset.now(channel);
    });
  }

  private void run(Runnable step) {
    try {
      channel.eventLoop().execute(step);
    } catch (RejectedExecutionException ended) {
      // the node has stopped, and its connections with it
    }
  }

  private void answer(ByteString bytes) {
    stopWaitingForHead();
    var next = upgrade.socket();
    var isHandshake = next != null && bytes.take(SWITCHING.length()).equals(SWITCHING);
    var written = channel.write(Bytes.buffer(channel.alloc(), bytes));
    if (next != null && isHandshake) {
      // the socket is open before the client receives the response
      become(next);
    } else {
      var _ =
          written.addListener(_ -> {
            if (stream != null) stream.written();
          });
    }
    channel.flush();
  }

  /// Makes the connection a WebSocket. The stream ends and can be garbage-collected.
  private void become(Upgrade.Socket next) {
    end();
    var _ =
        channel.pipeline().replace(this, null, new SocketHandler(next.settings(), next.outbox()));
  }

  private void closeAfter(ByteBuf last) {
    end();
    var _ = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
  }

  private void end() {
    stopWaitingForHead();
    over = true;
    if (stream != null) stream.over();
  }
}
