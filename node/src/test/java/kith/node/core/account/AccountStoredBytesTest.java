package kith.node.core.account;

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

/// What each release wrote into the journals of accounts. Every later release reads it.
class AccountStoredBytesTest {
  private static final ActorTestKit KIT = LocalActors.create();
  private static final StoredBytes STORED =
      new StoredBytes(
          KIT.system(), "journal", name -> !name.startsWith("room."), AccountExamples.kept());

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  static Stream<String> files() {
    return STORED.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatWasWrittenThenIsReadNow(String file) {
    assertThat(STORED.read(file)).isEqualTo(STORED.example(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatTheNextReleaseAddsIsOverlooked(String file) {
    var read = STORED.read(file, kept -> kept.put("added", "by the next release"));

    assertThat(read).isEqualTo(STORED.example(file));
  }

  @Test
  void everyKindOfEventHasAnExample() {
    assertThat(AccountExamples.events())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(AccountEvent.class.getPermittedSubclasses());
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
