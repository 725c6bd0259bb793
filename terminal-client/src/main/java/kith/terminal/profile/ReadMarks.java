package kith.terminal.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How far each room was read on this machine, in a file.
///
/// It is written now and then: losing the latest costs a wrong count once.
public final class ReadMarks {
  private static final int MOST_ROOMS = 2_000;

  private final Path path;
  private final Map<String, Long> seqByRoom = new LinkedHashMap<>();
  private boolean isChanged;

  private ReadMarks(Path path) {
    this.path = path;
  }

  public static ReadMarks in(Path path) {
    var marks = new ReadMarks(path);
    try {
      SafeFile.read(path).stream().flatMap(String::lines).forEach(marks::read);
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be read.", fault);
    }
    return marks;
  }

  private void read(String line) {
    int space = line.indexOf(' ');
    if (space <= 0 || seqByRoom.size() >= MOST_ROOMS) return;
    try {
      seqByRoom.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    } catch (NumberFormatException damaged) {
      // as if it had never been read
    }
  }

  public synchronized long of(String room, long otherwise) {
    return seqByRoom.getOrDefault(room, otherwise);
  }

  public synchronized void keep(String room, long seq) {
    if (seqByRoom.size() >= MOST_ROOMS && !seqByRoom.containsKey(room)) return;
    isChanged |= seqByRoom.merge(room, seq, Math::max) == seq;
  }

  public synchronized void write() {
    if (!isChanged) return;
    isChanged = false;
    var text =
        seqByRoom.entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue())
            .collect(Collectors.joining("\n"));
    try {
      SafeFile.write(path, text);
    } catch (IOException fault) {
      throw new UncheckedIOException(path + " cannot be written.", fault);
    }
  }
}
