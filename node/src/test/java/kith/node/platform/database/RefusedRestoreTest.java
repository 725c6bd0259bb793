package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
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

  /// The backup of a release that has more tables than this one.
  private record Newer() implements Dump {
    @Override
    public Contents contents() {
      return new Contents(
          Instant.parse("2030-01-01T00:00:00Z"), "9.0", List.of(new Migration("9999", 1)));
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      sink.complete(new End(List.of()));
    }
  }

  @BeforeEach
  void makeDatabaseAndBackup() throws IOException {
    data = directory.resolve("data");
    file = directory.resolve("kith.backup");
    Files.createDirectories(data.resolve("postgres/cluster"));
    Files.writeString(data.resolve("postgres/cluster/name"), "current");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      BackupWriter.write(new Newer(), channel);
    }
  }

  private void refuseRestore() {
    var settings =
        NodeSettings.read(Optional.empty(), Map.of("kith.database.data", data.toString()));
    assertThatThrownBy(() -> new Backups(settings.database(), "0.1", _ -> {}).restore(file, true))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("The backup is of a newer release");
  }

  private void settle() {
    try (var held = DataDirectory.hold(data)) {
      PostgresHomes.of(held).settle();
    }
  }

  @Test
  void theNodeStartsOnItsDatabaseAsBefore() throws IOException {
    refuseRestore();

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

    refuseRestore();

    assertThatThrownBy(this::settle)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");
  }
}
