package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.keys.Keymap.Line;
import kith.terminal.model.Overlay;

/// The help on the screen: the keys in groups, then the slash commands. Typed text narrows it.
public final class HelpActions {
  /// The number of rows of the box that are not lines of the help.
  private static final int FRAME = 4;

  private HelpActions() {}

  /// The lines that contain the query, each group under its heading.
  public static List<Line> lines(Keymap keys, String query) {
    var commands =
        SubmittedLine.usages().values().stream()
            .map(usage -> usage.split("  ", 2))
            .map(parts -> new Line(parts[0], parts.length < 2 ? "" : parts[1]));
    var all = Stream.of(keys.help().stream(), Stream.of(new Line("", "Commands")), commands);
    var shown = new ArrayList<Line>();
    for (var line : all.flatMap(it -> it).toList()) {
      boolean isHeading = line.chords().isEmpty();
      // a heading without lines under it is left out
      if (isHeading && !shown.isEmpty() && shown.getLast().chords().isEmpty()) shown.removeLast();
      if (isHeading || contains(line, query)) shown.add(line);
    }
    if (!shown.isEmpty() && shown.getLast().chords().isEmpty()) shown.removeLast();
    return shown;
  }

  private static boolean contains(Line line, String query) {
    var text = (line.chords() + " " + line.meaning()).toLowerCase(Locale.ROOT);
    return Stream.of(query.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
  }

  static void act(StepBuilder step, Overlay.Help help, Action action) {
    int page = Math.max(1, step.size.rows() - FRAME);
    switch (action) {
      case UP, LINE_UP -> scroll(step, help, -1, page);
      case DOWN, LINE_DOWN -> scroll(step, help, 1, page);
      case PAGE_UP -> scroll(step, help, -page, page);
      case PAGE_DOWN, SEND -> scroll(step, help, page, page);
      case BACKSPACE -> step.overlay = new Overlay.Help(Pickers.withoutLast(help.query()), 0);
      case DELETE_WORD, DELETE_TO_START -> step.overlay = new Overlay.Help("", 0);
      case CANCEL, INTERRUPT, HELP -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  private static void scroll(StepBuilder step, Overlay.Help help, int by, int page) {
    int most = Math.max(0, lines(step.keys(), help.query()).size() - page);
    step.overlay = new Overlay.Help(help.query(), Math.clamp(help.scrolled() + by, 0, most));
  }
}
