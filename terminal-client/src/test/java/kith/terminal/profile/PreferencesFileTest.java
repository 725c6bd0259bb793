package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kith.terminal.model.Preferences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of the saved preferences.
class PreferencesFileTest {
  @TempDir private Path directory;

  @Test
  void preferencesAreRestored() {
    var file = directory.resolve("habits.json");
    var preferences =
        Preferences.NONE
            .showingMembers(false)
            .withRoomsColumns(30)
            .ordered(List.of("b", "a"))
            .withRoom("a")
            .quiet(true);

    var first = PreferencesFile.in(file);
    assertThat(first.preferences()).isEqualTo(Preferences.NONE);
    first.keep(preferences);
    first.write();

    assertThat(PreferencesFile.in(file).preferences()).isEqualTo(preferences);
  }

  @Test
  void unchangedPreferencesAreNotWritten() {
    var file = directory.resolve("habits.json");

    PreferencesFile.in(file).write();

    assertThat(file).doesNotExist();
  }

  @Test
  void aDamagedFileIsIgnoredAndAFileOfALaterReleaseIsRead() throws IOException {
    var file = directory.resolve("habits.json");
    Files.writeString(file, "{\"order\":7");
    assertThat(PreferencesFile.in(file).preferences()).isEqualTo(Preferences.NONE);

    Files.writeString(file, "{\"members\":true,\"wallpaper\":\"blue\"}");
    assertThat(PreferencesFile.in(file).preferences())
        .isEqualTo(Preferences.NONE.showingMembers(true));
  }
}
