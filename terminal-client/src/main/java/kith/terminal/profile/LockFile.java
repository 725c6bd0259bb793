package kith.terminal.profile;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// A lock between processes. The file stays; only the lock is taken and released.
final class LockFile {
  /// A file lock belongs to the whole process, so threads take this lock first.
  private static final ReentrantLock TURN = new ReentrantLock();

  private LockFile() {}

  static void whileHeld(Path path, Runnable work) {
    TURN.lock();
    try (var channel = FileChannel.open(path, CREATE, WRITE);
        var _ = channel.lock()) {
      work.run();
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be locked.", fault);
    } finally {
      TURN.unlock();
    }
  }
}
