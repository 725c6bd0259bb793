package kith.node.core.room;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Consecutive entries of one room as compressed bytes. The first byte is the version of the form.
final class SegmentCodec {
  private static final int VERSION = 1;

  private SegmentCodec() {}

  /// An entry as the journal stores it.
  ///
  /// @param mark its [Amendment] mark, or an empty text
  /// @param serializer the number of the serializer of `payload`
  /// @param type the type name, for the serializer
  record Stored(long seq, String mark, int serializer, String type, byte[] payload) {}

  static byte[] encode(List<Stored> entries) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      write(entries, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /// The fields that repeat come first, then the payloads, so that equal bytes are near each other.
  private static void write(List<Stored> entries, DataOutputStream out) throws IOException {
    out.writeInt(entries.size());
    out.writeLong(entries.getFirst().seq());
    var kinds = new LinkedHashMap<String, Integer>();
    for (var entry : entries) kinds.putIfAbsent(kind(entry), kinds.size());
    out.writeShort(kinds.size());
    for (var kind : kinds.keySet()) out.writeUTF(kind);
    for (var entry : entries) {
      out.writeShort(kinds.getOrDefault(kind(entry), 0));
      out.writeUTF(entry.mark());
      out.writeInt(entry.payload().length);
    }
    for (var entry : entries) out.write(entry.payload());
  }

  private static String kind(Stored entry) {
    return entry.serializer() + " " + entry.type();
  }

  static List<Stored> decode(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION)
      throw new IllegalStateException("A segment of a log has an unknown form.");
    try (var in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1)))) {
      return read(in);
    } catch (IOException damaged) {
      throw new UncheckedIOException("A segment of a log is damaged.", damaged);
    }
  }

  private record Head(String kind, String mark, int length) {}

  private static List<Stored> read(DataInputStream in) throws IOException {
    int size = in.readInt();
    long first = in.readLong();
    var kinds = new String[in.readUnsignedShort()];
    for (int i = 0; i < kinds.length; i++) kinds[i] = in.readUTF();
    var heads = new ArrayList<Head>();
    for (int i = 0; i < size; i++)
      heads.add(new Head(kinds[in.readUnsignedShort()], in.readUTF(), in.readInt()));
    var entries = new ArrayList<Stored>();
    for (var head : heads) {
      int space = head.kind().indexOf(' ');
      entries.add(
          new Stored(
              first + entries.size(),
              head.mark(),
              Integer.parseInt(head.kind().substring(0, space)),
              head.kind().substring(space + 1),
              in.readNBytes(head.length())));
    }
    return entries;
  }
}
