package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.close;
import static kith.node.gateway.socket.ClientFrames.concat;
import static kith.node.gateway.socket.ClientFrames.frame;
import static kith.node.gateway.socket.ClientFrames.text;
import static kith.node.gateway.socket.ClientFrames.utf8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import kith.node.fuzz.Fuzzing;
import kith.node.fuzz.Input;
import kith.node.fuzz.Seeds;
import kith.node.fuzz.Target;
import kith.node.gateway.socket.Incoming.Fault;
import kith.node.gateway.socket.Incoming.Nothing;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/// Mutated bytes of a socket give the same frames wherever they are cut, none above the limit, and
/// only valid texts.
class FrameReaderFuzzTest {
  private static final int LIMIT = 1_000;

  private static final byte[] CONVERSATION =
      concat(
          frame(true, Frames.PING, utf8("are you there")),
          frame(false, Frames.TEXT, utf8("in ")),
          frame(false, Frames.CONTINUATION, utf8("three ")),
          frame(true, Frames.PONG, utf8("unasked")),
          frame(true, Frames.CONTINUATION, utf8("pieces: \uD83D\uDC4B")),
          text(""),
          text("x".repeat(300)),
          frame(true, Frames.BINARY, utf8("no text")),
          close(4000));

  /// Heads of frames: each opcode, fragments, reserved bits, announced lengths, and no mask.
  private static final List<byte[]> DICTIONARY =
      Stream.of(
              """
              818037fa213d 018037fa213d 808037fa213d 008037fa213d 828037fa213d 898037fa213d
              8a8037fa213d 888037fa213d 880037fa213d 88820000000000 c18037fa213d 838037fa213d
              8b8037fa213d 098037fa213d 81fe03e800000000 81fe03e900000000 81fe000500000000
              81ff00000000000000050000 81ff7fffffffffffffff0000 81ffffffffffffffffff0000
              89fe007e00000000 8100 818400000000f09f918b 818300000000eda080 818200000000c080
              818400000000f4908080 81820000000000ff 00
              """
                  .split("\\s+"))
          .map(HexFormat.of()::parseHex)
          .toList();

  @Test
  void mutatedFramesAreReadOrRefused() throws InterruptedException {
    var frames = Seeds.lines("client.jsonl").stream().map(ClientFrames::text);
    var seeds =
        Stream.concat(frames, Stream.of(CONVERSATION, close(1000), new byte[0]))
            .map(bytes -> new Input("socket", bytes))
            .toList();
    new Fuzzing("socket", seeds, DICTIONARY, Optional.empty()).run(new Sockets());
  }

  private static final class Sockets implements Target<List<Incoming>> {
    @Override
    public List<Incoming> read(Input input) {
      return results(List.of(input.bytes()));
    }

    @Override
    public String accepted(Input input, List<Incoming> read) {
      if (!results(cut(input.bytes())).equals(read))
        throw new IllegalStateException("the cuts of the stream change " + read);
      read.forEach(Sockets::check);
      var messages = read.stream().filter(it -> !(it instanceof Fault)).toList();
      var again = concat(messages.stream().map(Sockets::written).toArray(byte[][]::new));
      if (!results(List.of(again)).equals(messages))
        throw new IllegalStateException("does not read again " + messages);
      return read.stream().map(Sockets::shape).distinct().toList().toString();
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      throw failure;
    }

    private static void check(Incoming one) {
      switch (one) {
        case Incoming.Text(var text) -> {
          require(text.length() <= LIMIT, "a message above the limit");
          require(isUtf8(text), "a message that is not UTF-8");
        }
        case Incoming.Ping(var payload) -> require(payload.length() <= 125, "a long ping");
        case Incoming.Close(var code) ->
            require(
                code == Incoming.Close.UNSAID || (code >= 1000 && code <= 4999), "a wrong code");
        case Fault _, Nothing _ -> {}
      }
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) throw new IllegalStateException("gives " + otherwise);
    }

    private static boolean isUtf8(ByteString text) {
      try {
        var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.toArray()));
        return true;
      } catch (CharacterCodingException _) {
        return false;
      }
    }

    private static byte[] written(Incoming one) {
      return switch (one) {
        case Incoming.Text(var text) -> frame(true, Frames.TEXT, text.toArray());
        case Incoming.Ping(var payload) -> frame(true, Frames.PING, payload.toArray());
        case Incoming.Close(var code) ->
            code == Incoming.Close.UNSAID
                ? frame(true, Frames.CLOSE, new byte[0])
                : ClientFrames.close(code);
        case Fault _, Nothing _ -> new byte[0];
      };
    }

    private static String shape(Incoming one) {
      return one instanceof Incoming.Text
          ? "Text"
          : one instanceof Incoming.Ping ? "Ping" : "" + one;
    }
  }

  /// The results of all chunks, without `Nothing`.
  private static List<Incoming> results(List<byte[]> chunks) {
    var reader = new FrameReader(LIMIT);
    var results = new ArrayList<Incoming>();
    for (var chunk : chunks) {
      reader.offer(ByteString.fromArray(chunk));
      // each result but the last takes at least the two bytes of a head
      for (var left = 2 + chunk.length; ; left--) {
        if (left == 0) throw new IllegalStateException("gives more results than there are bytes");
        var one = reader.next();
        if (one == Nothing.YET) break;
        if (one != Nothing.TO_DO) results.add(one);
      }
    }
    return results;
  }

  private static List<byte[]> cut(byte[] bytes) {
    var random = new Random(Arrays.hashCode(bytes));
    var chunks = new ArrayList<byte[]>();
    for (int from = 0, to; from < bytes.length; from = to) {
      to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(100)));
      chunks.add(Arrays.copyOfRange(bytes, from, to));
    }
    return chunks;
  }
}
