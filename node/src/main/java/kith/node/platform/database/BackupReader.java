package kith.node.platform.database;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import kith.node.platform.config.Portions;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// Reads the dump that `BackupWriter` has written.
final class BackupReader implements Dump {
  private final Path file;
  private final Contents contents;

  private BackupReader(Path file, Contents contents) {
    this.file = file;
    this.contents = contents;
  }

  /// @param sums of all tables
  record Checked(BackupReader backup, List<Sum> sums) {
    Checked {
      sums = List.copyOf(sums);
    }

    long rows() {
      return sums.stream().mapToLong(Sum::rows).sum();
    }
  }

  /// Reads the whole file once. Fails if it is damaged or truncated, or is not a backup that this
  /// release can read.
  static Checked check(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      return check(file, channel);
    }
  }

  /// The same, of an open channel. It stays open, because closing any channel of a file releases
  /// this process's lock on it.
  static Checked check(Path file, FileChannel channel) throws IOException {
    var sums = new ArrayList<Sum>();
    channel.position(0);
    var records = new Records(file, Channels.newInputStream(channel), channel.size());
    var contents = records.contents();
    records.tables(new Sums(sums));
    return new Checked(new BackupReader(file, contents), sums);
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public void writeTo(Sink sink) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var records = new Records(file, Channels.newInputStream(channel), channel.size());
      if (!records.contents().equals(contents)) throw damaged(file);
      records.tables(sink);
    }
  }

  private record Sums(List<Sum> sums) implements Sink {
    @Override
    public void begin(Table table) {}

    @Override
    public void rows(byte[] text, int length) {}

    @Override
    public void end(Sum sum) {
      sums.add(sum);
    }

    @Override
    public void complete(End end) {}
  }

  private static BackupFailure damaged(Path file) {
    return new BackupFailure(
        "The file %s is damaged or incomplete; it was not used.".formatted(file));
  }

  /// The first `length` bytes of a file.
  private static final class Beginning extends FilterInputStream {
    private long left;

    /// The bytes after them.
    byte[] rest() throws IOException {
      return in.readAllBytes();
    }

    Beginning(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left <= 0) return -1;
      int read = in.read(into, offset, (int) Math.min(length, left));
      if (read > 0) left -= read;
      return read;
    }
  }

  private static final class Records {
    private final Path file;
    private final MessageDigest sha256 = RowSum.sha256();
    private final Beginning beginning;
    private final InputStream digested;
    private final DataInputStream records;
    private final byte[] content = new byte[Portions.BACKUP_RECORD];
    private int length;

    /// @param bytes of the file, which it does not close
    Records(Path file, InputStream bytes, long size) throws IOException {
      this.file = file;
      beginning =
          new Beginning(
              new BufferedInputStream(bytes, content.length), size - sha256.getDigestLength());
      digested = new DigestInputStream(beginning, sha256);
      try {
        readFirstLine();
        records =
            new DataInputStream(
                new BufferedInputStream(
                    new GZIPInputStream(digested, content.length), content.length));
      } catch (EOFException | ZipException damage) {
        throw damaged(file);
      }
    }

    private void readFirstLine() throws IOException {
      var line =
          new String(
              digested.readNBytes(BackupWriter.FIRST_LINE.length()), StandardCharsets.US_ASCII);
      if (line.equals(BackupWriter.FIRST_LINE)) return;
      throw new BackupFailure(
          line.startsWith(BackupWriter.FORMAT)
              ? "The file %s was made by a newer release of Kith; use that release.".formatted(file)
              : "The file %s is not a backup of Kith.".formatted(file));
    }

    Contents contents() throws IOException {
      if (next() != BackupWriter.CONTENTS) throw damaged(file);
      return read(Contents.class);
    }

    /// Reads the next record to `content`, and returns its type.
    private char next() throws IOException {
      try {
        var type = (char) records.readUnsignedByte();
        length = records.readInt();
        if (length < 0 || length > content.length) throw damaged(file);
        records.readFully(content, 0, length);
        return type;
      } catch (EOFException | ZipException damage) {
        throw damaged(file);
      }
    }

    private <T> T read(Class<T> type) {
      try {
        return Json.rest(new String(content, 0, length, StandardCharsets.UTF_8), type);
      } catch (Malformed damage) {
        throw damaged(file);
      }
    }

    /// Reads the rest of the file.
    void tables(Sink sink) throws IOException {
      while (true) {
        switch (next()) {
          case BackupWriter.TABLE -> sink.begin(read(Table.class));
          case BackupWriter.ROWS -> sink.rows(content, length);
          case BackupWriter.SUM -> sink.end(read(Sum.class));
          case BackupWriter.END -> {
            var end = read(End.class);
            checkDigest();
            sink.complete(end);
            return;
          }
          default -> throw damaged(file);
        }
      }
    }

    private void checkDigest() throws IOException {
      try {
        // reads the checksum of the compressed bytes, too
        if (records.read() >= 0 || digested.read() >= 0) throw damaged(file);
      } catch (EOFException | ZipException damage) {
        throw damaged(file);
      }
      var stored = beginning.rest();
      if (!Arrays.equals(stored, sha256.digest())) throw damaged(file);
    }
  }
}
