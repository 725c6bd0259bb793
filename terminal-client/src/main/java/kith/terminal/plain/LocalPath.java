package kith.terminal.plain;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import kith.terminal.net.Unreachable;

/// A path as a user types it, or as a terminal inserts it when a file is dropped on it.
public final class LocalPath {
  private static final String FILE = "file://";

  private LocalPath() {}

  /// The path without quotes and escapes; empty if there is none. `~` stays.
  public static Optional<String> of(String text) {
    var stripped = text.strip();
    if (stripped.startsWith(FILE)) return ofUri(stripped);
    var path = isQuoted(stripped) ? unquoted(stripped) : unescaped(stripped);
    return path.isEmpty() || path.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(path);
  }

  /// The path in a pasted text that is nothing but the whole path of a file.
  public static Optional<String> pasted(String text) {
    var stripped = text.strip();
    if (stripped.isEmpty() || stripped.lines().count() > 1) return Optional.empty();
    return of(stripped).filter(path -> path.startsWith("/") || path.startsWith("~/"));
  }

  /// The path with the home directory in place of `~`.
  public static Path inHome(String path) {
    try {
      var home = System.getProperty("user.home", "");
      if (path.equals("~")) return Path.of(home);
      return path.startsWith("~/") ? Path.of(home, path.substring(2)) : Path.of(path);
    } catch (InvalidPathException impossible) {
      throw new Unreachable("This is not a path: " + path);
    }
  }

  private static boolean isQuoted(String text) {
    return text.length() > 1
        && ((text.startsWith("'") && text.endsWith("'"))
            || (text.startsWith("\"") && text.endsWith("\"")));
  }

  private static String unquoted(String text) {
    // a shell's spelling of a quote inside quotes
    return text.substring(1, text.length() - 1).replace("'\\''", "'");
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([ '\"()\\[\\]{}&;$!*?#\\\\])", "$1");
  }

  private static Optional<String> ofUri(String text) {
    try {
      var uri = URI.create(text);
      boolean isLocal = uri.getAuthority() == null || uri.getAuthority().equals("localhost");
      return isLocal
          ? Optional.ofNullable(uri.getPath()).filter(it -> !it.isEmpty())
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
