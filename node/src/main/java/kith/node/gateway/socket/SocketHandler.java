package kith.node.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One WebSocket, server side, after its handshake: bytes from and to the network, with an [Outbox]
/// to its session. It carries messages, answers control frames, watches the heartbeat and closes.
///
/// Everything happens on the loop of its connection. An idle socket holds a reader, an outbox and
/// one timer, and no buffer.
final class SocketHandler extends ChannelInboundHandlerAdapter
    implements GenericFutureListener<Future<? super Void>> {

  private enum Phase {
    /// Both sides may send.
    OPEN,
    /// The session was sent the reason to end, and must close.
    OVER,
    /// Our close frame is queued or sent.
    CLOSING
  }

  private final SocketSettings settings;
  private final Outbox outbox;
  private final Outgoing outgoing;
  private final FrameReader reader;
  private final Heartbeat heartbeat;

  private @Nullable ChannelHandlerContext context;
  private Phase phase = Phase.OPEN;
  private long deadline;
  private @Nullable Future<?> timer;

  /// True while the reader needs bytes. Otherwise arriving bytes wait in `unread`.
  private boolean hungry = true;

  /// The bytes that the network delivered after reading was paused.
  private @Nullable Queue<ByteString> unread;

  private long unreadBytes;

  /// True while the network has not taken the last write.
  private boolean sending;

  private boolean flushing;
  private boolean peerClosed;
  private boolean ended;

  SocketHandler(SocketSettings settings, Outbox outbox) {
    this.settings = settings;
    this.outbox = outbox;
    this.outgoing = new Outgoing(outbox);
    this.reader = new FrameReader(settings.frameBytes());
    this.heartbeat = new Heartbeat(settings, System.nanoTime());
  }

  /// Begins; the connection is open.
  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    if (!context.channel().isActive()) {
      end();
      return;
    }
    var round = Round.of(context.channel().eventLoop());
    Runnable onWake = this::onWake;
    outbox.open(() -> round.add(onWake));
    heartbeat.taken(System.nanoTime());
    schedule(heartbeat.nanosToNext(System.nanoTime()));
    reads(true);
    onWake();
  }

  private void reads(boolean reads) {
    var config = channel().config();
    // each change can be a system call
    if (config.isAutoRead() != reads) config.setAutoRead(reads);
  }

  private void onWake() {
    outbox.awake();
    if (ended) return;
    try {
      if (outbox.waitsForSession()) read();
      flush();
    } catch (RuntimeException fault) {
      exceptionCaught(context(), fault);
    }
  }

  // from the client

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = Bytes.take((ByteBuf) message);
    if (ended) return;
    heartbeat.heard(System.nanoTime());
    if (!hungry) {
      keep(bytes);
      return;
    }
    hungry = false;
    reader.offer(bytes);
    read();
    flush();
  }

  /// A few pieces may be under way when reading is paused. There are more only if the client has
  /// closed its side, and then they would get no answer.
  private void keep(ByteString bytes) {
    unreadBytes += bytes.length();
    if (unreadBytes > 4L * Portions.PUSH_BYTES) {
      close();
      return;
    }
    if (unread == null) unread = new ArrayDeque<>();
    unread.add(bytes);
  }

  private void read() {
    while (!ended && (phase != Phase.OPEN || !outbox.waitForSession())) {
      switch (reader.next()) {
        case Incoming.Text(var text) -> outbox.received(text);
        case Incoming.Ping(var payload) -> outgoing.pong(payload);
        case Incoming.Close close -> onPeerClose(close);
        case Incoming.Fault fault -> onFault(fault);
        case Incoming.Nothing nothing -> {
          if (nothing == Incoming.Nothing.YET && !offerUnread()) {
            hungry = true;
            reads(true);
            return;
          }
        }
      }
    }
    if (!ended) reads(false);
  }

  /// False if there is nothing more.
  private boolean offerUnread() {
    var next = unread == null ? null : unread.poll();
    if (next == null) {
      unread = null;
      unreadBytes = 0;
      return false;
    }
    reader.offer(next);
    return true;
  }

  private void onFault(Incoming.Fault fault) {
    if (phase == Phase.OPEN) giveUp(new SocketEvent.Violated(fault.code, fault.closeCode));
  }

  private void onPeerClose(Incoming.Close close) {
    peerClosed = true;
    if (phase != Phase.CLOSING) {
      beginClosing(
          close.code() == Incoming.Close.UNSAID ? Frames.close() : Frames.close(close.code(), ""));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  /// A reset connection is not an error here; the session receives `Ended`.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Faults.report(cause);
    close();
  }

  // to the client

  /// The network has taken the last write. If the write failed, the connection ends.
  @Override
  public void operationComplete(Future<? super Void> taken) {
    if (!taken.isSuccess()) return;
    sending = false;
    heartbeat.taken(System.nanoTime());
    if (!flushing && !ended) flush();
  }

  private void flush() {
    if (phase != Phase.CLOSING) {
      var asked = outbox.closeFrame();
      if (asked != null) {
        beginClosing(asked);
        read();
      }
    }
    flushing = true;
    while (!ended && !sending && !outgoing.closeGone()) {
      outbox.stopWaitingForFrames();
      var bytes = outgoing.next(channel().alloc());
      if (bytes.isReadable()) {
        sending = true;
        heartbeat.given(System.nanoTime());
        var _ = context().writeAndFlush(bytes).addListener(this);
      } else if (outbox.waitForFrames()) {
        break;
      }
    }
    flushing = false;
    if (ended) return;
    outbox.signalIfDrained();
    if (outgoing.closeGone() && peerClosed && !sending) close();
  }

  // timer and end

  private void onTimer() {
    if (ended) return;
    var now = System.nanoTime();
    if (phase != Phase.OPEN) {
      if (now - deadline >= 0) closeOrReset();
      else schedule(deadline - now);
      return;
    }
    if (outbox.waitsForSession()) {
      // reading is paused on our side, so silence does not count
      heartbeat.heard(now);
    }
    switch (heartbeat.verdict(now)) {
      case WELL -> {}
      case PING -> outgoing.ping();
      case SILENT -> giveUp(new SocketEvent.Silent(Code.SILENT));
      case NO_PROGRESS -> giveUp(new SocketEvent.Silent(Code.NO_PROGRESS));
    }
    if (phase == Phase.OPEN) schedule(heartbeat.nanosToNext(now));
    else read();
    flush();
  }

  /// From now on, incoming messages are read and dropped: closing a socket with unread bytes resets
  /// it, and our close frame is lost.
  private void giveUp(SocketEvent why) {
    phase = Phase.OVER;
    reader.ignoreMessages();
    endWithin();
    outbox.signal(why);
  }

  private void beginClosing(ByteString frame) {
    phase = Phase.CLOSING;
    outgoing.close(frame);
    reader.ignoreMessages();
    endWithin();
  }

  private void endWithin() {
    deadline = System.nanoTime() + settings.closing().toNanos();
    schedule(settings.closing().toNanos());
  }

  /// The closing timeout has expired. If bytes are still unsent, TCP would hold the connection for
  /// as long as it retries, so it is reset.
  private void closeOrReset() {
    if (outgoing.closeGone() && !sending) close();
    else Reset.now(channel());
  }

  private void close() {
    var _ = context().close();
  }

  private void schedule(long nanos) {
    if (timer != null) timer.cancel(false);
    timer = context().executor().schedule(this::onTimer, nanos, TimeUnit.NANOSECONDS);
  }

  /// The connection has ended.
  private void end() {
    if (ended) return;
    ended = true;
    unread = null;
    if (timer != null) timer.cancel(false);
    outbox.end();
  }

  private Channel channel() {
    return context().channel();
  }

  private ChannelHandlerContext context() {
    if (context == null) throw new IllegalStateException("the socket has no connection yet");
    return context;
  }
}
