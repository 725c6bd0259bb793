package kith.node.platform.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import kith.node.platform.config.StartFailure;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs that ship with Kith for this platform, unpacked once.
///
/// Only zonky's binaries are used. Its starter leaves the server open to every local user during
/// the first start, leaks its lock when a start fails, and cannot restart a server.
final class PostgresBinaries {
  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  static PostgresBinaries unpack(Path parent) throws IOException {
    byte[] archive;
    try (var packed = packed()) {
      archive = packed.readAllBytes();
    }
    var home = parent.resolve("binaries-" + checksum(archive));
    if (!Files.isDirectory(home)) {
      removeOld(parent);
      var unfinished = parent.resolve("binaries.new");
      DataDirectory.createPrivate(unfinished);
      extract(archive, unfinished);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(home);
  }

  /// Gives a new directory the programs that another one has, as links to the same files: unpacking
  /// takes seconds. Does nothing if there are none, or if the file system has no links.
  static void share(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) return;
    try (var programs = Files.newDirectoryStream(from, "binaries-*")) {
      for (var each : programs) {
        var unfinished = to.resolve("binaries.new");
        try {
          link(each.toRealPath(), unfinished);
          Files.move(unfinished, to.resolve(each.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException noLinks) {
          if (Files.exists(unfinished)) deleteTree(unfinished);
        }
      }
    }
  }

  private static void link(Path from, Path to) throws IOException {
    DataDirectory.createPrivate(to);
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(from)) {
      paths = tree.skip(1).toList();
    }
    for (var path : paths) {
      var place = to.resolve(from.relativize(path).toString());
      if (Files.isSymbolicLink(path)) Files.createSymbolicLink(place, Files.readSymbolicLink(path));
      else if (Files.isDirectory(path)) Files.createDirectory(place);
      else Files.createLink(place, path);
    }
  }

  private static InputStream packed() throws IOException {
    var name = System.getProperty("os.name", "");
    var system = name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Darwin" : name;
    var arch = System.getProperty("os.arch", "").replace("amd64", "x86_64");
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, arch);
    } catch (IllegalStateException missing) {
      throw new StartFailure(
          "Kith includes no PostgreSQL for %s on %s; name one with --database."
              .formatted(name, arch),
          missing);
    }
  }

  /// Distinguishes the archives of releases. A cryptographic hash would take a part of each start.
  private static String checksum(byte[] archive) {
    var checksum = new CRC32C();
    checksum.update(archive);
    return "%08x-%d".formatted(checksum.getValue(), archive.length);
  }

  private static void removeOld(Path parent) throws IOException {
    List<Path> old;
    try (var children = Files.list(parent)) {
      old = children.filter(PostgresBinaries::isOurs).toList();
    }
    for (var directory : old) deleteTree(directory);
  }

  private static boolean isOurs(Path path) {
    return String.valueOf(path.getFileName()).startsWith("binaries");
  }

  static void deleteTree(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException changing) {
      throw changing.getCause();
    }
    for (var path : paths) Files.delete(path);
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target))
          throw new IOException("the archive contains a path outside its directory: " + path);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + path);
          }
        }
      }
    }
  }

  /// Runs one of the programs and waits for its end; its output is appended to `log`.
  int run(Path log, String program, List<String> arguments) throws IOException {
    return run(log, program, arguments, "");
  }

  /// @param input short enough to be written before the program reads it
  int run(Path log, String program, List<String> arguments, String input) throws IOException {
    var command = new ArrayList<String>();
    // PostgreSQL refuses to run as root; in its own user namespace it does not see that it does
    if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var process = builder.start();
    try {
      try (var stdin = process.outputWriter()) {
        stdin.write(input);
      } catch (IOException ended) {
        // the program ended before it read its input; its exit value has the reason
      }
      if (process.waitFor(5, TimeUnit.MINUTES)) return process.exitValue();
      process.destroyForcibly();
      throw new IOException(program + " did not end within five minutes");
    } catch (InterruptedException stopped) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + program, stopped);
    }
  }
}
