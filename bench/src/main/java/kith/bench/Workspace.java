package kith.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The directory in which this driver was built, and the files of its runs.
final class Workspace {
  private Workspace() {}

  static Path root() {
    try {
      var jar = Workspace.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      // bench/target/kith-bench.jar, or bench/target/classes
      var root = Path.of(jar).resolve("../../..").normalize();
      if (Files.isExecutable(root.resolve("kith"))) return root;
    } catch (URISyntaxException | NullPointerException unusual) {
      throw new BenchFailure(
          "This driver was moved from the directory in which it was built; use --url.", unusual);
    }
    throw new BenchFailure(
        "This driver was moved from the directory in which it was built; use --url.");
  }

  static Path launcher() {
    return root().resolve("kith");
  }

  /// Creates a directory for one server.
  static Path directory(String prefix) throws IOException {
    var target = Files.createDirectories(root().resolve("bench/target"));
    return Files.createTempDirectory(target, prefix);
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) return;
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
