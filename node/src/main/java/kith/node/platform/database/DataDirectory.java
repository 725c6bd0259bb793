package kith.node.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.platform.config.StartFailure;

/// The directory of a node's own database. One node at a time holds it, and other users of the
/// machine have no access.
final class DataDirectory implements AutoCloseable {
  // Closing any channel of a locked file releases this process's lock on it, so a second attempt
  // from the same process must not even open the file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static DataDirectory hold(Path directory) {
    return tryHold(directory).orElseThrow(() -> inUse(directory.toAbsolutePath().normalize()));
  }

  /// Empty if another process holds it.
  static Optional<DataDirectory> tryHold(Path directory) {
    try {
      createPrivate(directory);
      var path = directory.toRealPath();
      if (!HELD.add(path)) return Optional.empty();
      try {
        var lock = locked(path);
        if (lock.isEmpty()) HELD.remove(path);
        return lock.map(channel -> new DataDirectory(path, channel));
      } catch (IOException | RuntimeException fault) {
        HELD.remove(path);
        throw fault;
      }
    } catch (IOException fault) {
      throw new StartFailure(
          "The data directory %s cannot be used: %s.".formatted(directory, reason(fault)), fault);
    }
  }

  private static Optional<FileChannel> locked(Path path) throws IOException {
    var channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) return Optional.of(channel);
    } catch (OverlappingFileLockException _) {
      // locked by this process, handled below
    }
    channel.close();
    return Optional.empty();
  }

  private static StartFailure inUse(Path path) {
    return new StartFailure(
        "Another node, or a backup, restore or move, is using the data directory "
            + path
            + "; choose a different one with --data.");
  }

  Path path() {
    return path;
  }

  /// A file system's exception often holds only the path.
  static String reason(IOException fault) {
    return switch (fault) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileAlreadyExistsException file -> file.getFile() + " is not a directory";
      default -> String.valueOf(fault.getMessage());
    };
  }

  static void createPrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, ownerOnly("rwx------"));
    }
  }

  /// Writes a file that only this user can read, completely or not at all.
  static void writePrivate(Path file, String content) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, ownerOnly("rw-------"));
    try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Takes all access to an existing file from other users.
  static void makePrivate(Path file) throws IOException {
    if (POSIX) Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } finally {
      HELD.remove(path);
    }
  }
}
