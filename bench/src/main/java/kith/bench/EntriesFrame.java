package kith.bench;

import java.util.Arrays;

/// A parsed `entries` frame: the `seq` and the message number of each entry. It keeps the bytes of
/// the frame, to recognize it on other sockets.
final class EntriesFrame {
  private final byte[] json;
  private final long[] seqs;
  private final long[] messages;
  private boolean isChecked;

  private EntriesFrame(byte[] json, long[] seqs, long[] messages) {
    this.json = json;
    this.seqs = seqs;
    this.messages = messages;
  }

  static EntriesFrame read(byte[] buffer, int from, int to) {
    var found = new Collector();
    FrameScanner.scan(buffer, from, to, found);
    return new EntriesFrame(
        Arrays.copyOfRange(buffer, from, to),
        Arrays.copyOf(found.seqs, found.count),
        Arrays.copyOf(found.messages, found.count));
  }

  long[] seqs() {
    return seqs;
  }

  /// The message numbers; -1 for an entry that is not a message of this driver.
  long[] messages() {
    return messages;
  }

  boolean isChecked() {
    return isChecked;
  }

  void checked() {
    isChecked = true;
  }

  /// Whether the buffer contains the same bytes. A frame that was checked is not parsed again.
  boolean isSame(byte[] buffer, int from, int to) {
    return Arrays.equals(json, 0, json.length, buffer, from, to);
  }

  private static final class Collector implements FrameScanner.Found {
    private long[] seqs = new long[16];
    private long[] messages = new long[16];
    private int count;

    @Override
    public void field(FrameScanner.Field field, byte[] json, int from, int to) {}

    @Override
    public void entry(long seq, long id) {
      if (count == seqs.length) {
        seqs = Arrays.copyOf(seqs, 2 * count);
        messages = Arrays.copyOf(messages, 2 * count);
      }
      seqs[count] = seq;
      messages[count++] = id;
    }
  }
}
