package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.model.Habits;

/// What somebody arranged on their screen, in a file. It is written now and then.
public final class HabitsFile {
  private final Path path;
  private Habits habits;
  private boolean isChanged;

  private HabitsFile(Path path, Habits habits) {
    this.path = path;
    this.habits = habits;
  }

  public static HabitsFile in(Path path) {
    try {
      var text = SafeFile.read(path);
      return new HabitsFile(
          path, text.isEmpty() ? Habits.NONE : Json.rest(text.get(), Habits.class));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be read.", fault);
    } catch (Malformed damaged) {
      // as if nothing had ever been arranged
      return new HabitsFile(path, Habits.NONE);
    }
  }

  public Habits habits() {
    return habits;
  }

  public void keep(Habits changed) {
    isChanged |= !changed.equals(habits);
    habits = changed;
  }

  public void write() {
    if (!isChanged) return;
    isChanged = false;
    try {
      SafeFile.write(path, Json.restText(habits));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be written.", fault);
    }
  }
}
