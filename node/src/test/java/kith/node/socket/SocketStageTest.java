package kith.node.socket;

import static kith.node.socket.ClientFrames.bytes;
import static kith.node.socket.ClientFrames.concat;
import static kith.node.socket.ClientFrames.frame;
import static kith.node.socket.ClientFrames.text;
import static kith.node.socket.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// A stage between two queues that stand for the network: what the test does not pull, the client
/// does not take, except for one push.
class SocketStageTest {

  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final ByteString NONE = ByteString.emptyByteString();

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whatWasWrittenBeforeTheSocketOpenedLeavesFirst() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("early");

    var network = open(outbox, patient());

    network.sees(sentence("early"));
  }

  @Test
  void aBurstLeavesTogetherWhenTheNetworkIsReady() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("one");
    session.says("two");
    session.says("three");

    var network = open(outbox, patient());

    network.seesAtOnce(sentence("one").concat(sentence("two")).concat(sentence("three")));
  }

  @Test
  void aSlowReaderIsTakenToWithoutAndToldOfWhenItHasCaughtUp() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("first");
    var network = open(outbox, patient());
    network.hasTakenWhatWasSaid(session);

    var frame = Frames.text(new byte[10_000]);
    for (var i = 0; i < 40; i++) {
      session.writer.write(frame);
    }
    session.writer.signalWhenDrained();

    assertThat(session.writer.unwritten()).isEqualTo(40L * frame.length());
    network.sees(sentence("first"));
    var seen = NONE;
    var pushes = 0;
    while (seen.length() < 40 * frame.length()) {
      var next = network.next();
      assertThat(next.length()).isLessThanOrEqualTo(SocketLogic.MOST_PUSHED);
      seen = seen.concat(next);
      pushes++;
    }
    assertThat(seen).isEqualTo(join(Collections.nCopies(40, frame)));
    assertThat(pushes).isEqualTo(7);
    session.hears(new SocketEvent.Drained());
    assertThat(session.writer.unwritten()).isZero();
  }

  @Test
  void oneWhoAsksWhenNothingWaitsIsToldAtOnce() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    open(outbox, patient());

    session.writer.signalWhenDrained();

    session.hears(new SocketEvent.Drained());
  }

  @Test
  void noWakeUpIsLostBetweenWritingAndDraining() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, patient());
    var frame = Frames.text(new byte[2 * Outbox.LOW_WATER]);

    for (var round = 0; round < 3_000; round++) {
      session.writer.write(frame);
      session.writer.signalWhenDrained();
      network.sees(frame);
      session.hears(new SocketEvent.Drained());
    }
  }

  @Test
  void manyThreadsMayWriteAtOnce() throws Exception {
    var outbox = new Outbox();
    outbox.listen(new SessionProbe(outbox));
    var network = open(outbox, patient());
    var frame = Frames.text(new byte[20]);
    var writers = new ArrayList<Thread>();
    for (var i = 0; i < 4; i++) {
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (var n = 0; n < 5_000; n++) {
                  outbox.write(frame);
                }
              }));
    }

    var seen = 0;
    while (seen < 20_000 * frame.length()) {
      seen += network.next().length();
    }

    for (var writer : writers) {
      writer.join();
    }
    assertThat(seen).isEqualTo(20_000 * frame.length());
    assertThat(outbox.unwritten()).isZero();
  }

  @Test
  void aFloodingClientIsNotReadFromUntilTheSessionHasCaughtUp() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, patient());
    var flood = new byte[100][];
    for (var i = 0; i < flood.length; i++) {
      flood[i] = text("message " + i);
    }

    network.says(concat(flood));

    for (var i = 0; i < Outbox.MOST_UNHANDLED; i++) {
      session.hears(received("message " + i));
    }
    // the stage read all that it would before it looked at this
    session.writer.signalWhenDrained();
    session.hears(new SocketEvent.Drained());
    for (var i = 0; i < Outbox.MOST_UNHANDLED; i++) {
      session.writer.handled();
    }
    for (var i = Outbox.MOST_UNHANDLED; i < flood.length; i++) {
      session.hearsText("message " + i);
    }
  }

  @Test
  void ofManyPingsThatCannotBeAnsweredTheLatestIs() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("first");
    var network = open(outbox, patient());
    network.hasTakenWhatWasSaid(session);

    network.says(
        concat(
            frame(true, Frames.PING, utf8("1")),
            frame(true, Frames.PING, utf8("2")),
            frame(true, Frames.PING, utf8("3")),
            text("marker")));
    session.hearsText("marker");

    network.sees(sentence("first"));
    network.sees(Frames.pong(ByteString.fromString("3")));
  }

  @Test
  void aClientThatClosesIsToldItsCodeAfterWhatWaits() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("first");
    var network = open(outbox, patient());
    network.hasTakenWhatWasSaid(session);
    session.says("second");

    network.says(ClientFrames.close(4001));

    network.sees(sentence("first"));
    network.sees(sentence("second").concat(Frames.close(4001, "")));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSessionThatClosesWaitsForTheClientsClose() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, patient());

    session.writer.close(1012, "going-away", sentence("goodbye"));

    network.sees(sentence("goodbye").concat(Frames.close(1012, "going-away")));
    network.says(concat(text("unheard"), ClientFrames.close(1012)));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void butNotForEver() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, settings(LONG, LONG, LONG, SHORT));

    session.writer.close(1012, "going-away", NONE);

    network.sees(Frames.close(1012, "going-away"));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSocketThatOpensAfterItsSessionGaveUpOnlySaysGoodbye() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.writer.close(1013, "too-many-connections", sentence("goodbye"));
    session.hears(new SocketEvent.Ended());

    var network = open(outbox, patient());

    network.sees(sentence("goodbye").concat(Frames.close(1013, "too-many-connections")));
    network.says(concat(text("unheard"), ClientFrames.close(1013)));
    network.seesTheEnd();
    session.heardNothingMore();
  }

  @Test
  void aFaultIsToldAndTheSessionHasTheLastWord() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, patient());

    network.says(utf8("GET / HTTP/1.1\r\n\r\n"));
    session.hears(new SocketEvent.Violated(Code.MALFORMED_JSON, 1002));
    session.writer.close(1002, "", sentence("goodbye"));

    network.sees(sentence("goodbye").concat(Frames.close(1002, "")));
    network.hangsUp();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSilentClientIsPinged() throws Exception {
    var outbox = new Outbox();
    outbox.listen(new SessionProbe(outbox));

    var network = open(outbox, settings(SHORT, LONG, LONG, LONG));

    network.sees(Frames.ping());
    network.sees(Frames.ping());
  }

  @Test
  void aClientSilentForTooLongIsTold() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);

    var network = open(outbox, settings(LONG, SHORT, LONG, LONG));

    session.hears(new SocketEvent.Silent(Code.SILENT));
    session.writer.close(4408, "silent", NONE);
    network.sees(Frames.close(4408, "silent"));
  }

  @Test
  void aClientThatTakesNothingIsToldAndResetIfItStillTakesNothing() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    session.says("first");

    var network = open(outbox, settings(LONG, LONG, SHORT, SHORT));

    session.hears(new SocketEvent.Silent(Code.NO_PROGRESS));
    session.writer.close(4408, "no-progress", NONE);
    session.hears(new SocketEvent.Ended());
    network.sees(sentence("first"));
    network.isReset();
  }

  @Test
  void aSessionThatDoesNotCloseIsNotWaitedForEither() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);

    open(outbox, settings(LONG, SHORT, LONG, SHORT));

    session.hears(new SocketEvent.Silent(Code.SILENT));
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aBrokenConnectionEndsTheSessionOnce() throws Exception {
    var outbox = new Outbox();
    var session = new SessionProbe(outbox);
    outbox.listen(session);
    var network = open(outbox, patient());

    network.breaks();

    session.hears(new SocketEvent.Ended());
    network.seesTheEnd();
    session.heardNothingMore();
  }

  private static SocketStage.Settings patient() {
    return settings(LONG, LONG, LONG, LONG);
  }

  private static SocketStage.Settings settings(
      Duration ping, Duration silence, Duration noProgress, Duration closing) {
    return new SocketStage.Settings(ping, silence, noProgress, 65_536, closing);
  }

  private static Network open(Outbox outbox, SocketStage.Settings settings) {
    var queues =
        Source.<ByteString>queue(4, OverflowStrategy.backpressure())
            .via(new SocketStage(settings, outbox))
            .toMat(
                Sink.<ByteString>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
            .run(kit.system());
    return new Network(queues.first(), queues.second());
  }

  private static ByteString sentence(String text) {
    return Frames.text(utf8(text));
  }

  private static SocketEvent received(String text) {
    return new SocketEvent.Received(ByteString.fromString(text));
  }

  private static ByteString join(List<ByteString> parts) {
    return parts.stream().reduce(NONE, ByteString::concat);
  }

  private record Network(
      SourceQueueWithComplete<ByteString> fromClient, SinkQueueWithCancel<ByteString> toClient) {

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

    /// Waits until the one push that the network takes unasked has been made.
    void hasTakenWhatWasSaid(SessionProbe session) throws Exception {
      var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (session.writer.unwritten() > 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      // gathered is not yet pushed, but this is told after pushing only
      session.writer.signalWhenDrained();
      session.hears(new SocketEvent.Drained());
    }
  }
}
