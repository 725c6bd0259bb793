package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.bytes;
import static kith.node.gateway.socket.ClientFrames.close;
import static kith.node.gateway.socket.ClientFrames.concat;
import static kith.node.gateway.socket.ClientFrames.frame;
import static kith.node.gateway.socket.ClientFrames.header;
import static kith.node.gateway.socket.ClientFrames.text;
import static kith.node.gateway.socket.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kith.node.gateway.socket.Incoming.Fault;
import kith.node.gateway.socket.Incoming.Nothing;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

  private static final int LIMIT = 1000;
  private static final long SEED = 20261121;

  /// One of each frame that a valid client may send.
  private static final byte[] CONVERSATION =
      concat(
          text("Hello"),
          frame(true, Frames.PING, utf8("are you there")),
          frame(false, Frames.TEXT, utf8("in ")),
          frame(false, Frames.CONTINUATION, utf8("three ")),
          frame(true, Frames.PONG, utf8("unasked")),
          frame(true, Frames.PING, new byte[0]),
          frame(true, Frames.CONTINUATION, utf8("pieces: \uD83D\uDC4B")),
          text(""),
          frame(false, Frames.TEXT, new byte[0]),
          frame(true, Frames.CONTINUATION, new byte[0]),
          text("x".repeat(300)),
          close(4000));

  private static final List<Incoming> SAID =
      List.of(
          said("Hello"),
          new Incoming.Ping(ByteString.fromString("are you there")),
          new Incoming.Ping(ByteString.emptyByteString()),
          said("in three pieces: \uD83D\uDC4B"),
          said(""),
          said(""),
          said("x".repeat(300)),
          new Incoming.Close(4000));

  @Test
  void theMaskedHelloOfTheRfcIsRead() {
    assertThat(read(HexFormat.of().parseHex("818537fa213d7f9f4d5158")))
        .containsExactly(said("Hello"));
  }

  @Test
  void framesAreReadWhereverTheStreamIsCutInTwo() {
    for (var cut = 0; cut <= CONVERSATION.length; cut++) {
      assertThat(read(cut(CONVERSATION, cut))).as("cut at %d", cut).isEqualTo(SAID);
    }
  }

  @Test
  void framesAreReadByteByByte() {
    var cuts = new int[CONVERSATION.length];
    Arrays.setAll(cuts, i -> i);

    assertThat(read(cut(CONVERSATION, cuts))).isEqualTo(SAID);
  }

  @Test
  void framesAreReadHoweverTheStreamIsCut() {
    var random = new Random(SEED);
    for (var round = 0; round < 2_000; round++) {
      var cuts = random.ints(random.nextInt(20), 0, CONVERSATION.length).sorted().toArray();
      assertThat(read(cut(CONVERSATION, cuts)))
          .as("seed %d, cut at %s", SEED, Arrays.toString(cuts))
          .isEqualTo(SAID);
    }
  }

  @Test
  void framesAreReadOnlyOnDemand() {
    var reader = new FrameReader(LIMIT);
    reader.offer(bytes(concat(text("one"), text("two"))));

    assertThat(reader.next()).isEqualTo(said("one"));
    assertThat(reader.next()).isEqualTo(said("two"));
    assertThat(reader.next()).isEqualTo(Nothing.YET);
  }

  @Test
  void aMessageMayBeAsLongAsTheLimit() {
    assertThat(read(text("x".repeat(LIMIT)))).containsExactly(said("x".repeat(LIMIT)));
  }

  @Test
  void aMessageAboveTheLimitIsRefusedByItsHeader() {
    assertThat(read(header(true, Frames.TEXT, LIMIT + 1))).containsExactly(Fault.TOO_LARGE);
    assertThat(read(header(true, Frames.TEXT, Long.MAX_VALUE))).containsExactly(Fault.TOO_LARGE);
  }

  @Test
  void theLimitAppliesToAllFragmentsOfAMessage() {
    assertThat(
            read(
                frame(false, Frames.TEXT, new byte[LIMIT]),
                frame(false, Frames.CONTINUATION, new byte[0]),
                header(true, Frames.CONTINUATION, 1)))
        .containsExactly(Fault.TOO_LARGE);
  }

  @Test
  void theCloseFrameAfterARefusedMessageIsRead() {
    assertThat(read(text("x".repeat(LIMIT + 1)), text("unheard"), close(1009)))
        .containsExactly(Fault.TOO_LARGE, new Incoming.Close(1009));
    assertThat(read(frame(false, Frames.BINARY, new byte[9]), close(1003)))
        .containsExactly(Fault.BINARY, new Incoming.Close(1003));
    assertThat(read(frame(true, Frames.TEXT, new byte[] {(byte) 0xC0}), close(1007)))
        .containsExactly(Fault.NOT_UTF8, new Incoming.Close(1007));
  }

  @Test
  void nothingIsReadAfterACloseFrame() {
    assertThat(read(close(1000), text("unheard"))).containsExactly(new Incoming.Close(1000));
  }

  @Test
  void ignoringMessagesSkipsTheRestOfAStartedMessage() {
    var reader = new FrameReader(LIMIT);
    var hello = text("Hello");
    reader.offer(bytes(Arrays.copyOf(hello, 8)));
    assertThat(reader.next()).isEqualTo(Nothing.YET);

    reader.ignoreMessages();
    reader.offer(
        bytes(concat(Arrays.copyOfRange(hello, 8, hello.length), text("more"), close(1001))));

    assertThat(reader.next()).isEqualTo(new Incoming.Close(1001));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "8105 48656c6c6f", // not masked
        "c185 37fa213d 7f9f4d5158", // RSV1
        "a185 37fa213d 7f9f4d5158", // RSV2
        "9185 37fa213d 7f9f4d5158", // RSV3
        "8380 37fa213d", // reserved data opcode
        "8b80 37fa213d", // reserved control opcode
        "8080 37fa213d", // continues nothing
        "0180 37fa213d 8180 37fa213d", // a message within a message
        "0980 37fa213d", // a ping in fragments
        "89fe 007e 37fa213d", // a ping of 126 bytes
        "81ff 8000000000000000 37fa213d", // a negative length
        "8881 37fa213d 34", // a close frame with half a code
        "8882 00000000 03e7", // close code 999
        "8882 00000000 03ed", // close code 1005, which is never sent
        "8882 00000000 07d0" // close code 2000
      })
  void anInvalidFrameIsAFault(String hex) {
    assertThat(read(HexFormat.of().parseHex(hex.replace(" ", "")), text("unheard")))
        .containsExactly(Fault.PROTOCOL);
  }

  @Test
  void aCloseReasonThatIsNotUtf8IsAFault() {
    assertThat(read(frame(true, Frames.CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xFF})))
        .containsExactly(Fault.NOT_UTF8);
  }

  @Test
  void aCloseFrameNeedsNoCode() {
    assertThat(read(frame(true, Frames.CLOSE, new byte[0])))
        .containsExactly(new Incoming.Close(Incoming.Close.UNSAID));
  }

  private static Incoming said(String text) {
    return new Incoming.Text(ByteString.fromString(text));
  }

  private static List<Incoming> read(byte[]... chunks) {
    var reader = new FrameReader(LIMIT);
    var read = new ArrayList<Incoming>();
    for (var chunk : chunks) {
      reader.offer(bytes(chunk));
      for (var next = reader.next(); next != Nothing.YET; next = reader.next()) {
        if (next != Nothing.TO_DO) {
          read.add(next);
        }
      }
    }
    return read;
  }

  private static byte[][] cut(byte[] whole, int... cuts) {
    var chunks = new byte[cuts.length + 1][];
    for (var i = 0; i <= cuts.length; i++) {
      chunks[i] =
          Arrays.copyOfRange(
              whole, i == 0 ? 0 : cuts[i - 1], i == cuts.length ? whole.length : cuts[i]);
    }
    return chunks;
  }
}
