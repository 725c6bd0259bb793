package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import kith.node.platform.serialization.NamedCborSerializer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A node of this release among nodes of a release that sends unknown types too early.
class RollingUpgradeTest {
  private static final ActorTestKit NODE = RemoteActors.create(ConfigFactory.empty());
  private static final ActorTestKit LATER =
      RemoteActors.create(
          ConfigFactory.parseString(
              """
              pekko.actor {
                serializers.named-cbor = "kith.node.RollingUpgradeTest$OfALaterRelease"
                serialization-bindings { "kith.node.RollingUpgradeTest$News" = named-cbor }
              }
              """));

  @AfterAll
  static void shutdown() {
    LATER.shutdownTestKit();
    NODE.shutdownTestKit();
  }

  /// Messages that a node of this release cannot read.
  enum News {
    A_NEW_TYPE("room.whisper", "{}"),
    A_NEW_PART_OF_A_KNOWN_TYPE("room.perform", "{'act':{'type':'hush'}}"),
    A_NEW_CONSTANT("room.denied", "{'type':'denied','code':'TOO_LOUD'}");

    final String manifest;
    final String json;

    News(String manifest, String json) {
      this.manifest = manifest;
      this.json = json.replace('\'', '"');
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesUnknownToANodeAreLoggedAndDroppedAndNoOthers(News news) {
    var listener = NODE.<Object>createTestProbe();
    var fromLater = from(LATER, listener.ref());

    LoggingTestKit.error("Failed to deserialize message")
        .withCause(NotSerializableException.class)
        .withOccurrences(1)
        .expect(
            NODE.system(),
            () -> {
              fromLater.accept(news);
              fromLater.accept("what comes next");
              assertThat(listener.receiveMessage()).isEqualTo("what comes next");
              return true;
            });
  }

  private static Consumer<Object> from(ActorTestKit sender, ActorRef<Object> receiver) {
    var address = ActorRefResolver.get(NODE.system()).toSerializationFormat(receiver);
    return ActorRefResolver.get(sender.system()).<Object>resolveActorRef(address)::tell;
  }

  /// Writes bytes that the serializer of this release cannot read, under that serializer's number.
  static final class OfALaterRelease extends SerializerWithStringManifest {
    @Override
    public int identifier() {
      return NamedCborSerializer.IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
      return ((News) message).manifest;
    }

    @Override
    public byte[] toBinary(Object message) {
      try {
        return new CBORMapper()
            .writeValueAsBytes(new ObjectMapper().readTree(((News) message).json));
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
      throw new UnsupportedOperationException("only writes");
    }
  }
}
