package kith.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.Node;
import kith.node.NodeSettings;

/// Nodes of stories: on free ports, with a PostgreSQL of their own, and with passwords that cost
/// little.
public final class StoryNode {
  /// The directory in which the tests of the node unpack the programs of PostgreSQL.
  private static final Path UNPACKED = Path.of("../node/target/test-postgres/postgres");

  private StoryNode() {}

  public static Node start(Path data) {
    return start(data, Map.of());
  }

  /// @param changed settings by path: `kith.bots.call-time`
  public static Node start(Path data, Map<String, String> changed) {
    lendPrograms(data.resolve("postgres"));
    var flags = new HashMap<String, String>();
    flags.put("kith.http.port", "0");
    flags.put("kith.cluster.port", "0");
    flags.put("kith.accounts.bcrypt-cost", "4");
    flags.put("kith.database.data", data.toString());
    flags.putAll(changed);
    return Node.start(NodeSettings.read(Optional.empty(), flags));
  }

  /// Unpacking the programs takes seconds. A node without them, or with those of another release,
  /// unpacks its own.
  private static void lendPrograms(Path home) {
    if (!Files.isDirectory(UNPACKED)) return;
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try (var programs = Files.newDirectoryStream(UNPACKED, "binaries-*")) {
      Files.createDirectories(home, ownerOnly);
      for (var each : programs)
        Files.createSymbolicLink(home.resolve(each.getFileName()), each.toRealPath());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
