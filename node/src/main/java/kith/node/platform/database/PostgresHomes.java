package kith.node.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import kith.node.platform.config.StartFailure;
import kith.protocol.Program;

/// The directories of PostgreSQL in a data directory: the current one, and one beside it while a
/// backup is restored. They are exchanged when the restored database is complete.
///
/// The exchange takes two renames. `COMPLETE` in the new directory names the place of the former
/// one, so an interrupted exchange is continued by the next process that holds the data directory.
final class PostgresHomes {
  private static final String COMPLETE = "restore-complete";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

  private final Path data;

  private PostgresHomes(Path data) {
    this.data = data;
  }

  static PostgresHomes of(DataDirectory held) {
    return new PostgresHomes(held.path());
  }

  Path current() {
    return data.resolve("postgres");
  }

  /// Whether there is a database.
  boolean exists() {
    return Files.isDirectory(current().resolve("cluster"));
  }

  private Path next() {
    return data.resolve("restoring");
  }

  /// Continues an interrupted exchange. Fails if a restore was interrupted before it was complete.
  void settle() {
    if (settleComplete() || !isInterrupted()) return;
    throw new StartFailure(
        "A restore into the data directory %s was interrupted. Repeat `%s restore`, or delete %s to use the data directory as it was before."
            .formatted(data, Program.NAME, next()));
  }

  /// Whether a restore was interrupted before it was complete.
  boolean isInterrupted() {
    return Files.exists(next()) && !Files.exists(next().resolve(COMPLETE));
  }

  /// Continues an interrupted exchange, if there is one.
  boolean settleComplete() {
    var complete = next().resolve(COMPLETE);
    if (!Files.exists(complete)) return false;
    try {
      exchange(data.resolve(Files.readString(complete)));
      return true;
    } catch (IOException fault) {
      throw unusable(fault);
    }
  }

  /// An empty directory for the restored database, in place of the one that an interrupted restore
  /// has left.
  Path begin() {
    try {
      deleteNext();
      DataDirectory.createPrivate(next());
      PostgresBinaries.share(current(), next());
      sync(data);
      return next();
    } catch (IOException fault) {
      throw unusable(fault);
    }
  }

  /// Deletes the directory for the restored database: nodes use the current one.
  void abandon() {
    try {
      deleteNext();
      sync(data);
    } catch (IOException fault) {
      throw unusable(fault);
    }
  }

  private void deleteNext() throws IOException {
    if (!Files.exists(next())) return;
    EmbeddedPostgres.stopLeft(next(), "immediate");
    UnfinishedCluster.delete(next());
  }

  /// Makes the restored database the current one; its server must not run.
  ///
  /// @return the place for the former one, even if there was none
  Path complete(Instant now) {
    try {
      if (exists()) EmbeddedPostgres.stopLeft(current(), "fast");
      var former = data.resolve("postgres-before-" + TIME.format(now));
      DataDirectory.writePrivate(next().resolve(COMPLETE), former.getFileName().toString());
      sync(next());
      exchange(former);
      return former;
    } catch (IOException fault) {
      throw unusable(fault);
    }
  }

  private void exchange(Path former) throws IOException {
    if (Files.exists(current()) && !Files.exists(former)) move(current(), former);
    move(next(), current());
    Files.delete(current().resolve(COMPLETE));
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(data);
  }

  /// Writes a directory's entries to the disk, where the system can.
  static void sync(Path directory) {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // Windows opens no directories
    }
  }

  private StartFailure unusable(IOException fault) {
    return new StartFailure(
        "The data directory %s cannot be used: %s.".formatted(data, DataDirectory.reason(fault)),
        fault);
  }
}
