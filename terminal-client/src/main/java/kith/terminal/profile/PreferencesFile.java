package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.model.Preferences;

/// The saved preferences. Written periodically if they changed.
public final class PreferencesFile {
  private final Path path;
  private Preferences preferences;
  private boolean isChanged;

  private PreferencesFile(Path path, Preferences preferences) {
    this.path = path;
    this.preferences = preferences;
  }

  public static PreferencesFile in(Path path) {
    try {
      var text = AtomicFile.read(path);
      return new PreferencesFile(
          path, text.isEmpty() ? Preferences.NONE : Json.rest(text.get(), Preferences.class));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be read.", fault);
    } catch (Malformed damaged) {
      // treated as a missing file
      return new PreferencesFile(path, Preferences.NONE);
    }
  }

  public Preferences preferences() {
    return preferences;
  }

  public void keep(Preferences changed) {
    isChanged |= !changed.equals(preferences);
    preferences = changed;
  }

  public void write() {
    if (!isChanged) return;
    isChanged = false;
    try {
      AtomicFile.write(path, Json.restText(preferences));
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be written.", fault);
    }
  }
}
