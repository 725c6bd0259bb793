package kith.terminal.profile;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The directories of config and state files, by the XDG base directory specification.
public record Places(Path config, Path state) {

  /// @param userHome the home directory of the system, unless `HOME` overrides it
  public static Places of(Map<String, String> environment, Path userHome) {
    var home = base(environment, "HOME", userHome);
    return new Places(
        base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("kith"),
        base(environment, "XDG_STATE_HOME", home.resolve(".local/state")).resolve("kith"));
  }

  /// The specification says to ignore relative paths.
  private static Path base(Map<String, String> environment, String name, Path otherwise) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(otherwise);
  }
}
