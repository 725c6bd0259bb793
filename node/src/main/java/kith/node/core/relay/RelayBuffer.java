package kith.node.core.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import kith.node.core.room.Entries;
import kith.node.platform.config.Portions;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.util.ByteString;

/// The latest entries of a room, encoded once for all sockets of this node. Bounded by entries and
/// by bytes.
///
/// Only the frames are kept: a node has one buffer for each open room, and its garbage collector
/// copies their contents.
final class RelayBuffer {
  private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = {};

  /// Consecutive entries, as the bytes of one WebSocket frame.
  record Chunk(long first, long last, ByteString frame) {
    int size() {
      return (int) (last - first) + 1;
    }
  }

  /// @param ends how many bytes before the frame's end each entry begins
  private record Unit(Chunk chunk, int[] ends) {
    int bytes() {
      return chunk.frame().length();
    }
  }

  private final Framing framing;
  private final byte[] start;
  private final int mostEntries;
  private final int mostBytes;
  private final Deque<Unit> units = new ArrayDeque<>();
  private int entries;
  private int bytes;
  private long last;

  RelayBuffer(Framing framing, String room, long last, int mostEntries, int mostBytes) {
    this.framing = framing;
    this.start =
        ("{\"type\":\"entries\",\"room\":\"" + room + "\",\"entries\":[")
            .getBytes(StandardCharsets.UTF_8);
    this.last = last;
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  Framing framing() {
    return framing;
  }

  /// The seq of the latest entry added.
  long last() {
    return last;
  }

  /// Adds entries that follow directly on `last`, and returns them as chunks to send.
  List<Chunk> add(List<Entry> added) {
    var chunks = new ArrayList<Chunk>();
    var encoded = new ArrayList<byte[]>();
    var size = 0;
    for (var entry : added) {
      var json = Json.bytes(entry);
      if (!encoded.isEmpty() && size + json.length > Portions.RELAY_FRAME_BYTES) {
        chunks.add(keep(encoded));
        encoded.clear();
        size = 0;
      }
      encoded.add(json);
      size += json.length;
    }
    if (!encoded.isEmpty()) chunks.add(keep(encoded));
    shrink();
    return chunks;
  }

  private Chunk keep(List<byte[]> encoded) {
    var unit = unit(last + 1, encoded);
    units.addLast(unit);
    entries += encoded.size();
    bytes += unit.bytes();
    last = unit.chunk().last();
    return unit.chunk();
  }

  private Unit unit(long first, List<byte[]> encoded) {
    var frame = framing.text(start, encoded, (byte) ',', END);
    var ends = new int[encoded.size()];
    var end = END.length;
    for (var i = ends.length - 1; i >= 0; i--) {
      end += encoded.get(i).length;
      ends[i] = end++;
    }
    return new Unit(new Chunk(first, first + ends.length - 1, frame), ends);
  }

  private void shrink() {
    while (units.size() > 1 && (entries > mostEntries || bytes > mostBytes)) {
      var oldest = units.removeFirst();
      entries -= oldest.chunk().size();
      bytes -= oldest.bytes();
    }
  }

  /// The chunk that begins right after `after`, if it is still in the buffer.
  Optional<Chunk> following(long after) {
    for (var unit : units) {
      if (unit.chunk().first() > after + 1) return Optional.empty();
      if (unit.chunk().first() == after + 1) return Optional.of(unit.chunk());
      if (unit.chunk().last() > after) return Optional.of(tail(unit, after));
    }
    return Optional.empty();
  }

  private Chunk tail(Unit unit, long after) {
    var whole = unit.chunk();
    var rest = whole.frame().takeRight(unit.ends()[(int) (after + 1 - whole.first())]);
    var frame = framing.text(start, List.of(rest.toArrayUnsafe()), (byte) ',', NOTHING);
    return new Chunk(after + 1, whole.last(), frame);
  }

  /// Removes the text of a redacted message from the buffered entries, before a late reader gets
  /// it.
  void redact(long target, Entry.Redaction redaction) {
    var kept = List.copyOf(units);
    units.clear();
    bytes = 0;
    for (var unit : kept) {
      var next = unit.chunk().last() < target ? unit : redacted(unit, target, redaction);
      units.addLast(next);
      bytes += next.bytes();
    }
  }

  private Unit redacted(Unit unit, long target, Entry.Redaction redaction) {
    var all = entries(framing.payload(unit.chunk().frame()));
    if (all.stream().noneMatch(entry -> isOf(target, entry))) return unit;
    var changed =
        all.stream()
            .map(entry ->
                isOf(target, entry)
                    ? Entries.amended(entry, Optional.empty(), Optional.of(redaction))
                    : entry)
            .map(Json::bytes)
            .toList();
    return unit(unit.chunk().first(), changed);
  }

  /// Drops the entries before `first`, which readers must not get any more.
  void truncate(long first) {
    while (!units.isEmpty() && units.getFirst().chunk().last() < first) {
      var oldest = units.removeFirst();
      entries -= oldest.chunk().size();
      bytes -= oldest.bytes();
    }
    if (units.isEmpty() || units.getFirst().chunk().first() >= first) return;
    var partly = units.removeFirst();
    var rest =
        entries(framing.payload(partly.chunk().frame())).stream()
            .filter(entry -> entry.seq() >= first)
            .map(Json::bytes)
            .toList();
    var left = unit(first, rest);
    units.addFirst(left);
    entries -= partly.chunk().size() - rest.size();
    bytes -= partly.bytes() - left.bytes();
  }

  private static boolean isOf(long target, Entry entry) {
    return Entries.message(entry).orElse(0) == target;
  }

  /// Decodes the entries from the text of a frame.
  static List<Entry> entries(ByteString payload) {
    try {
      var said = (ServerFrame.Entries) Json.serverFrame(payload.utf8String());
      return said.entries();
    } catch (Malformed impossible) {
      throw new IllegalStateException(
          "a frame that this node encoded is not valid JSON", impossible);
    }
  }

  /// Drops all entries, and continues after `seq`.
  void restart(long seq) {
    units.clear();
    entries = 0;
    bytes = 0;
    last = seq;
  }
}
