package kith.node.feature.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import kith.node.LocalActors;
import kith.node.StoredBytes;
import kith.node.core.room.RoomHistory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The reactions that each release wrote into the journals of rooms.
class ReactionsStoredBytesTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final StoredBytes STORED =
      new StoredBytes(
          KIT.system(),
          "journal",
          name -> name.startsWith("reactions."),
          List.of(
              new Reacted("ann", RoomHistory.NOW, "id-1", 2, "👍", false),
              new Reacted("ann", RoomHistory.NOW, "id-2", 2, "👍", true)));

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  static Stream<String> files() {
    return STORED.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void storedReactionsAreStillRead(String file) {
    assertThat(STORED.read(file)).isEqualTo(STORED.example(file));
  }

  @Test
  void everyExampleIsStored() {
    assertThat(STORED.missing()).isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "kith.stored.write", matches = "true")
  void writesTheBytesOfThisRelease() throws IOException {
    STORED.write();
  }
}
