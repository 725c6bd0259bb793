package kith.terminal.profile;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// A lock between processes. The file stays; only the lock is taken and released.
final class LockFile {
  /// A file lock belongs to the whole process, so threads take this lock first. Each file has its
  /// own: a window has several profiles, and a lock may be held while a server answers.
  private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private LockFile() {}

  static void whileHeld(Path path, Runnable work) {
    var turn = turn(path);
    turn.lock();
    try (var channel = FileChannel.open(path, CREATE, WRITE);
        var _ = channel.lock()) {
      work.run();
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be locked.", fault);
    } finally {
      turn.unlock();
    }
  }

  /// Does not wait.
  ///
  /// @return false if another thread or process holds it
  static boolean ifFree(Path path, Runnable work) {
    var turn = turn(path);
    if (!turn.tryLock()) return false;
    try (var channel = FileChannel.open(path, CREATE, WRITE);
        var lock = channel.tryLock()) {
      if (lock == null) return false;
      work.run();
      return true;
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be locked.", fault);
    } finally {
      turn.unlock();
    }
  }

  private static ReentrantLock turn(Path path) {
    return TURNS.computeIfAbsent(path.toAbsolutePath().normalize(), _ -> new ReentrantLock());
  }
}
