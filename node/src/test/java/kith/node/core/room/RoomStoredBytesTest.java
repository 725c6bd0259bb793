package kith.node.core.room;

import static kith.node.core.room.RoomHistory.BOUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.node.StoredBytes;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes that each release wrote into the journals of rooms. Every later release reads them.
class RoomStoredBytesTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final StoredBytes STORED =
      new StoredBytes(
          KIT.system(), "journal", name -> name.startsWith("room."), RoomExamples.kept());

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  static Stream<String> files() {
    return STORED.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void bytesOfEarlierReleasesAreRead(String file) {
    assertThat(meant(STORED.read(file))).isEqualTo(meant(STORED.example(file)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void fieldsOfTheNextReleaseAreIgnored(String file) {
    var read = STORED.read(file, kept -> kept.put("added", "by the next release"));

    assertThat(meant(read)).isEqualTo(meant(STORED.example(file)));
  }

  /// A snapshot's posts are packed: the test compares the restored rooms.
  private static Object meant(Object kept) {
    return kept instanceof RoomSnapshot snapshot ? snapshot.restored(BOUNDS) : kept;
  }

  @Test
  void everythingKeptIsStored() {
    assertThat(STORED.missing())
        .as("not stored yet; docs/compatibility.md says how to write the files")
        .isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "kith.stored.write", matches = "true")
  void writesWhatThisReleaseWrites() throws IOException {
    STORED.write();
  }
}
