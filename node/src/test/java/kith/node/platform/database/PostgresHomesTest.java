package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import kith.node.platform.config.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exchange of directories, interrupted at each of its steps.
class PostgresHomesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:15:30Z");
  private static final String FORMER = "postgres-before-2026-11-22T20-15-30";

  @TempDir Path data;
  private DataDirectory directory;
  private PostgresHomes homes;

  @BeforeEach
  void hold() {
    directory = DataDirectory.hold(data);
    homes = PostgresHomes.of(directory);
  }

  @AfterEach
  void release() {
    directory.close();
  }

  private static void database(Path home, String name) throws IOException {
    Files.createDirectories(home.resolve("cluster"));
    Files.writeString(home.resolve("cluster/name"), name);
  }

  private String current() throws IOException {
    return Files.readString(homes.current().resolve("cluster/name"));
  }

  private String former() throws IOException {
    return Files.readString(data.resolve(FORMER).resolve("cluster/name"));
  }

  @Test
  void aCompleteRestoreReplacesTheDatabaseAndKeepsTheFormerOne() throws IOException {
    database(homes.current(), "old");
    database(homes.begin(), "new");

    assertThat(homes.complete(NOW)).isEqualTo(data.toRealPath().resolve(FORMER));

    assertThat(current()).isEqualTo("new");
    assertThat(former()).isEqualTo("old");
    homes.settle();
  }

  @Test
  void anIncompleteRestoreIsReportedAndChangesNothing() throws IOException {
    database(homes.current(), "old");
    database(homes.begin(), "half");

    assertThatThrownBy(homes::settle)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted. Repeat `./kith restore`");
    assertThat(current()).isEqualTo("old");
  }

  @Test
  void anIncompleteRestoreIntoAnEmptyDirectoryIsAlsoReported() throws IOException {
    database(homes.begin(), "half");

    assertThatThrownBy(homes::settle).isInstanceOf(StartFailure.class);
  }

  @Test
  void aRepeatedRestoreStartsFromScratch() throws IOException {
    database(homes.begin(), "half");

    assertThat(homes.begin()).isEmptyDirectory();
  }

  @Test
  void anExchangeThatWasInterruptedBeforeItsFirstRenameIsContinued() throws IOException {
    database(homes.current(), "old");
    database(homes.begin(), "new");
    Files.writeString(data.resolve("restoring/restore-complete"), FORMER);

    homes.settle();

    assertThat(current()).isEqualTo("new");
    assertThat(former()).isEqualTo("old");
  }

  @Test
  void anExchangeThatWasInterruptedBetweenItsRenamesIsContinued() throws IOException {
    database(data.resolve(FORMER), "old");
    database(homes.begin(), "new");
    Files.writeString(data.resolve("restoring/restore-complete"), FORMER);

    homes.settle();

    assertThat(current()).isEqualTo("new");
    assertThat(former()).isEqualTo("old");
  }
}
