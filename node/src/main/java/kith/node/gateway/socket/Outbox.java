package kith.node.gateway.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kith.node.core.session.SocketEvent;
import kith.node.core.session.SocketWriter;
import kith.node.platform.config.Portions;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The state that a session and its socket's stage share: the frames to send, and the side that
/// waits.
///
/// A writer wakes the stage only if the stage waits for frames, and only once until it has woken: a
/// burst costs one wake-up, and a stalled socket none. Each side sets its own flag before it reads
/// the other's, so that no wake-up is lost.
final class Outbox implements SocketWriter {

  /// Far above any window plus a page of history.
  static final long MOST_UNWRITTEN = 64L << 20;

  private final Queue<ByteString> frames = new ConcurrentLinkedQueue<>();
  private final AtomicLong unwritten = new AtomicLong();
  private final AtomicInteger unhandled = new AtomicInteger();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean drainedWanted = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();

  private final int mostUnhandled;

  private volatile boolean waitsForFrames;
  private volatile boolean waitsForSession;
  private volatile @Nullable ByteString closeFrame;
  private volatile @Nullable Runnable stage;
  private volatile @Nullable Consumer<? super SocketEvent> session;

  /// @param mostUnhandled frames that the session may have to handle before the stage stops reading
  Outbox(int mostUnhandled) {
    this.mostUnhandled = mostUnhandled;
  }

  // the session's side

  @Override
  public ByteString encode(byte[] utf8) {
    return Frames.text(utf8);
  }

  @Override
  public void write(ByteString bytes) {
    if (closeFrame == null && !bytes.isEmpty()) {
      enqueue(bytes);
      if (waitsForFrames) {
        wake();
      }
    }
  }

  private void enqueue(ByteString bytes) {
    if (unwritten.addAndGet(bytes.length()) > MOST_UNWRITTEN) {
      throw new IllegalStateException("the socket's queue of unwritten bytes is full");
    }
    frames.add(bytes);
  }

  @Override
  public long unwritten() {
    return unwritten.get();
  }

  @Override
  public void signalWhenDrained() {
    drainedWanted.set(true);
    if (unwritten.get() <= Portions.LOW_WATER) {
      wake();
    }
  }

  @Override
  public void handled() {
    if (unhandled.decrementAndGet() <= mostUnhandled / 2 && waitsForSession) {
      wake();
    }
  }

  @Override
  public void close(int code, String reason, ByteString lastFrames) {
    synchronized (this) {
      if (closeFrame != null) {
        return;
      }
      if (!lastFrames.isEmpty()) {
        enqueue(lastFrames);
      }
      closeFrame = Frames.close(code, reason);
    }
    wake();
    endIfNeverOpened();
  }

  // the wiring

  void listen(Consumer<? super SocketEvent> session) {
    this.session = session;
    endIfNeverOpened();
  }

  /// A session that closes a socket which never opened receives `Ended` from here, because no stage
  /// will send it. If the socket opens after all, it only sends the queued frames.
  private void endIfNeverOpened() {
    if (closeFrame != null && stage == null && session != null) {
      end();
    }
  }

  // the stage's side

  void open(Runnable stage) {
    if (this.stage != null) {
      throw new IllegalStateException("the socket is already open");
    }
    this.stage = stage;
  }

  void wake() {
    if (!woken.getAndSet(true)) {
      var sleeper = stage;
      if (sleeper != null) {
        sleeper.run();
      }
    }
  }

  /// The stage is awake; later events wake it again.
  void awake() {
    woken.set(false);
  }

  void signal(SocketEvent event) {
    var listener = session;
    if (listener != null && !ended.get()) {
      listener.accept(event);
    }
  }

  void end() {
    var listener = session;
    if (listener != null && !ended.getAndSet(true)) {
      listener.accept(new SocketEvent.Ended());
    }
  }

  @Nullable ByteString closeFrame() {
    return closeFrame;
  }

  @Nullable ByteString peek() {
    return frames.peek();
  }

  /// Removes the frames that `peek` returned.
  void remove() {
    var taken = frames.poll();
    if (taken != null) {
      unwritten.addAndGet(-taken.length());
    }
  }

  /// Whether the stage may sleep until something is written; `close` wakes it anyway.
  boolean waitForFrames() {
    waitsForFrames = true;
    if (frames.isEmpty()) {
      return true;
    }
    waitsForFrames = false;
    return false;
  }

  void stopWaitingForFrames() {
    waitsForFrames = false;
  }

  void signalIfDrained() {
    if (drainedWanted.get()
        && unwritten.get() <= Portions.LOW_WATER
        && drainedWanted.getAndSet(false)) {
      signal(new SocketEvent.Drained());
    }
  }

  void received(ByteString text) {
    unhandled.incrementAndGet();
    signal(new SocketEvent.Received(text));
  }

  /// Whether the stage must sleep until the session has caught up.
  boolean waitForSession() {
    if (unhandled.get() < (waitsForSession ? mostUnhandled / 2 + 1 : mostUnhandled)) {
      waitsForSession = false;
      return false;
    }
    waitsForSession = true;
    if (unhandled.get() > mostUnhandled / 2) {
      return true;
    }
    waitsForSession = false;
    return false;
  }

  boolean waitsForSession() {
    return waitsForSession;
  }
}
