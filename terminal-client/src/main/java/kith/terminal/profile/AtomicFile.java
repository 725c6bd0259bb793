package kith.terminal.profile;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// A small file with owner-only permissions that is replaced atomically.
public final class AtomicFile {
  private AtomicFile() {}

  public static Optional<String> read(Path path) throws IOException {
    try {
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  public static void write(Path path, String text) throws IOException {
    var whole = path.toAbsolutePath();
    var fresh = unfinished(whole, ProcessHandle.current().pid());
    Files.deleteIfExists(fresh);
    try (var channel =
        FileChannel.open(
            fresh,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(fresh, whole, ATOMIC_MOVE);
    try (var directory = FileChannel.open(whole.resolveSibling("."), READ)) {
      directory.force(true);
    }
  }

  private static Path unfinished(Path whole, long pid) {
    return whole.resolveSibling(whole.getFileName() + "." + pid);
  }

  /// Deletes the unfinished files of killed processes in a directory.
  static void deleteUnfinished(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*.json.*")) {
      for (var file : files) if (isUnfinished(file)) Files.deleteIfExists(file);
    }
  }

  private static boolean isUnfinished(Path file) {
    var name = file.getFileName().toString();
    var pid = name.substring(name.lastIndexOf('.') + 1);
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }
}
