package kith.terminal.profile;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where files go, by the XDG base directory rules.
public record Places(Path config, Path state) {

  /// @param userHome where the system says that the user is at home, unless `HOME` says otherwise
  public static Places of(Map<String, String> environment, Path userHome) {
    var home = base(environment, "HOME", userHome);
    return new Places(
        base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("kith"),
        base(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve("kith"));
  }

  /// By the rules a relative path there counts as none.
  private static Path base(Map<String, String> environment, String name, Path otherwise) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(otherwise);
  }
}
