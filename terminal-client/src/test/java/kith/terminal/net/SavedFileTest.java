package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {
  @TempDir private Path directory;

  @Test
  void anExistingFileIsNotReplaced() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "old");

    var second = save("a.txt");
    var third = save("a.txt");

    assertThat(second.getFileName()).hasToString("a (2).txt");
    assertThat(third.getFileName()).hasToString("a (3).txt");
    assertThat(directory.resolve("a.txt")).hasContent("old");
    assertThat(second).hasContent("new");
  }

  @Test
  void theLongestNameIsShortenedForItsNumber() throws IOException {
    var longest = "y".repeat(251) + ".txt";
    save(longest);

    assertThat(save(longest).getFileName()).hasToString("y".repeat(247) + " (2).txt");
  }

  @Test
  void noNameLeavesTheDirectory() throws IOException {
    for (var name :
        new String[] {
          "../x", "/etc/passwd", "..", ".", "", ".bashrc", "a\u0000b", "c:\\x", "a\nb"
        }) {
      var path = save(name);
      assertThat(path.getParent()).as(name).isEqualTo(directory);
      assertThat(path.getFileName().toString()).doesNotStartWith(".").doesNotContain("\n");
    }
  }

  @Test
  void aFailedDownloadLeavesNothing() throws IOException {
    assertThatThrownBy(() ->
            SavedFile.in(
                directory,
                "a.txt",
                _ -> {
                  throw new Unreachable("gone");
                }))
        .isInstanceOf(Unreachable.class);

    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private Path save(String name) throws IOException {
    return SavedFile.in(
        directory,
        name,
        into -> {
          try {
            Files.writeString(into, "new");
          } catch (IOException fault) {
            throw new UncheckedIOException(fault);
          }
        });
  }
}
