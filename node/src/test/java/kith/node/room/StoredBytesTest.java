package kith.node.room;

import static kith.node.room.RoomHistory.BOUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import kith.node.LocalActors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What release 0.1 wrote into journals, each file named as the row names its kind. Every later
/// release reads it; these files are never written again.
class StoredBytesTest {
  private static final Path WRITTEN = Path.of("src", "test", "resources", "journal", "0.1");

  /// The number that Pekko gives its CBOR, and each row keeps.
  private static final int CBOR = 33;

  private static final ActorTestKit KIT = LocalActors.create();
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  static Stream<RoomEvent> events() {
    return RoomExamples.events().stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventWrittenThenIsReadNow(RoomEvent event) throws IOException {
    assertThat(read("kith.node.room.RoomEvent$" + event.getClass().getSimpleName()))
        .isEqualTo(event);
  }

  @Test
  void aSnapshotWrittenThenIsReadNow() throws IOException {
    var snapshot = (RoomSnapshot) read("kith.node.room.RoomSnapshot");

    assertThat(snapshot.restored(BOUNDS)).isEqualTo(RoomExamples.room());
  }

  private static Object read(String manifest) throws IOException {
    var bytes = Files.readAllBytes(WRITTEN.resolve(manifest + ".cbor"));
    return SERIALIZATION.deserialize(bytes, CBOR, manifest).get();
  }

  /// How the files came about, for the next release to do the same in a directory of its own.
  @Test
  @EnabledIfSystemProperty(named = "kith.journal.write", matches = "true")
  void writesWhatThisReleaseWrites() throws IOException {
    Files.createDirectories(WRITTEN);
    for (var event : RoomExamples.events()) write(event);
    write(RoomSnapshot.of(RoomExamples.room()));
  }

  private static void write(Object kept) throws IOException {
    var serializer = SERIALIZATION.findSerializerFor(kept);
    var file = WRITTEN.resolve(Serializers.manifestFor(serializer, kept) + ".cbor");
    Files.write(file, serializer.toBinary(kept));
  }
}
