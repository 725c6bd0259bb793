package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.NodeSettings;
import kith.node.platform.config.StartFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A refused restore into a data directory leaves the node as it was.
class RefusedRestoreTest {
  @TempDir Path directory;
  private Path data;
  private Path file;

  /// A backup without tables.
  private record Empty(Migration migration) implements Dump {
    /// Of a release that has more tables than this one.
    static final Empty NEWER = new Empty(new Migration("9999", 1));

    /// Of a release that has other tables than this one. Only a database shows that.
    static final Empty VARIANT = new Empty(new Migration("1", 1));

    @Override
    public Contents contents() {
      return new Contents(Instant.parse("2030-01-01T00:00:00Z"), "9.0", List.of(migration));
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      sink.complete(new End(List.of()));
    }
  }

  @BeforeEach
  void makeDatabase() throws IOException {
    data = directory.resolve("data");
    file = directory.resolve("kith.backup");
    Files.createDirectories(data.resolve("postgres/cluster"));
    Files.writeString(data.resolve("postgres/cluster/name"), "current");
  }

  private List<String> refuseRestore(Dump dump, String reason) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      BackupWriter.write(dump, channel);
    }
    var settings =
        NodeSettings.read(Optional.empty(), Map.of("kith.database.data", data.toString()));
    var steps = new ArrayList<String>();
    assertThatThrownBy(
            () -> new Backups(settings.database(), "0.1", steps::add).restore(file, true))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining(reason);
    return steps;
  }

  /// Refuses it after the restore has begun.
  private void refuseVariant() throws IOException {
    TestPostgres.lendProgramsTo(data.resolve("postgres"));
    assertThat(refuseRestore(Empty.VARIANT, "The backup is of another variant"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("Restoring");
  }

  private void settle() {
    try (var held = DataDirectory.hold(data)) {
      PostgresHomes.of(held).settle();
    }
  }

  @Test
  void aBackupOfANewerReleaseIsRefusedBeforeTheRestoreBegins() throws IOException {
    var steps = refuseRestore(Empty.NEWER, "The backup is of a newer release");

    assertThat(steps).singleElement().asString().startsWith("Checking");
    assertThat(data.resolve("lock")).doesNotExist();
  }

  @Test
  void theNodeStartsOnItsFormerDatabase() throws IOException {
    refuseVariant();

    settle();
    assertThat(Files.readString(data.resolve("postgres/cluster/name"))).isEqualTo("current");
    try (var all = Files.list(data)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("postgres", "lock");
    }
  }

  @Test
  void anEarlierInterruptedRestoreIsStillReported() throws IOException {
    Files.createDirectories(data.resolve("restoring/cluster"));

    refuseVariant();

    assertThatThrownBy(this::settle)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");
  }
}
