package kith.bench;

/// Reads the fields that the driver needs from a server frame's JSON without building objects: the
/// frame's own `type`, `seq`, `id` and `code`, and each entry's `seq` and `id`.
///
/// It handles strings, escapes and nesting, but does not validate the grammar, so it is suitable
/// only for the frames of a node.
final class FrameScanner {
  /// The nesting depth of the fields of a frame: `{` is 1, and an entry is `{ … [ {`.
  private static final int FRAME = 1;

  private static final int ENTRY = 3;

  /// Receives the fields in the order of the frame.
  interface Found {
    void field(Field field, byte[] json, int from, int to);

    /// An entry is complete. `id` is -1 if it is not an id of this driver.
    void entry(long seq, long id);
  }

  enum Field {
    TYPE,
    SEQ,
    ID,
    CODE
  }

  private FrameScanner() {}

  static void scan(byte[] json, int from, int to, Found found) {
    int depth = 0;
    long entrySeq = -1;
    long entryId = -1;
    int at = from;
    while (at < to) {
      switch (json[at]) {
        case '{', '[' -> {
          depth++;
          if (depth == ENTRY) entrySeq = entryId = -1;
        }
        case '}', ']' -> {
          if (depth == ENTRY && json[at] == '}') found.entry(entrySeq, entryId);
          depth--;
        }
        case '"' -> {
          int end = endOfString(json, at + 1, to);
          if (end + 1 < to && json[end + 1] == ':' && (depth == FRAME || depth == ENTRY)) {
            int value = end + 2;
            int length = end - at - 1;
            if (depth == FRAME) frameField(json, at + 1, length, value, to, found);
            else if (is(json, at + 1, length, "seq")) entrySeq = number(json, value, to);
            else if (is(json, at + 1, length, "id")) entryId = number(json, value + 1, to);
          }
          at = end;
        }
        default -> {}
      }
      at++;
    }
  }

  private static void frameField(
      byte[] json, int name, int length, int value, int to, Found found) {
    boolean isText = value < to && json[value] == '"';
    int from = isText ? value + 1 : value;
    if (is(json, name, length, "type"))
      found.field(Field.TYPE, json, from, endOfString(json, from, to));
    else if (is(json, name, length, "id"))
      found.field(Field.ID, json, from, endOfString(json, from, to));
    else if (is(json, name, length, "code"))
      found.field(Field.CODE, json, from, endOfString(json, from, to));
    else if (is(json, name, length, "seq")) found.field(Field.SEQ, json, from, to);
  }

  private static int endOfString(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
    return Math.min(at, to);
  }

  /// The decimal number at `from`, or -1 if there is none.
  static long number(byte[] json, int from, int to) {
    long number = 0;
    int at = from;
    while (at < to && json[at] >= '0' && json[at] <= '9') number = number * 10 + json[at++] - '0';
    return at == from ? -1 : number;
  }

  static boolean is(byte[] json, int from, int length, String text) {
    if (length != text.length()) return false;
    for (int i = 0; i < length; i++) if (json[from + i] != text.charAt(i)) return false;
    return true;
  }
}
