package kith.node.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import kith.protocol.Program;

/// Copies a whole database to a file, from a file, or to another server.
///
/// Everything here blocks, for commands that do nothing else. A failure that an operator must fix
/// is a `BackupFailure` or a `StartFailure`; one that may pass by itself is a `NotYet`.
public final class Backups {
  private final DatabaseSettings settings;
  private final String program;
  private final Consumer<String> does;

  /// @param settings those of the node
  /// @param program this release
  /// @param does gets the description of each step
  public Backups(DatabaseSettings settings, String program, Consumer<String> does) {
    this.settings = settings;
    this.program = program;
    this.does = does;
  }

  /// @param made the time of the data
  /// @param program the release that made the backup
  /// @param where the file or the database
  /// @param former the place of the database that was replaced or moved, if it still exists
  public record Report(
      Instant made, String program, long rows, String where, Optional<Path> former) {}

  /// Writes the database to a file that only this user can read. Nodes may use the database.
  ///
  /// @param replaces whether an existing file may be replaced
  public Report backUp(Path file, boolean replaces) {
    if (!replaces && Files.exists(file))
      throw new BackupFailure(
          "The file %s already exists; choose another name, or replace it with --overwrite."
              .formatted(file));
    if (!Files.isDirectory(parent(file)))
      throw new BackupFailure("The directory %s does not exist.".formatted(parent(file)));
    try (var source = source()) {
      does.accept("Reading the database " + source.name() + " …");
      try (var snapshot = DatabaseSnapshot.of(source.url(), program)) {
        return report(write(snapshot, file), file.toString(), Optional.empty());
      }
    } catch (IOException fault) {
      throw new BackupFailure(
          "The file %s cannot be written: %s.".formatted(file, DataDirectory.reason(fault)), fault);
    }
  }

