package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/// Two queues that stand in for the network on both sides of a stage. The client takes only the
/// bytes that the test reads, and one push more.
record Network(
    SourceQueueWithComplete<ByteString> fromClient, SinkQueueWithCancel<ByteString> toClient) {

  private static final Duration LONG = Duration.ofMinutes(5);

  /// Settings under which no timer fires.
  static SocketSettings patient() {
    return settings(LONG, LONG, LONG, LONG);
  }

  static SocketSettings settings(
      Duration ping, Duration silence, Duration noProgress, Duration closing) {
    return new SocketSettings(ping, silence, noProgress, 65_536, 16, closing);
  }

  static Network open(ActorSystem<?> system, Outbox outbox, SocketSettings settings) {
    var queues =
        Source.<ByteString>queue(4, OverflowStrategy.backpressure())
            .via(new SocketStage(settings, outbox))
            .toMat(
                Sink.<ByteString>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
            .run(system);
    return new Network(queues.first(), queues.second());
  }

  void says(byte[] said) throws Exception {
    fromClient.offer(bytes(said)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  ByteString next() throws Exception {
    var next = toClient.pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(next).as("bytes, not the end").isPresent();
    return next.get();
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

  void seesTheEnd() throws Exception {
    assertThat(toClient.pull().toCompletableFuture().get(10, TimeUnit.SECONDS)).isEmpty();
  }

  void isReset() {
    assertThat(toClient.pull().toCompletableFuture()).failsWithin(Duration.ofSeconds(10));
  }

  void hangsUp() {
    fromClient.complete();
  }

  void breaks() {
    fromClient.fail(new IllegalStateException("reset by peer"));
  }

  /// Waits until the stage has made the one push that the network takes without a request.
  void hasTakenWhatWasSaid(SessionProbe session) throws Exception {
    var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (session.writer.unwritten() > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    // frames can be taken from the outbox before the push, but Drained is sent only after it
    session.writer.signalWhenDrained();
    session.hears(new SocketEvent.Drained());
  }
}
