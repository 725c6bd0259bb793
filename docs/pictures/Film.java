import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Draws the recorded screens of some people, side by side, as an SVG that moves.
///
/// `java Film.java COLUMNS ROWS TITLE DIRECTORY PERSON… > film.svg`
///
/// The directory has a file MILLISECONDS.PERSON for each screen that differs from the person's one
/// before, as `tmux capture-pane -e -p` gives it. Where nothing changed for long, time is left out,
/// so that the speed of the machine does not show. Without animation, the last screens are seen.
final class Film {
  private static final int LONGEST_PAUSE = 1100;
  private static final int END = 5000;
  private static final int GAP = 16;

  private record Frame(long at, String person, List<List<Svg.Piece>> rows) {}

  private record Shown(int row, List<Svg.Piece> pieces, long from, long to) {}

  static void main(String[] arguments) throws IOException {
    int columns = Integer.parseInt(arguments[0]);
    int rows = Integer.parseInt(arguments[1]);
    var people = List.of(arguments).subList(4, arguments.length);
    var frames = withoutPauses(frames(Path.of(arguments[3])));
    long end = frames.getLast().at() + END;
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int step = Svg.width(columns) + GAP;
    Svg.begin(step * people.size() - GAP, Svg.height(rows), arguments[2], out);
    for (int place = 0; place < people.size(); place++) {
      var person = people.get(place);
      out.printf("<g transform=\"translate(%d 0)\">%n", place * step);
      Svg.window(columns, rows, person, out);
      for (var shown : shown(frames, person, rows, end)) draw(shown, end, out);
      out.println("</g>");
    }
    out.println("</svg>");
  }

  private static List<Frame> frames(Path directory) throws IOException {
    var frames = new ArrayList<Frame>();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString().split("\\.");
        var screen = Files.readString(file).split("\n", -1);
        frames.add(new Frame(Long.parseLong(name[0]), name[1], Svg.rows(screen)));
      }
    }
    frames.sort(Comparator.comparingLong(Frame::at));
    return frames;
  }

  private static List<Frame> withoutPauses(List<Frame> frames) {
    var shorter = new ArrayList<Frame>();
    long now = 0;
    long before = frames.getFirst().at();
    for (var frame : frames) {
      now += Math.min(frame.at() - before, LONGEST_PAUSE);
      before = frame.at();
      shorter.add(new Frame(now, frame.person(), frame.rows()));
    }
    return shorter;
  }

  /// The content of each row, and the time for which it is shown.
  private static List<Shown> shown(List<Frame> frames, String person, int rows, long end) {
    var all = new ArrayList<Shown>();
    Map<Integer, Shown> present = new HashMap<>();
    for (var frame : frames) {
      if (!frame.person().equals(person)) continue;
      for (int row = 0; row < rows; row++) {
        List<Svg.Piece> pieces = row < frame.rows().size() ? frame.rows().get(row) : List.of();
        var former = present.get(row);
        if (former != null && former.pieces().equals(pieces)) continue;
        if (former != null) all.add(new Shown(row, former.pieces(), former.from(), frame.at()));
        present.put(row, new Shown(row, pieces, frame.at(), end));
      }
    }
    all.addAll(present.values());
    all.removeIf(shown -> shown.from() == shown.to() || shown.pieces().isEmpty());
    return all;
  }

  private static void draw(Shown shown, long end, PrintStream out) {
    boolean first = shown.from() == 0;
    boolean last = shown.to() == end;
    out.print(last ? "<g>" : "<g visibility=\"hidden\">");
    if (!first || !last) {
      out.printf(
          "<animate attributeName=\"visibility\" calcMode=\"discrete\" dur=\"%.1fs\""
              + " repeatCount=\"indefinite\" values=\"%s\" keyTimes=\"0%s%s\"/>%n",
          end / 1000.0,
          (first ? "" : "hidden;") + "visible" + (last ? "" : ";hidden"),
          first ? "" : ";%.4f".formatted((double) shown.from() / end),
          last ? "" : ";%.4f".formatted((double) shown.to() / end));
    }
    for (var piece : shown.pieces()) Svg.put(piece, shown.row(), out);
    out.println("</g>");
  }
}
