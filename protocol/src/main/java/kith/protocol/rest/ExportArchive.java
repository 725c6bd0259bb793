package kith.protocol.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.Accounts.ExportedContent;
import kith.protocol.rest.Accounts.ExportedLine;

/// Writes the pages of an export into a zip archive with a file of JSON lines for each kind of
/// data. Holds one page in memory, which has a piece of a file of at most 1 MiB.
public final class ExportArchive {
  private static final String README =
      """
      Everything that this server stores about an account, in files of JSON lines:

      journal      everything that happened to the account, in order
      messages     its entries in the logs of rooms, each with its room; without redacted texts
      audit        entries about it in the server's audit log
      all others   its rows in the tables of the same name

      Values that would let somebody log in are replaced by "(not exported)".

      The files that the account has uploaded and that still exist are in the directory "files",
      each in a directory with its id, which "file.jsonl" has. If a file was removed while the
      archive was written, "files/incomplete.txt" has its id. Without the directory, there are none,
      or the archive was written without them.
      """;

  /// Asks for a page.
  ///
  /// @param <F> the exception with which it may fail
  public interface Source<F extends Exception> {
    /// @param next absent for the first page
    ExportPage page(Optional<String> next) throws F, InterruptedException;
  }

  /// The contents of an archive.
  public record Written(long lines, long files) {}

  private final ZipOutputStream zip;
  private final List<String> incomplete = new ArrayList<>();
  private String current = "";
  private Optional<ExportedContent> latest = Optional.empty();
  private long lines;
  private long files;

  private ExportArchive(ZipOutputStream zip) {
    this.zip = zip;
  }

  /// Writes an archive that only the user can read. The file is either complete or absent.
  public static <F extends Exception> Written write(Path file, Source<F> source)
      throws F, IOException, InterruptedException {
    var target = file.toAbsolutePath();
    var unfinished = target.resolveSibling(target.getFileName() + ".part");
    Files.deleteIfExists(unfinished);
    try {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Written written;
      try (var out = Files.newOutputStream(unfinished)) {
        written = write(out, source);
      }
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /// Closes the stream.
  static <F extends Exception> Written write(OutputStream out, Source<F> source)
      throws F, IOException, InterruptedException {
    try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      var archive = new ExportArchive(zip);
      archive.add("README.txt", README);
      var next = Optional.<String>empty();
      do {
        var page = source.page(next);
        for (var line : page.lines()) archive.add(line);
        if (page.content().isPresent()) archive.add(page.content().get());
        next = page.next();
      } while (next.isPresent());
      archive.finish();
      return new Written(archive.lines, archive.files);
    }
  }

  private void add(String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(ExportedLine line) throws IOException {
    if (!line.file().equals(current)) zip.putNextEntry(new ZipEntry(line.file() + ".jsonl"));
    current = line.file();
    zip.write((line.json() + "\n").getBytes(StandardCharsets.UTF_8));
    lines++;
  }

  /// A piece that does not directly follow the previous one belongs to another file.
  private void add(ExportedContent piece) throws IOException {
    var bytes = Base64.getDecoder().decode(piece.bytes());
    if (piece.from() == 0) {
      end();
      zip.putNextEntry(new ZipEntry("files/" + plain(piece.id()) + "/" + plain(piece.name())));
      files++;
    }
    zip.write(bytes);
    latest = piece.from() + bytes.length < piece.size() ? Optional.of(piece) : Optional.empty();
  }

  /// The previous file has no more pieces.
  private void end() {
    latest.ifPresent(piece -> incomplete.add(piece.id()));
    latest = Optional.empty();
  }

  private void finish() throws IOException {
    end();
    if (!incomplete.isEmpty()) add("files/incomplete.txt", String.join("\n", incomplete) + "\n");
  }

  /// A file name that cannot leave its directory, on any system.
  static String plain(String name) {
    var safe = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_").strip();
    return safe.isEmpty() || safe.matches("\\.+") ? "_" + safe : safe;
  }
}
