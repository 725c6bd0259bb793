package kith.node.platform.database;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import kith.node.platform.config.Portions;
import kith.protocol.json.Json;

/// Writes a dump to a file: a line that names the format, compressed records, and the SHA-256 of
/// all bytes before it.
///
/// A record is a byte for its type, its length in four bytes, and its content.
final class BackupWriter implements Dump.Sink {
  static final String FORMAT = "kith-backup ";
  static final String FIRST_LINE = FORMAT + "1\n";

  static final char CONTENTS = 'C';
  static final char TABLE = 'T';
  static final char ROWS = 'R';
  static final char SUM = 'S';
  static final char END = 'E';

  private final FileChannel channel;
  private final MessageDigest sha256 = RowSum.sha256();
  private final Compressed compressed;
  private final DataOutputStream records;
  private final byte[] waiting = new byte[Portions.BACKUP_RECORD];
  private int used;

  /// Fast rather than small: a backup of a running node takes its processor time.
  private static final class Compressed extends GZIPOutputStream {
    Compressed(OutputStream out) throws IOException {
      super(out, Portions.BACKUP_RECORD);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private BackupWriter(FileChannel channel) throws IOException {
    this.channel = channel;
    var out =
        new BufferedOutputStream(
            new DigestOutputStream(Channels.newOutputStream(channel), sha256),
            Portions.BACKUP_RECORD);
    out.write(FIRST_LINE.getBytes(StandardCharsets.US_ASCII));
    compressed = new Compressed(out);
    records = new DataOutputStream(compressed);
  }

  /// Flushes the whole file to the disk.
  static void write(Dump dump, FileChannel channel) throws IOException {
    var writer = new BackupWriter(channel);
    writer.record(CONTENTS, dump.contents());
    dump.writeTo(writer);
    writer.finish();
  }

  @Override
  public void begin(Dump.Table table) throws IOException {
    record(TABLE, table);
  }

  @Override
  public void rows(byte[] text, int length) throws IOException {
    for (int written = 0; written < length; ) {
      if (used == waiting.length) flushRows();
      int part = Math.min(length - written, waiting.length - used);
      System.arraycopy(text, written, waiting, used, part);
      used += part;
      written += part;
    }
  }

  private void flushRows() throws IOException {
    if (used == 0) return;
    record(ROWS, waiting, used);
    used = 0;
  }

  @Override
  public void end(Dump.Sum sum) throws IOException {
    flushRows();
    record(SUM, sum);
  }

  @Override
  public void complete(Dump.End end) throws IOException {
    record(END, end);
  }

  private void record(char type, Record content) throws IOException {
    var json = Json.restText(content).getBytes(StandardCharsets.UTF_8);
    record(type, json, json.length);
  }

  private void record(char type, byte[] content, int length) throws IOException {
    records.writeByte(type);
    records.writeInt(length);
    records.write(content, 0, length);
  }

  private void finish() throws IOException {
    compressed.finish();
    records.flush();
    for (var digest = ByteBuffer.wrap(sha256.digest()); digest.hasRemaining(); )
      channel.write(digest);
    channel.force(true);
  }
}