  /// Writes the file beside its place, reads it, and puts it there only if it is complete.
  static BackupReader.Checked write(Dump dump, Path file) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + ".partial");
    try (var channel = unfinished(unfinished, file);
        var _ = AtExit.run(() -> delete(unfinished))) {
      try {
        channel.truncate(0);
        BackupWriter.write(dump, channel);
        var checked = BackupReader.check(unfinished, channel);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        PostgresHomes.sync(parent(file));
        return checked;
      } catch (IOException | RuntimeException fault) {
        delete(unfinished);
        throw fault;
      }
    }
  }

  /// Opens the unfinished file, new or left by an interrupted backup, which only this user can read
  /// and only this process writes until it is closed.
  private static FileChannel unfinished(Path unfinished, Path file) throws IOException {
    try {
      Files.createFile(unfinished, DataDirectory.ownerOnly("rw-------"));
    } catch (FileAlreadyExistsException _) {
      // left by an interrupted backup, or another backup writes it
    }
    var before = identity(unfinished);
    var channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      lock(channel, file);
      // another backup may have put the opened file in its place before it was locked
      if (!before.equals(identity(unfinished))) throw otherBackup(file);
      DataDirectory.makePrivate(unfinished);
      return channel;
    } catch (IOException | RuntimeException fault) {
      channel.close();
      throw fault;
    }
  }

  /// Tells files apart that have the same path at different times, where the system can.
  private static Optional<Object> identity(Path file) throws IOException {
    return Optional.ofNullable(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() != null) return;
    } catch (OverlappingFileLockException _) {
      // this process holds it
    }
    throw otherBackup(file);
  }

  private static BackupFailure otherBackup(Path file) {
    return new BackupFailure("Another backup writes the file %s.".formatted(file));
  }

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException _) {
      // the next backup to this file overwrites it
    }
  }

  /// Reads a whole backup and changes nothing.
  public static Report check(Path file) {
    return report(checked(file), file.toString(), Optional.empty());
  }

  private static BackupReader.Checked checked(Path file) {
    try {
      return BackupReader.check(file);
    } catch (IOException fault) {
      throw new BackupFailure(
          "The file %s cannot be read: %s.".formatted(file, DataDirectory.reason(fault)), fault);
    }
  }

  private static Report report(BackupReader.Checked checked, String where, Optional<Path> former) {
    var contents = checked.backup().contents();
    return new Report(contents.made(), contents.program(), checked.rows(), where, former);
  }

  /// Makes the backup the database of the settings. No node may use it.
  ///
  /// @param replaces whether the data directory may have a database, which is kept
  public Report restore(Path file, boolean replaces) {
    does.accept("Checking the file " + file + " …");
    var checked = checked(file);
    try {
      // before the programs of PostgreSQL are unpacked and a server is started, which takes seconds
      Migrations.refuseNewer(checked.backup().contents().migrations());
      return switch (DatabasePlace.of(settings)) {
        case DatabasePlace.Elsewhere(var url, var _) -> {
          does.accept("Restoring the backup in " + url.shown() + " …");
          try (var load = load(checked.backup(), url)) {
            load.finish();
          }
          yield report(checked, url.shown(), Optional.empty());
        }
        case DatabasePlace.Own(var data, var _) -> restore(checked, data, replaces);
      };
    } catch (IOException fault) {
      throw new BackupFailure(
          "The file %s cannot be restored: %s.".formatted(file, DataDirectory.reason(fault)),
          fault);
    }
  }

  private Report restore(BackupReader.Checked checked, Path data, boolean replaces)
      throws IOException {
    try (var directory = held(data)) {
      var homes = PostgresHomes.of(directory);
      if (homes.settleComplete())
        does.accept("An interrupted restore lacked only its last step, which is now done.");
      if (homes.exists() && !replaces)
        throw new BackupFailure(
            "The data directory %s already has a database. --replace puts the backup in its place, and keeps the earlier database beside it."
                .formatted(directory.path()));
      var hadOne = homes.exists();
      boolean wasInterrupted = homes.isInterrupted();
      var next = homes.begin();
      does.accept("Restoring the backup in " + directory.path() + " …");
      try {
        fill(next, checked.backup());
      } catch (BackupFailure refused) {
        // nodes must still find the marker of a restore that was interrupted before this one
        if (!wasInterrupted) abandon(homes, refused);
        throw refused;
      }
      var former = homes.complete(Instant.now());
      return report(
          checked, directory.path().toString(), hadOne ? Optional.of(former) : Optional.empty());
    }
  }

  private static void fill(Path home, Dump dump) throws IOException {
    try (var server = Server.start(home, OptionalInt.empty())) {
      try (var load = load(dump, server.url())) {
        load.finish();
      }
      server.stop();
    }
  }

  private static void abandon(PostgresHomes homes, BackupFailure refused) {
    try {
      homes.abandon();
    } catch (StartFailure left) {
      refused.addSuppressed(left);
    }
  }

  /// Copies the node's own database to the server of the settings, which the data directory names
  /// from then on.
  public Report move() {
    if (settings.url().isEmpty())
      throw new BackupFailure(
          "Name the database to move to: its URL, or a file with the URL (--database-file).");
    var target = DatabasePlace.given(settings);
    try (var directory = held(settings.data())) {
      var homes = PostgresHomes.of(directory);
      homes.settle();
      var moved = directory.path().resolve(DatabasePlace.MOVED);
      if (Files.exists(moved)
          && !Database.isUnfinished(DatabasePlace.read(moved))
          && !Database.isUnfinished(target))
        throw new BackupFailure(
            "The database of %s has been moved already; %s names its server."
                .formatted(directory.path(), moved));
      if (!homes.exists()) throw noDatabase(directory.path());
      return move(homes, target, moved);
    } catch (IOException fault) {
      throw new BackupFailure(
          "The database cannot be moved: %s.".formatted(DataDirectory.reason(fault)), fault);
    }
  }

  private Report move(PostgresHomes homes, JdbcUrl target, Path moved) throws IOException {
    // uses another port, so that nodes that have used this server do not find it
    try (var server = Server.start(homes.current(), OptionalInt.of(freePort()));
        var snapshot = DatabaseSnapshot.of(server.url(), program)) {
      refuseOthers(snapshot);
      does.accept("Copying the database to " + target.shown() + " …");
      try (var load = load(snapshot, target)) {
        refuseOthers(snapshot);
        DataDirectory.writePrivate(moved, target.whole());
        PostgresHomes.sync(parent(moved));
        load.finish();
        return new Report(
            snapshot.contents().made(),
            program,
            load.rows(),
            target.shown(),
            Optional.of(homes.current()));
      }
    }
  }

  private static void refuseOthers(DatabaseSnapshot snapshot) throws IOException {
    var deadline = System.nanoTime() + ClusterIntervals.POSTGRES_DISCONNECT.toNanos();
    while (snapshot.hasOthers()) {
      if (System.nanoTime() - deadline > 0)
        throw new BackupFailure(
            "Another program is connected to the database. Stop all nodes that use it, and repeat"
                + " the move.");
      EmbeddedPostgres.pause(ClusterIntervals.POSTGRES_CHECK);
    }
  }

  private static DatabaseLoad load(Dump dump, JdbcUrl target) throws IOException {
    var load = DatabaseLoad.into(target, dump.contents());
    try {
      dump.writeTo(load);
      return load;
    } catch (IOException | RuntimeException fault) {
      load.close();
      throw fault;
    }
  }

  private static DataDirectory held(Path data) {
    return DataDirectory.tryHold(data)
        .orElseThrow(() ->
            new BackupFailure(
                "A node, or another backup, restore or move, uses the data directory %s. Stop the node first (%s drain)."
                    .formatted(data, Program.NAME)));
  }

  private static BackupFailure noDatabase(Path data) {
    return new BackupFailure(
        "The data directory %s has no database; name another one with --data.".formatted(data));
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return free.getLocalPort();
    }
  }

  /// The database of the settings, running.
  private Source source() throws IOException {
    return switch (DatabasePlace.of(settings)) {
      case DatabasePlace.Elsewhere(var url, var _) ->
          new Source(url, url.shown(), new ArrayDeque<>());
      case DatabasePlace.Own(var data, var port) -> own(data, port);
    };
  }

  private static Source own(Path data, OptionalInt port) throws IOException {
    if (!Files.isDirectory(data)) throw noDatabase(data);
    var free = DataDirectory.tryHold(data);
    // a node runs the server
    if (free.isEmpty()) return new Source(runningServer(data), data.toString(), new ArrayDeque<>());
    var owned = new ArrayDeque<AutoCloseable>();
    owned.push(free.get());
    try {
      var homes = PostgresHomes.of(free.get());
      homes.settle();
      if (!homes.exists()) throw noDatabase(data);
      var server = Server.start(homes.current(), port);
      owned.push(server);
      return new Source(server.url(), data.toString(), owned);
    } catch (RuntimeException fault) {
      Database.closeAll(owned);
      throw fault;
    }
  }

  private static JdbcUrl runningServer(Path data) throws IOException {
    var file = data.resolve("postgres").resolve("url");
    if (!Files.exists(file))
      throw new NotYet(
          "A node, a restore or a move uses the data directory %s, and its database does not run yet."
              .formatted(data));
    return new JdbcUrl(Files.readString(file).strip(), Optional.empty(), Optional.empty());
  }

  /// @param owned closed with it, the last first
  private record Source(JdbcUrl url, String name, Deque<AutoCloseable> owned)
      implements AutoCloseable {
    @Override
    public void close() {
      Database.closeAll(owned);
    }
  }

  /// A server that also stops when a signal ends the process.
  private static final class Server implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final AtExit atExit;

    private Server(EmbeddedPostgres postgres) {
      this.postgres = postgres;
      this.atExit = AtExit.run(postgres::close);
    }

    static Server start(Path home, OptionalInt port) {
      return new Server(EmbeddedPostgres.start(home, port));
    }

    JdbcUrl url() {
      return postgres.url();
    }

    /// Stops it, with all data on the disk.
    void stop() {
      close();
      if (postgres.process().isPresent())
        throw new BackupFailure("The PostgreSQL of the restored database does not stop.");
    }

    @Override
    public void close() {
      postgres.close();
      atExit.close();
    }
  }
}
