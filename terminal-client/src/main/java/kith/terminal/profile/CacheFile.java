package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.model.CachedRoom;

/// The last screen of an account: its rooms and their latest entries, readable by the user only.
/// Nothing is written once the profile is logged out, and the log-out deletes the file.
public final class CacheFile {
  private static final int MAX_BYTES = 512 * 1024;

  /// The content of the file, the room that was shown last first.
  record Saved(String user, List<CachedRoom> rooms) {
    Saved {
      rooms = List.copyOf(rooms);
    }
  }

  private final Profile profile;
  private final String user;
  private String written = "";

  private CacheFile(Profile profile, String user) {
    this.profile = profile;
    this.user = user;
  }

  public static CacheFile of(Access access) {
    return new CacheFile(access.profile(), access.user());
  }

  /// Empty if there is no file of this account that can be read: the server has everything.
  public List<CachedRoom> rooms() {
    try {
      var text = AtomicFile.read(profile.cache());
      if (text.isEmpty()) return List.of();
      var saved = Json.rest(text.get(), Saved.class);
      return saved.user().equals(user) ? saved.rooms() : List.of();
    } catch (IOException | Malformed unusable) {
      return List.of();
    }
  }

  /// Writes as many rooms as fit, if they have changed.
  public void write(List<CachedRoom> rooms) {
    var text = text(rooms);
    if (text.equals(written)) return;
    profile.whileTextsLocked(() -> replaceIfLoggedIn(text));
    written = text;
  }

  /// Like `write`, unless the tokens are being refreshed; then the next call writes them.
  public void writeIfUnlocked(List<CachedRoom> rooms) {
    var text = text(rooms);
    if (text.equals(written)) return;
    if (profile.ifTextsUnlocked(() -> replaceIfLoggedIn(text))) written = text;
  }

  private void replaceIfLoggedIn(String text) {
    if (profile.isLoggedIn()) replace(text);
  }

  private String text(List<CachedRoom> rooms) {
    var fitting = new ArrayList<>(rooms);
    var text = Json.restText(new Saved(user, fitting));
    while (!fitting.isEmpty() && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      fitting.subList(fitting.size() / 2, fitting.size()).clear();
      text = Json.restText(new Saved(user, fitting));
    }
    return text;
  }

  private void replace(String text) {
    try {
      AtomicFile.write(profile.cache(), text);
    } catch (IOException fault) {
      throw new UncheckedIOException(profile.cache() + " cannot be written.", fault);
    }
  }

  public void delete() {
    written = "";
    try {
      Files.deleteIfExists(profile.cache());
    } catch (IOException fault) {
      throw new UncheckedIOException(profile.cache() + " cannot be deleted.", fault);
    }
  }
}
