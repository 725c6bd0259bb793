package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import kith.node.platform.config.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void onlyOneNodeHoldsTheDirectory() {
    var data = parent.resolve("data");
    try (var _ = DataDirectory.hold(data)) {
      assertThatThrownBy(() -> DataDirectory.hold(data))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("is using the data directory");
    }
  }

  @Test
  void theNextNodeCanTakeTheDirectory() {
    var data = parent.resolve("data");
    DataDirectory.hold(data).close();

    try (var held = DataDirectory.hold(data)) {
      assertThat(held.path()).isDirectory();
    }
  }

  @Test
  void theDirectoryIsClosedToOtherUsers() throws Exception {
    var data = parent.resolve("data");
    try (var _ = DataDirectory.hold(data)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
    var file = Files.createFile(parent.resolve("data"));

    assertThatThrownBy(() -> DataDirectory.hold(file))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be used");
  }
}
