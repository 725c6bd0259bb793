package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A node of this release among nodes of one that says more than it should yet.
class RollingUpgradeTest {
  private static final ActorTestKit NODE = RemoteActors.create(ConfigFactory.empty());
  private static final ActorTestKit LATER =
      RemoteActors.create(
          ConfigFactory.parseString(
              """
              pekko.actor {
                serializers.jackson-cbor = "kith.node.RollingUpgradeTest$OfALaterRelease"
                serialization-bindings { "kith.node.RollingUpgradeTest$News" = jackson-cbor }
              }
              """));

  @AfterAll
  static void shutdown() {
    LATER.shutdownTestKit();
    NODE.shutdownTestKit();
  }

  /// What a node of this release cannot read, and why.
  enum News {
    A_NEW_TYPE(NotSerializableException.class, "kith.node.room.Room$Whisper", "{}"),
    A_NEW_PART_OF_A_KNOWN_TYPE(
        InvalidTypeIdException.class, "kith.node.room.Room$Perform", "{'act':{'type':'hush'}}"),
    A_NEW_CONSTANT(
        InvalidFormatException.class,
        "kith.node.room.Room$Denied",
        "{'type':'denied','code':'TOO_LOUD'}");

    final Class<? extends Exception> fault;
    final String manifest;
    final String json;

    News(Class<? extends Exception> fault, String manifest, String json) {
      this.fault = fault;
      this.manifest = manifest;
      this.json = json.replace('\'', '"');
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatANodeDoesNotKnowIsLoggedAndMissedAndNothingElse(News news) {
    var listener = NODE.<Object>createTestProbe();
    var fromLater = from(LATER, listener.ref());

    LoggingTestKit.error("Failed to deserialize message")
        .withCause(news.fault)
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

  /// Writes what the serializer of this release cannot read, under its number.
  static final class OfALaterRelease extends SerializerWithStringManifest {
    @Override
    public int identifier() {
      return 33;
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
