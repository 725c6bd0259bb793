package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.LocalPath;
import kith.terminal.update.Input;
import kith.terminal.update.Request;

/// Files on this machine that the user sends.
final class LocalFiles {
  private static final int MAX_LISTED = 200;

  private LocalFiles() {}

  /// Empty if a pasted text is not a file.
  static Optional<Input> find(Request.FindFile asked) {
    var path = LocalPath.inHome(asked.path()).toAbsolutePath().normalize();
    boolean isFile = Files.isRegularFile(path) && Files.isReadable(path);
    if (!isFile && asked.pasted().isPresent()) return Optional.empty();
    if (Files.isDirectory(path)) throw new Unreachable(path + " is a directory.");
    if (!isFile) throw new Unreachable("There is no file " + path + " that you may read.");
    return Optional.of(found(asked.room(), asked.replyTo(), path, name(path), asked.pasted()));
  }

  private static Input found(
      String room, OptionalLong replyTo, Path path, String name, Optional<String> pasted) {
    try {
      return new Input.FileFound(room, replyTo, path.toString(), name, Files.size(path), pasted);
    } catch (IOException fault) {
      throw new UncheckedIOException("The file " + path + " cannot be read.", fault);
    }
  }

  private static String name(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
  }

  /// The files and directories whose paths begin with the typed text. Hidden ones only if the typed
  /// name begins with a dot.
  static Input.PathsListed list(String typed) {
    int end = typed.lastIndexOf('/') + 1;
    var parent = typed.substring(0, end);
    var prefix = typed.substring(end);
    var names = new ArrayList<String>();
    DirectoryStream.Filter<Path> isWanted =
        entry ->
            name(entry).startsWith(prefix) && (!name(entry).startsWith(".") || !prefix.isEmpty());
    try (var entries =
        Files.newDirectoryStream(LocalPath.inHome(parent.isEmpty() ? "." : parent), isWanted)) {
      for (var entry : entries) {
        names.add(parent + name(entry) + (Files.isDirectory(entry) ? "/" : ""));
        if (names.size() == MAX_LISTED) break;
      }
    } catch (IOException none) {
      return new Input.PathsListed(typed, List.of());
    }
    return new Input.PathsListed(typed, names.stream().sorted().toList());
  }

  /// Writes a text to a file that is sent and then deleted.
  static Input write(Path pastes, Request.WriteText text) {
    var file = pastes.resolve(text.id() + ".txt");
    try {
      Files.createDirectories(
          pastes,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(file, text.text());
      return found(text.room(), text.replyTo(), file, "pasted.txt", Optional.empty());
    } catch (IOException fault) {
      throw new UncheckedIOException(file + " cannot be written.", fault);
    }
  }
}
