package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  @TempDir private Path directory;
  private Path from;
  private Path to;

  @BeforeEach
  void makeDirectories() throws IOException {
    from = directory.resolve("postgres");
    to = Files.createDirectory(directory.resolve("restoring"));
  }

  @Test
  void aNewDirectoryKeepsTheProgramsWhenTheOtherIsDeleted() throws IOException {
    var programs = from.resolve("binaries-12ab");
    Files.createDirectories(programs.resolve("bin"));
    Files.writeString(programs.resolve("bin/postgres"), "program");
    Files.createSymbolicLink(programs.resolve("postmaster"), Path.of("bin/postgres"));
    Files.createDirectories(from.resolve("cluster"));

    PostgresBinaries.share(from, to);
    PostgresBinaries.deleteTree(from);

    assertThat(to.resolve("binaries-12ab/bin/postgres")).hasContent("program");
    assertThat(to.resolve("binaries-12ab/postmaster")).hasContent("program");
    try (var all = Files.list(to)) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aDirectoryWithoutProgramsSharesNone() throws IOException {
    PostgresBinaries.share(from, to);

    assertThat(to).isEmptyDirectory();
  }
}
