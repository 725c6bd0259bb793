package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.concat;
import static kith.node.gateway.socket.ClientFrames.text;
import static kith.node.gateway.socket.ClientFrames.utf8;
import static kith.node.gateway.socket.Network.patient;
import static kith.node.gateway.socket.Network.settings;

import java.io.IOException;
import java.time.Duration;
import kith.node.core.session.SocketEvent;
import kith.node.platform.config.HttpSettings;
import kith.protocol.Code;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The ways in which a socket ends.
class SocketClosingTest {

  private static final Loops loops = Loops.start(HttpSettings.Transport.AUTO);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final ByteString NONE = ByteString.emptyByteString();

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
  void aClientsCloseCodeIsEchoedAfterTheQueuedFrames() throws Exception {
    session.says("first");
    var network = open(patient());
    network.hasTakenTheText(session);
    session.says("second");

    network.says(ClientFrames.close(4001));

    network.sees(sentence("first"));
    network.sees(sentence("second").concat(Frames.close(4001, "")));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSessionThatClosesWaitsForTheClientsClose() throws Exception {
    var network = open(patient());

    session.writer.close(1012, "going-away", sentence("goodbye"));

    network.sees(sentence("goodbye").concat(Frames.close(1012, "going-away")));
    network.says(concat(text("unheard"), ClientFrames.close(1012)));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSessionThatClosesWaitsOnlyForTheClosingTime() throws Exception {
    var network = open(settings(LONG, LONG, LONG, SHORT));

    session.writer.close(1012, "going-away", NONE);

    network.sees(Frames.close(1012, "going-away"));
    network.seesTheEnd();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSocketThatOpensAfterItsSessionClosedSendsOnlyTheLastFrames() throws Exception {
    session.writer.close(1013, "too-many-connections", sentence("goodbye"));
    session.hears(new SocketEvent.Ended());

    var network = open(patient());

    network.sees(sentence("goodbye").concat(Frames.close(1013, "too-many-connections")));
    network.says(concat(text("unheard"), ClientFrames.close(1013)));
    network.seesTheEnd();
    session.heardNothingMore();
  }

  @Test
  void aFaultIsReportedToTheSessionWhichThenCloses() throws Exception {
    var network = open(patient());

    network.says(utf8("GET / HTTP/1.1\r\n\r\n"));
    session.hears(new SocketEvent.Violated(Code.PROTOCOL_ERROR, 1002));
    session.writer.close(1002, "", sentence("goodbye"));

    network.sees(sentence("goodbye").concat(Frames.close(1002, "")));
    network.hangsUp();
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSilentClientIsPinged() throws Exception {
    var network = open(settings(SHORT, LONG, LONG, LONG));

    network.sees(Frames.ping());
    network.sees(Frames.ping());
  }

  @Test
  void aClientSilentForTooLongIsReportedToTheSession() throws Exception {
    var network = open(settings(LONG, SHORT, LONG, LONG));

    session.hears(new SocketEvent.Silent(Code.SILENT));
    session.writer.close(4408, "silent", NONE);
    network.sees(Frames.close(4408, "silent"));
  }

  @Test
  void aClientThatTakesNoBytesIsReportedAndThenReset() throws Exception {
    session.says("first");

    var network = open(settings(LONG, LONG, SHORT, SHORT));

    session.hears(new SocketEvent.Silent(Code.NO_PROGRESS));
    session.writer.close(4408, "no-progress", NONE);
    session.hears(new SocketEvent.Ended());
    network.sees(sentence("first"));
    network.isReset();
  }

  @Test
  void aSocketEndsEvenIfItsSessionDoesNotCloseIt() throws Exception {
    open(settings(LONG, SHORT, LONG, SHORT));

    session.hears(new SocketEvent.Silent(Code.SILENT));
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aBrokenConnectionEndsTheSessionOnce() throws Exception {
    var network = open(patient());

    network.breaks();

    session.hears(new SocketEvent.Ended());
    session.heardNothingMore();
  }

  private Network open(SocketSettings settings) throws Exception {
    network = Network.open(loops, outbox, settings);
    return network;
  }

  private static ByteString sentence(String text) {
    return Frames.text(utf8(text));
  }
}
