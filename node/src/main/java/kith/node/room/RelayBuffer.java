package kith.node.room;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.socket.Frames;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import org.apache.pekko.util.ByteString;

/// The latest entries of a room, encoded once for all sockets of this node. Bounded by entries and
/// by bytes.
final class RelayBuffer {
  /// A frame stays well below what clients have to put together at once.
  private static final int FRAME_BYTES = 48 * 1024;

  private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

  /// Entries that follow on each other, as the bytes of one WebSocket frame.
  record Chunk(long first, long last, ByteString frame, List<Entry> entries) {}

  private record Encoded(Entry entry, byte[] json) {}

  private record Unit(Chunk chunk, List<Encoded> entries, int bytes) {}

  private final byte[] start;
  private final int mostEntries;
  private final int mostBytes;
  private final Deque<Unit> units = new ArrayDeque<>();
  private int entries;
  private int bytes;
  private long last;

  RelayBuffer(String room, long last, int mostEntries, int mostBytes) {
    this.start =
        ("{\"type\":\"entries\",\"room\":\"" + room + "\",\"entries\":[")
            .getBytes(StandardCharsets.UTF_8);
    this.last = last;
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /// The seq of the latest entry that passed through here.
  long last() {
    return last;
  }

  /// Adds entries that follow on `last`, and returns them as chunks to be sent.
  List<Chunk> add(List<Entry> added) {
    var chunks = new ArrayList<Chunk>();
    var encoded = new ArrayList<Encoded>();
    var size = 0;
    for (var entry : added) {
      var json = Json.bytes(entry);
      if (!encoded.isEmpty() && size + json.length > FRAME_BYTES) {
        chunks.add(keep(encoded, size));
        encoded = new ArrayList<>();
        size = 0;
      }
      encoded.add(new Encoded(entry, json));
      size += json.length;
    }
    if (!encoded.isEmpty()) chunks.add(keep(encoded, size));
    shrink();
    return chunks;
  }

  private Chunk keep(List<Encoded> encoded, int size) {
    var unit = unit(encoded, size);
    units.addLast(unit);
    entries += encoded.size();
    bytes += size;
    last = unit.chunk().last();
    return unit.chunk();
  }

  private Unit unit(List<Encoded> encoded, int size) {
    var first = encoded.getFirst().entry().seq();
    var last = encoded.getLast().entry().seq();
    return new Unit(chunk(first, last, encoded), encoded, size);
  }

  private Chunk chunk(long first, long last, List<Encoded> encoded) {
    var all = encoded.stream().map(Encoded::entry).toList();
    return new Chunk(first, last, frame(encoded), all);
  }

  private ByteString frame(List<Encoded> encoded) {
    return Frames.text(start, encoded.stream().map(Encoded::json).toList(), (byte) ',', END);
  }

  private void shrink() {
    while (units.size() > 1 && (entries > mostEntries || bytes > mostBytes)) {
      var oldest = units.removeFirst();
      entries -= oldest.entries().size();
      bytes -= oldest.bytes();
    }
  }

  /// The chunk that begins right after `after`, if it is still here.
  Optional<Chunk> following(long after) {
    for (var unit : units) {
      if (unit.chunk().first() > after + 1) return Optional.empty();
      if (unit.chunk().first() == after + 1) return Optional.of(unit.chunk());
      if (unit.chunk().last() > after) return Optional.of(tail(unit, after));
    }
    return Optional.empty();
  }

  private Chunk tail(Unit unit, long after) {
    var rest = unit.entries().stream().filter(one -> one.entry().seq() > after).toList();
    return chunk(after + 1, unit.chunk().last(), rest);
  }

  /// Takes the text of a redacted message out of what is still here, before a late reader gets it.
  void redact(long target, Entry.Redaction redaction) {
    var kept = List.copyOf(units);
    units.clear();
    bytes = 0;
    for (var unit : kept) {
      var concerned =
          unit.entries().stream()
              .anyMatch(one -> Entries.message(one.entry()).equals(OptionalLong.of(target)));
      var next = concerned ? redacted(unit, target, redaction) : unit;
      units.addLast(next);
      bytes += next.bytes();
    }
  }

  private Unit redacted(Unit unit, long target, Entry.Redaction redaction) {
    var changed = new ArrayList<Encoded>();
    for (var one : unit.entries()) {
      if (Entries.message(one.entry()).orElse(0) == target) {
        var entry = Entries.amended(one.entry(), Optional.empty(), Optional.of(redaction));
        changed.add(new Encoded(entry, Json.bytes(entry)));
      } else changed.add(one);
    }
    return unit(changed, changed.stream().mapToInt(one -> one.json().length).sum());
  }

  /// Forgets everything, to go on after `seq`.
  void restart(long seq) {
    units.clear();
    entries = 0;
    bytes = 0;
    last = seq;
  }
}
