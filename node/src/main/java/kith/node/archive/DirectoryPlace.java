package kith.node.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Archives of a node in a directory, or a copy of them.
public record DirectoryPlace(Path directory) implements ArchivePlace {
  @Override
  public List<Found> files(String room) throws IOException {
    try (var paths = Files.walk(directory.resolve(room), 2)) {
      return paths
          .sorted()
          .map(path ->
              new Found(
                  path.getFileName().toString(), path.toString(), () -> Files.newInputStream(path)))
          .filter(found -> ArchiveFile.isNamedAsOne(found.name()))
          .toList();
    }
  }
}
