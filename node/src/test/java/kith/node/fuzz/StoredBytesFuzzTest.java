package kith.node.fuzz;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.node.platform.serialization.NamedCborSerializer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Mutated bytes of the journal and of messages between nodes are read completely or refused as not
/// serializable.
class StoredBytesFuzzTest {
  private static final ActorTestKit KIT = LocalActors.create();

  /// Heads of CBOR values that announce more than follows, and values that readers treat specially.
  private static final List<byte[]> DICTIONARY =
      Stream.of(
              """
              f6 f7 f4 f5 00 20 60 40 80 a0 ff 9f bf 5f 7f 81 a16161 9f81 d818
              1bffffffffffffffff 3bffffffffffffffff 1b7fffffffffffffff 3b7fffffffffffffff
              5a7fffffff 7a7fffffff 9a7fffffff ba7fffffff 5bffffffffffffffff 7bffffffffffffffff
              9bffffffffffffffff c249ffffffffffffffffff c35900ffff c4821a7fffffff01
              c4823a7fffffff01 c482001b7fffffffffffffff d90100 d81900 f97e00 f97c00
              fb7ff0000000000000 fb7fefffffffffffff f4f5 6474797065
              """
                  .split("\\s+"))
          .map(HexFormat.of()::parseHex)
          .toList();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void mutatedStoredBytesAreReadOrRefused() throws InterruptedException {
    new Fuzzing("stored bytes", Seeds.stored(), DICTIONARY, Optional.of(new CBORMapper()))
        .run(new Stored(SerializationExtension.get(KIT.system())));
  }

  private record Stored(Serialization serialization) implements Target<Object> {
    @Override
    public Object read(Input input) {
      return read(input.bytes(), input.kind());
    }

    private Object read(byte[] bytes, String type) {
      return serialization.deserialize(bytes, NamedCborSerializer.IDENTIFIER, type).get();
    }

    @Override
    public String accepted(Input input, Object value) {
      var writing = serialization.serialize(value);
      if (writing.isFailure() && hasWrongText(writing.failed().get()))
        return input.kind() + " with a text that is not UTF-8";
      var written = writing.get();
      var again = read(written, input.kind());
      // the first writing cuts times to milliseconds; packed values are equal only as bytes
      var writtenAgain = serialization.serialize(again).get();
      if (!again.equals(value)
          && !Arrays.equals(writtenAgain, written)
          && !read(writtenAgain, input.kind()).equals(again))
        throw new IllegalStateException("reads its own bytes as another value: " + value);
      return input.kind();
    }

    /// Jackson reads a CBOR text that is not UTF-8 as one with unpaired surrogates, and refuses to
    /// write it. Only a damaged database has such texts.
    private static boolean hasWrongText(Throwable fault) {
      for (@Nullable Throwable it = fault; it != null; it = it.getCause())
        if (it instanceof JsonGenerationException
            && String.valueOf(it.getMessage()).contains("surrogate")) return true;
      return false;
    }

    @Override
    public String refused(Input input, Exception failure) throws Exception {
      if (!(failure instanceof NotSerializableException)) throw failure;
      var cause = failure.getCause();
      return input.kind() + " " + (cause == null ? "" : cause.getClass().getSimpleName());
    }
  }
}
