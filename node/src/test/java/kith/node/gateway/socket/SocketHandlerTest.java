package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.concat;
import static kith.node.gateway.socket.ClientFrames.frame;
import static kith.node.gateway.socket.ClientFrames.text;
import static kith.node.gateway.socket.ClientFrames.utf8;
import static kith.node.gateway.socket.Network.patient;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kith.node.core.session.SocketEvent;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.Portions;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Writing and reading through a socket; the test plays the network.
class SocketHandlerTest {

  private static final Loops loops = Loops.start(HttpSettings.Transport.AUTO);

  private final Outbox outbox = new Outbox(16);
  private final SessionProbe session = new SessionProbe(outbox);
  private @Nullable Network network;

  @AfterAll
  static void stop() {
    loops.close();
  }

  @AfterEach
  void hangUp() throws IOException {
    if (network != null) network.close();
  }

  @BeforeEach
  void listen() {
    outbox.listen(session);
  }

  @Test
  void framesWrittenBeforeTheSocketOpensAreSentFirst() throws Exception {
    session.says("early");

    var network = open(patient());

    network.sees(sentence("early"));
  }

  @Test
  void aBurstIsPushedTogetherWhenTheNetworkIsReady() throws Exception {
    session.says("one");
    session.says("two");
    session.says("three");

    var network = open(patient());

    network.seesAtOnce(sentence("one").concat(sentence("two")).concat(sentence("three")));
  }

  @Test
  void framesForASlowReaderAreQueuedUntilDrained() throws Exception {
    session.says("first");
    var network = open(patient());
    network.hasTakenTheText(session);

    var frame = Frames.text(new byte[10_000]);
    for (var i = 0; i < 40; i++) {
      session.writer.write(frame);
    }
    session.writer.signalWhenDrained();

    assertThat(session.writer.unwritten()).isEqualTo(40L * frame.length());
    network.sees(sentence("first"));
    var seen = ByteString.emptyByteString();
    var pushes = 0;
    while (seen.length() < 40 * frame.length()) {
      var next = network.next();
      assertThat(next.length()).isLessThanOrEqualTo(Portions.PUSH_BYTES);
      seen = seen.concat(next);
      pushes++;
    }
    assertThat(seen).isEqualTo(join(Collections.nCopies(40, frame)));
    assertThat(pushes).isEqualTo(7);
    session.hears(new SocketEvent.Drained());
    assertThat(session.writer.unwritten()).isZero();
  }

  @Test
  void theDrainedSignalIsImmediateWhenNothingWaits() throws Exception {
    open(patient());

    session.writer.signalWhenDrained();

    session.hears(new SocketEvent.Drained());
  }

  @Test
  void noWakeUpIsLostBetweenWritingAndDraining() throws Exception {
    var network = open(patient());
    var frame = Frames.text(new byte[2 * Portions.LOW_WATER]);

    for (var round = 0; round < 3_000; round++) {
      session.writer.write(frame);
      session.writer.signalWhenDrained();
      network.sees(frame);
      session.hears(new SocketEvent.Drained());
    }
  }

  @Test
  void manyThreadsMayWriteAtOnce() throws Exception {
    var network = open(patient());
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
  void readingFromAFloodingClientPausesUntilTheSessionCatchesUp() throws Exception {
    var network = open(patient());
    var flood = new byte[100][];
    for (var i = 0; i < flood.length; i++) {
      flood[i] = text("message " + i);
    }

    network.says(concat(flood));

    for (var i = 0; i < 16; i++) {
      session.hears(received("message " + i));
    }
    // when this is answered, the socket has read all that it will
    session.writer.signalWhenDrained();
    session.hears(new SocketEvent.Drained());
    for (var i = 0; i < 16; i++) {
      session.writer.handled();
    }
    for (var i = 16; i < flood.length; i++) {
      session.hearsText("message " + i);
    }
  }

  @Test
  void onlyTheLatestOfSeveralPendingPingsIsAnswered() throws Exception {
    session.says("first");
    var network = open(patient());
    network.hasTakenTheText(session);

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

  private Network open(SocketSettings settings) throws Exception {
    network = Network.open(loops, outbox, settings);
    return network;
  }

  private static ByteString sentence(String text) {
    return Frames.text(utf8(text));
  }

  private static SocketEvent received(String text) {
    return new SocketEvent.Received(ByteString.fromString(text));
  }

  private static ByteString join(List<ByteString> parts) {
    return parts.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
  }
}
