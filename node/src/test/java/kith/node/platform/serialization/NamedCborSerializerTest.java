package kith.node.platform.serialization;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.HexFormat;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NamedCborSerializerTest {
  private static final ActorTestKit KIT = LocalActors.create();

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aNullIsNotReadAsAMessage() {
    assertThatThrownBy(() -> read("room.deleted", "f6"))
        .isInstanceOf(NotSerializableException.class);
  }

  /// Jackson throws a `NullPointerException` for a type that is a byte string.
  @Test
  void bytesThatTheReaderFailsOnAreNotSerializable() {
    assertThatThrownBy(() -> read("room.view-may-join", "9f4262dbf462ad647f"))
        .isInstanceOf(NotSerializableException.class);
  }

  private static Object read(String type, String hex) {
    var bytes = HexFormat.of().parseHex(hex);
    return SerializationExtension.get(KIT.system())
        .deserialize(bytes, NamedCborSerializer.IDENTIFIER, type)
        .get();
  }
}
