package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.model.Draft;

/// The saved drafts of an account. Clients that share a profile change only the rooms in which
/// their user has typed. Nothing is written once the profile is logged out.
public final class DraftsFile {
  private static final int MAX_DRAFTS = 50;
  private static final int MAX_CHARS = 128 * 1024;

  /// The content of the file, the latest draft last.
  record Saved(String user, List<Draft> drafts) {
    Saved {
      drafts = List.copyOf(drafts);
    }
  }

  private final Profile profile;
  private final String user;
  private final Map<String, Draft> changed = new LinkedHashMap<>();

  private DraftsFile(Profile profile, String user) {
    this.profile = profile;
    this.user = user;
  }

  public static DraftsFile of(Access access) {
    return new DraftsFile(access.profile(), access.user());
  }

  private Path path() {
    return profile.drafts();
  }

  public List<Draft> drafts() {
    try {
      var text = AtomicFile.read(path());
      if (text.isEmpty()) return List.of();
      var saved = Json.rest(text.get(), Saved.class);
      return saved.user().equals(user) ? saved.drafts() : List.of();
    } catch (IOException fault) {
      throw new UncheckedIOException(path() + " cannot be read.", fault);
    } catch (Malformed damaged) {
      // treated as a missing file
      return List.of();
    }
  }

  public void keep(Draft draft) {
    changed.put(draft.room(), draft);
  }

  /// Waits while another client writes.
  public void write() {
    if (changed.isEmpty()) return;
    profile.whileTextsLocked(this::replaceIfLoggedIn);
    changed.clear();
  }

  /// Changes that cannot be written now are written by a later call.
  public void writeIfUnlocked() {
    if (!changed.isEmpty() && profile.ifTextsUnlocked(this::replaceIfLoggedIn)) changed.clear();
  }

  private void replaceIfLoggedIn() {
    if (profile.isLoggedIn()) replace(merged());
  }

  private List<Draft> merged() {
    var drafts = new LinkedHashMap<String, Draft>();
    drafts().forEach(draft -> drafts.put(draft.room(), draft));
    changed.forEach((room, draft) -> {
      drafts.remove(room);
      if (!draft.text().isBlank()) drafts.put(room, draft);
    });
    while (drafts.size() > MAX_DRAFTS || chars(drafts) > MAX_CHARS) drafts.pollFirstEntry();
    return List.copyOf(drafts.values());
  }

  private static int chars(Map<String, Draft> drafts) {
    return drafts.values().stream()
        .mapToInt(draft -> draft.text().length() + draft.other().map(String::length).orElse(0))
        .sum();
  }

  private void replace(List<Draft> drafts) {
    try {
      AtomicFile.write(path(), Json.restText(new Saved(user, drafts)));
    } catch (IOException fault) {
      throw new UncheckedIOException(path() + " cannot be written.", fault);
    }
  }
}
