package kith.node.gateway.socket;

import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import kith.protocol.Code;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.Duration;

/// One WebSocket, server side, after its handshake: bytes from and to the network, with an [Outbox]
/// to its session. It carries messages, answers control frames, watches the heartbeat and closes.
///
/// An idle socket holds a reader, an outbox and one timer, and no buffer: about 0.6 KiB.
final class SocketLogic implements InHandler, OutHandler {

  private enum Phase {
    /// Both sides may send.
    OPEN,
    /// The session was sent the reason to end, and must close.
    OVER,
    /// Our close frame is queued or sent.
    CLOSING
  }

  private final GraphStageLogic stage;
  private final Inlet<ByteString> in;
  private final Outlet<ByteString> out;
  private final SocketSettings settings;
  private final Outbox outbox;
  private final Outgoing outgoing;
  private final FrameReader reader;
  private final Heartbeat heartbeat;
  private final AsyncCallback<Done> wakeUp;

  private Phase phase = Phase.OPEN;
  private long deadline;
  private @Nullable Cancellable timer;
  private volatile boolean timerDue;

  private boolean peerClosed;

  /// @param stage passes its ports to this from `start` on, and calls `ended` when it stops
  SocketLogic(
      GraphStageLogic stage,
      FlowShape<ByteString, ByteString> network,
      SocketSettings settings,
      Outbox outbox) {
    this.stage = stage;
    this.in = network.in();
    this.out = network.out();
    this.settings = settings;
    this.outbox = outbox;
    this.outgoing = new Outgoing(outbox);
    this.reader = new FrameReader(settings.frameBytes());
    this.heartbeat = new Heartbeat(settings, System.nanoTime());
    this.wakeUp = stage.createAsyncCallback(_ -> onWake());
  }

  void start() {
    stage.setHandler(in, this);
    stage.setHandler(out, this);
    outbox.open(() -> wakeUp.invoke(Done.getInstance()));
    schedule(heartbeat.nanosToNext(System.nanoTime()));
    pull();
    onWake();
  }

  private void pull() {
    if (!stage.hasBeenPulled(in) && !stage.isClosed(in)) {
      stage.pull(in);
    }
  }

  private void onWake() {
    outbox.awake();
    if (timerDue) {
      timerDue = false;
      onTimer();
    }
    if (outbox.waitsForSession()) {
      read();
    }
    flush();
  }

  // from the client

  @Override
  public void onPush() {
    heartbeat.heard(System.nanoTime());
    reader.offer(stage.grab(in));
    read();
    flush();
  }

  private void read() {
    while (phase != Phase.OPEN || !outbox.waitForSession()) {
      switch (reader.next()) {
        case Incoming.Text(var text) -> outbox.received(text);
        case Incoming.Ping(var payload) -> outgoing.pong(payload);
        case Incoming.Close close -> onPeerClose(close);
        case Incoming.Fault fault -> onFault(fault);
        case Incoming.Nothing nothing -> {
          if (nothing == Incoming.Nothing.YET) {
            pull();
            return;
          }
        }
      }
    }
  }

  private void onFault(Incoming.Fault fault) {
    if (phase == Phase.OPEN) {
      giveUp(new SocketEvent.Violated(fault.code, fault.closeCode));
    }
  }

  private void onPeerClose(Incoming.Close close) {
    peerClosed = true;
    if (phase != Phase.CLOSING) {
      beginClosing(
          close.code() == Incoming.Close.UNSAID ? Frames.close() : Frames.close(close.code(), ""));
    }
  }

  @Override
  public void onUpstreamFinish() {
    stage.completeStage();
  }

  @Override
  public void onUpstreamFailure(Throwable cause) {
    // a reset connection is not an error here; the session receives Ended
    stage.completeStage();
  }

  // to the client

  @Override
  public void onPull() {
    heartbeat.taken(System.nanoTime());
    flush();
  }

  @Override
  public void onDownstreamFinish(Throwable cause) {
    stage.completeStage();
  }

  private void flush() {
    if (phase != Phase.CLOSING) {
      var asked = outbox.closeFrame();
      if (asked != null) {
        beginClosing(asked);
        read();
      }
    }
    while (stage.isAvailable(out) && !outgoing.closeGone()) {
      outbox.stopWaitingForFrames();
      var bytes = outgoing.next();
      if (bytes.nonEmpty()) {
        heartbeat.given(System.nanoTime());
        stage.push(out, bytes);
      } else if (outbox.waitForFrames()) {
        break;
      }
    }
    outbox.signalIfDrained();
    if (outgoing.closeGone() && peerClosed) {
      stage.completeStage();
    }
  }

  // timer and end

  private void onTimer() {
    var now = System.nanoTime();
    if (phase != Phase.OPEN) {
      if (now - deadline >= 0) {
        end();
      } else {
        schedule(deadline - now);
      }
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
    if (phase == Phase.OPEN) {
      schedule(heartbeat.nanosToNext(now));
    } else {
      read();
    }
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

  /// The closing time is over. If bytes are still unsent, TCP would hold the connection for as long
  /// as it retries, so it is reset; otherwise it completes.
  private void end() {
    if (outgoing.closeGone() && stage.isAvailable(out)) {
      stage.completeStage();
    } else {
      stage.failStage(new Unanswered());
    }
  }

  private void schedule(long nanos) {
    if (timer != null) {
      timer.cancel();
    }
    timer =
        stage
            .materializer()
            .scheduleOnce(
                Duration.create(nanos, TimeUnit.NANOSECONDS),
                () -> {
                  timerDue = true;
                  outbox.wake();
                });
  }

  /// The stage has stopped.
  void ended() {
    if (timer != null) {
      timer.cancel();
    }
    outbox.end();
  }

  /// Why a connection is reset rather than closed.
  private static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswered() {
      super("the client did not answer the closing handshake", null, false, false);
    }
  }
}
