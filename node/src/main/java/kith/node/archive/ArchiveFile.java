package kith.node.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;

/// Consecutive entries of one room as lines of JSON, compressed with gzip. The first line describes
/// the file, each further line is an entry as in the contract, and the last one has the SHA-256 of
/// all lines before it. The first line names the digest of the room's previous file, so the files
/// of a room are a chain, and a missing or replaced one is detected.
///
/// @param digest in hexadecimal
/// @param previous the digest of the previous file; empty if there was none
record ArchiveFile(
    ArchivePlace.Found found, String room, long first, long last, String previous, String digest) {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("(\\d{12,19})-(\\d{12,19})\\.jsonl\\.gz");

  /// A file is not an archive, or is not the one that was written.
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    Damaged(String sentence) {
      super(sentence);
    }
  }

  private record Head(int kithArchive, String room, long first, long last, String previous) {}

  private record Tail(String sha256) {}

  static boolean isNamedAsOne(String name) {
    return NAME.matcher(name).matches();
  }

  static String name(List<Entry> entries) {
    return "%012d-%012d.jsonl.gz".formatted(entries.getFirst().seq(), entries.getLast().seq());
  }

  /// Writes a file that is complete or not there, also after a power cut.
  ///
  /// @return its digest
  static String write(Path directory, String room, String previous, List<Entry> entries)
      throws IOException {
    var path = directory.resolve(name(entries));
    var part = directory.resolve(path.getFileName() + ".part");
    String digest;
    try (var channel =
        FileChannel.open(
            part,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      digest = write(Channels.newOutputStream(channel), room, previous, entries);
      channel.force(true);
    }
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
    return digest;
  }

  /// Writes the content of a file, and returns its digest.
  static String write(OutputStream to, String room, String previous, List<Entry> entries)
      throws IOException {
    var first = entries.getFirst().seq();
    var last = entries.getLast().seq();
    var out = new GZIPOutputStream(to);
    var digest = write(out, new Head(VERSION, room, first, last, previous), entries);
    out.finish();
    return digest;
  }

  private static String write(OutputStream out, Head head, List<Entry> entries) throws IOException {
    var hash = sha256();
    line(out, hash, JSON.writeValueAsString(head));
    for (var entry : entries) line(out, hash, Json.text(entry));
    var digest = HexFormat.of().formatHex(hash.digest());
    out.write((JSON.writeValueAsString(new Tail(digest)) + "\n").getBytes(StandardCharsets.UTF_8));
    return digest;
  }

  private static void line(OutputStream out, MessageDigest hash, String text) throws IOException {
    var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    hash.update(bytes);
    out.write(bytes);
  }

  /// So that the new name of the file survives a power cut, too.
  static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Reads and checks a whole file in bounded memory.
  ///
  /// @param entries receives each line with an entry before the digest is known to be right
  static ArchiveFile read(ArchivePlace.Found found, Consumer<String> entries)
      throws IOException, Damaged {
    try (var content = found.content().open();
        var lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(content), StandardCharsets.UTF_8.newDecoder()))) {
      return read(found, lines, entries);
    } catch (ZipException | EOFException | CharacterCodingException | JsonProcessingException cut) {
      throw new Damaged("It is cut off or changed.");
    }
  }

  private static ArchiveFile read(
      ArchivePlace.Found found, BufferedReader lines, Consumer<String> entries)
      throws IOException, Damaged {
    var hash = sha256();
    var top = Optional.ofNullable(lines.readLine()).orElseThrow(() -> new Damaged("It is empty."));
    hash(hash, top);
    var head = head(found.name(), top);
    var seq = head.first();
    while (true) {
      var line =
          Optional.ofNullable(lines.readLine())
              .orElseThrow(() -> new Damaged("Its end is missing."));
      if (seq > head.last()) {
        var digest = HexFormat.of().formatHex(hash.digest());
        if (!JSON.readValue(line, Tail.class).sha256().equals(digest))
          throw new Damaged("Its text was changed.");
        if (lines.readLine() != null) throw new Damaged("Text was added to its end.");
        return new ArchiveFile(
            found, head.room(), head.first(), head.last(), head.previous(), digest);
      }
      if (JSON.readTree(line).path("seq").asLong() != seq)
        throw new Damaged("Entry %,d is missing.".formatted(seq));
      hash(hash, line);
      entries.accept(line);
      seq++;
    }
  }

  private static Head head(String named, String line) throws JsonProcessingException, Damaged {
    var head = JSON.readValue(line, Head.class);
    if (head.kithArchive() != VERSION)
      throw new Damaged("This version of Kith does not support its format.");
    var name = NAME.matcher(named);
    if (!name.matches()
        || Long.parseLong(name.group(1)) != head.first()
        || Long.parseLong(name.group(2)) != head.last())
      throw new Damaged("Its name does not match its entries.");
    return head;
  }

  private static void hash(MessageDigest hash, String line) {
    hash.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
