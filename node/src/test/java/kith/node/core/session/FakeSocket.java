package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.gateway.socket.Frames;
import kith.node.person.Patience;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.util.ByteString;

/// A socket whose speed a test sets.
public final class FakeSocket implements SocketWriter {
  private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closeCodes = new LinkedBlockingQueue<>();
  private final AtomicInteger handled = new AtomicInteger();
  private final AtomicInteger drainedAsked = new AtomicInteger();
  private final AtomicInteger room = new AtomicInteger();
  private final AtomicInteger fullLooks = new AtomicInteger();
  private volatile long unwritten;

  public void unwritten(long bytes) {
    unwritten = bytes;
  }

  /// Is full for this many checks of the session, and has drained before the next one.
  public void drainsAfterLooks(int looks) {
    fullLooks.set(looks);
  }

  /// Takes this many more frames, and then none until a test changes that.
  public void fullAfter(int frames) {
    room.set(frames);
  }

  public int handledSoFar() {
    return handled.get();
  }

  public int drainedAsked() {
    return drainedAsked.get();
  }

  public <T extends ServerFrame> T expect(Class<T> type) {
    var frame = take(frames);
    assertThat(frame).isInstanceOf(type);
    return type.cast(frame);
  }

  public int expectClosed() {
    return take(closeCodes);
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      var next = queue.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) throw new AssertionError("nothing was written");
      return next;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public ByteString encode(byte[] utf8) {
    return Frames.text(utf8);
  }

  @Override
  public void write(ByteString bytes) {
    if (room.decrementAndGet() == 0) unwritten = Long.MAX_VALUE;
    frames.add(frame(bytes));
  }

  private static ServerFrame frame(ByteString bytes) {
    var text = bytes.utf8String();
    try {
      return Json.serverFrame(text.substring(text.indexOf('{')));
    } catch (Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  @Override
  public long unwritten() {
    return fullLooks.getAndUpdate(looks -> Math.max(0, looks - 1)) > 0 ? Long.MAX_VALUE : unwritten;
  }

  @Override
  public void signalWhenDrained() {
    drainedAsked.incrementAndGet();
  }

  @Override
  public void handled() {
    handled.incrementAndGet();
  }

  @Override
  public void close(int code, String reason, ByteString lastFrames) {
    if (!lastFrames.isEmpty()) write(lastFrames);
    closeCodes.add(code);
  }
}
