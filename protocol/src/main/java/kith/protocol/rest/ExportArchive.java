package kith.protocol.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kith.protocol.rest.Accounts.ExportPage;

/// Writes the pages of an export into a zip archive with a file of JSON lines for each kind of
/// data. Holds one page in memory.
public final class ExportArchive {
  private static final String README =
      """
      Everything that this server stores about an account, in files of JSON lines:

      journal      everything that happened to the account, in order
      messages     its entries in the logs of rooms, each with its room; without redacted texts
      audit        entries about it in the server's audit log
      all others   its rows in the tables of the same name

      Values that would let somebody log in are replaced by "(not exported)". The contents of files
      are not in the archive: `./kith save` gets them, by the room and number of the message.
      """;

  /// Asks for a page.
  ///
  /// @param <F> why it may fail
  public interface Source<F extends Exception> {
    /// @param next absent for the first page
    ExportPage page(Optional<String> next) throws F, InterruptedException;
  }

  private ExportArchive() {}

  /// Writes an archive that only the user can read. The file is complete, or not there.
  ///
  /// @return the number of lines
  public static <F extends Exception> long write(Path file, Source<F> source)
      throws F, IOException, InterruptedException {
    var target = file.toAbsolutePath();
    var unfinished = target.resolveSibling(target.getFileName() + ".part");
    Files.deleteIfExists(unfinished);
    try {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      long lines;
      try (var out = Files.newOutputStream(unfinished)) {
        lines = write(out, source);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      return lines;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /// Closes the stream.
  static <F extends Exception> long write(OutputStream out, Source<F> source)
      throws F, IOException, InterruptedException {
    try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.putNextEntry(new ZipEntry("README.txt"));
      zip.write(README.getBytes(StandardCharsets.UTF_8));
      var lines = 0L;
      var current = "";
      var next = Optional.<String>empty();
      do {
        var page = source.page(next);
        for (var line : page.lines()) {
          if (!line.file().equals(current)) zip.putNextEntry(new ZipEntry(line.file() + ".jsonl"));
          current = line.file();
          zip.write((line.json() + "\n").getBytes(StandardCharsets.UTF_8));
          lines++;
        }
        next = page.next();
      } while (next.isPresent());
      return lines;
    }
  }
}
