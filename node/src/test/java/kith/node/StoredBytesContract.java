package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tests of every kind of stored bytes: each file of each release is read as its example, also
/// with fields that this release does not know, and each example has a file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoredBytesContract {
  protected final StoredBytes stored;
  private final ActorTestKit kit;

  /// @param isMeant selects the files by their type names
  protected StoredBytesContract(
      ActorTestKit kit, String kind, Predicate<String> isMeant, List<?> examples) {
    this.kit = kit;
    this.stored = new StoredBytes(kit.system(), kind, isMeant, examples);
  }

  @AfterAll
  void shutdown() {
    kit.shutdownTestKit();
  }

  Stream<String> files() {
    return stored.files();
  }

  /// The value to compare: a value that does not equal its copy is converted into one that does.
  protected Object meaning(Object value) {
    return value;
  }

  /// Adds fields as the next release may do.
  protected void extend(ObjectNode value) {
    value.put("added", "by the next release");
  }

  @ParameterizedTest
  @MethodSource("files")
  void bytesOfEveryReleaseAreRead(String file) {
    assertThat(meaning(stored.read(file))).isEqualTo(meaning(stored.example(file)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void fieldsOfTheNextReleaseAreIgnored(String file) {
    var read = stored.read(file, this::extend);

    assertThat(meaning(read)).isEqualTo(meaning(stored.example(file)));
  }

  @Test
  void everyExampleIsStored() {
    assertThat(stored.missing())
        .as("not stored yet; docs/compatibility.md says how to write the files")
        .isEmpty();
  }

  @Test
  @EnabledIfSystemProperty(named = "kith.stored.write", matches = "true")
  void writesTheBytesOfThisRelease() throws IOException {
    stored.write();
  }
}
