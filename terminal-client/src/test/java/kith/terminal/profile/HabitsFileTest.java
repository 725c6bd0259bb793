package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kith.terminal.model.Habits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody arranged, over the end of the client.
class HabitsFileTest {
  @TempDir private Path directory;

  @Test
  void whatWasArrangedIsThereTheNextTime() {
    var file = directory.resolve("habits.json");
    var habits =
        Habits.NONE
            .showingMembers(false)
            .withRoomsColumns(30)
            .ordered(List.of("b", "a"))
            .in("a")
            .quiet(true);

    var first = HabitsFile.in(file);
    assertThat(first.habits()).isEqualTo(Habits.NONE);
    first.keep(habits);
    first.write();

    assertThat(HabitsFile.in(file).habits()).isEqualTo(habits);
  }

  @Test
  void nothingIsWrittenWhereNothingChanged() {
    var file = directory.resolve("habits.json");

    HabitsFile.in(file).write();

    assertThat(file).doesNotExist();
  }

  @Test
  void aDamagedFileIsAsGoodAsNoneAndOneOfALaterReleaseIsRead() throws IOException {
    var file = directory.resolve("habits.json");
    Files.writeString(file, "{\"order\":7");
    assertThat(HabitsFile.in(file).habits()).isEqualTo(Habits.NONE);

    Files.writeString(file, "{\"members\":true,\"wallpaper\":\"blue\"}");
    assertThat(HabitsFile.in(file).habits()).isEqualTo(Habits.NONE.showingMembers(true));
  }
}
