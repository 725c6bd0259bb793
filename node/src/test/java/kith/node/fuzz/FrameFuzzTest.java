package kith.node.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.junit.jupiter.api.Test;

/// Mutated frames are read completely or refused with a `Malformed` that repeats nothing of them.
/// Of bytes that are not UTF-8, which sockets refuse, only undeclared failures count.
class FrameFuzzTest {
  /// Names of fields, and ids; no other part of the input may be in a sentence.
  private static final Pattern SENTENCE = Pattern.compile("[A-Za-z0-9 .,'\\[\\]?~_-]{1,200}");

  /// Reads JSON with the same bounds.
  private static final ObjectMapper TREES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .disable(JsonFactory.Feature.CHARSET_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Test
  void mutatedClientFramesAreReadOrRefused() throws InterruptedException {
    fuzzing("client frames", "client.jsonl").run(new ClientFrames());
  }

  @Test
  void mutatedServerFramesAreReadOrRefused() throws InterruptedException {
    fuzzing("server frames", "server.jsonl").run(new ServerFrames());
  }

  private static Fuzzing fuzzing(String name, String file) {
    var lines = Seeds.lines(file);
    return new Fuzzing(
        name,
        lines.stream().map(line -> Input.ofText("frame", line)).toList(),
        Seeds.tokens(lines),
        Optional.of(new ObjectMapper()));
  }

  private static final class ClientFrames implements Target<ClientFrame> {
    @Override
    public ClientFrame read(Input input) throws Malformed {
      return Json.clientFrame(input.bytes(), 0, input.bytes().length);
    }

    @Override
    public String accepted(Input input, ClientFrame frame) throws Exception {
      if (!isUtf8(input)) return "not UTF-8";
      if (!isObject(input)) throw new IllegalStateException("accepts what is no JSON object");
      if (!Json.clientFrame(Json.text(frame)).equals(frame))
        throw new IllegalStateException("reads its own JSON as another frame: " + frame);
      return frame.getClass().getSimpleName();
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      var malformed = requireMalformed(failure);
      if (malformed.code() == Code.MALFORMED_JSON && isUtf8(input) && isObject(input))
        throw new IllegalStateException("refuses a JSON object as malformed JSON", failure);
      return malformed.sentence().replaceFirst("resume\\.[^']*", "resume");
    }
  }

  private static final class ServerFrames implements Target<ServerFrame> {
    @Override
    public ServerFrame read(Input input) throws Malformed {
      return Json.serverFrame(input.text());
    }

    @Override
    public String accepted(Input input, ServerFrame frame) throws Exception {
      if (!Json.serverFrame(Json.text(frame)).equals(frame))
        throw new IllegalStateException("reads its own JSON as another frame: " + frame);
      return frame.getClass().getSimpleName();
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      return requireMalformed(failure).sentence();
    }
  }

  private static Malformed requireMalformed(Exception failure) throws Exception {
    if (!(failure instanceof Malformed malformed)) throw failure;
    if (!SENTENCE.matcher(malformed.sentence()).matches())
      throw new IllegalStateException("repeats the input: " + malformed.sentence());
    return malformed;
  }

  private static boolean isUtf8(Input input) {
    return Arrays.equals(input.text().getBytes(StandardCharsets.UTF_8), input.bytes());
  }

  private static boolean isObject(Input input) {
    try {
      return TREES.readTree(input.bytes()).isObject();
    } catch (IOException _) {
      return false;
    }
  }
}
