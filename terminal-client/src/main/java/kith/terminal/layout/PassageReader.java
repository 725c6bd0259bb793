package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kith.terminal.layout.Passage.Alignment;
import kith.terminal.layout.Row.Span;

/// Reads the lines of a message as passages, in the Markdown that people type into a chat.
final class PassageReader {
  private static final Pattern FENCE = Pattern.compile("( {0,12})(`{3,}|~{3,})([^`]*)");

  /// Faces such as `>:(` are not quotes.
  private static final Pattern QUOTED = Pattern.compile(" {0,3}>(?=$|[ >\\p{L}\\p{N}`*]) ?(.*)");

  private static final Pattern HEADING = Pattern.compile("#{1,6} +(\\S.*)");
  private static final Pattern ITEM =
      Pattern.compile(
          "( *)(?:[-*](?: \\[(?<box>[ xX])])?|(?<number>\\d{1,9}[.)])) +(?<text>\\S.*)");

  private static final Pattern INDENT = Pattern.compile("( +)(\\S.*)");
  private static final Pattern RULE = Pattern.compile(" *:?-+:? *");
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  /// Quotes nested deeper than this stay as typed, because each takes space on the stack.
  private static final int MAX_DEPTH = 5;

  private static final int MAX_COLUMNS = 16;

  private final TextOptions options;
  private final int depth;
  private final List<String> lines;
  private final List<Passage> passages = new ArrayList<>();
  private int at;

  private PassageReader(List<String> lines, TextOptions options, int depth) {
    this.lines = lines;
    this.options = options;
    this.depth = depth;
  }

  /// @param text without control characters, except line breaks
  static List<Passage> read(String text, TextOptions options) {
    return new PassageReader(List.of(text.split("\n", -1)), options, 0).read();
  }

  private List<Passage> read() {
    while (at < lines.size()) {
      if (!readCode() && !readQuote() && !readTable()) readLine();
    }
    return passages;
  }

  /// An unclosed block reaches the end of the message.
  private boolean readCode() {
    var fence = FENCE.matcher(lines.get(at));
    if (!fence.matches()) return false;
    int indent = fence.group(1).length();
    var marks = fence.group(2);
    var label = fence.group(3).strip();
    var code = new ArrayList<String>();
    for (at++; at < lines.size(); at++) {
      var line = lines.get(at);
      if (isEnd(line.strip(), marks)) {
        at++;
        break;
      }
      // as in ```one line and the next```, where the text after the first fence is code, too
      boolean isEndedInLine = line.endsWith(marks) && marks.startsWith("`");
      var whole = isEndedInLine ? line.substring(0, line.length() - marks.length()) : line;
      code.add(outdented(whole, indent));
      if (isEndedInLine) {
        if (!label.isEmpty() && !Language.isKnown(label)) {
          code.addFirst(label);
          label = "";
        }
        at++;
        break;
      }
    }
    passages.add(new Passage.Code(label, String.join("\n", code), Highlighter.lines(label, code)));
    return true;
  }

  private static boolean isEnd(String line, String marks) {
    return line.length() >= marks.length()
        && line.equals(marks.substring(0, 1).repeat(line.length()));
  }

  private static String outdented(String line, int indent) {
    int from = 0;
    while (from < Math.min(indent, line.length()) && line.charAt(from) == ' ') from++;
    return line.substring(from);
  }

  private boolean readQuote() {
    if (depth >= MAX_DEPTH) return false;
    var quoted = new ArrayList<String>();
    while (at < lines.size()) {
      var line = QUOTED.matcher(lines.get(at));
      if (!line.matches()) break;
      quoted.add(line.group(1));
      at++;
    }
    if (quoted.isEmpty()) return false;
    passages.add(new Passage.Quote(new PassageReader(quoted, options, depth + 1).read()));
    return true;
  }

  private boolean readTable() {
    if (at + 1 >= lines.size() || !lines.get(at).contains("|")) return false;
    var alignments = alignments(lines.get(at + 1));
    if (alignments.isEmpty() || cells(lines.get(at)).size() != alignments.size()) return false;
    var rows = new ArrayList<List<List<Span>>>();
    var typed = new ArrayList<List<Span>>();
    rows.add(row(lines.get(at), alignments.size(), Tone.STRONG));
    typed.add(Inline.spans(lines.get(at++), tone(), options));
    typed.add(Inline.spans(lines.get(at++), tone(), options));
    while (at < lines.size() && lines.get(at).contains("|")) {
      rows.add(row(lines.get(at), alignments.size(), tone()));
      typed.add(Inline.spans(lines.get(at++), tone(), options));
    }
    passages.add(new Passage.Table(alignments, rows, typed));
    return true;
  }

  /// Empty if the line does not end the heading of a table.
  private static List<Alignment> alignments(String line) {
    if (!line.contains("|") || !line.contains("-")) return List.of();
    var cells = cells(line);
    boolean isRule = cells.stream().allMatch(cell -> RULE.matcher(cell).matches());
    if (!isRule || cells.size() > MAX_COLUMNS) return List.of();
    return cells.stream().map(cell -> alignment(cell.strip())).toList();
  }

  private static Alignment alignment(String rule) {
    if (!rule.endsWith(":")) return Alignment.LEFT;
    return rule.startsWith(":") ? Alignment.CENTER : Alignment.RIGHT;
  }

  private static List<String> cells(String line) {
    var bare = line.strip();
    if (bare.startsWith("|")) bare = bare.substring(1);
    if (bare.endsWith("|") && !bare.endsWith("\\|")) bare = bare.substring(0, bare.length() - 1);
    return List.of(BAR.split(bare, -1));
  }

  /// As many cells as the heading has; the last one includes the text of surplus cells.
  private List<List<Span>> row(String line, int columns, Tone tone) {
    var cells = new ArrayList<>(cells(line));
    while (cells.size() > columns) {
      var last = cells.removeLast();
      cells.add(cells.removeLast() + "|" + last);
    }
    while (cells.size() < columns) cells.add("");
    return cells.stream()
        .map(cell -> Inline.spans(cell.strip().replace("\\|", "|"), tone, options))
        .toList();
  }

  private Tone tone() {
    return depth > 0 ? Tone.QUIET : Tone.PLAIN;
  }

  private void readLine() {
    var line = lines.get(at);
    boolean isBeginning = at == 0 && depth == 0;
    at++;
    var heading = HEADING.matcher(line);
    var item = ITEM.matcher(line);
    var indent = INDENT.matcher(line);
    if (isBeginning
        && item.matches()
        && item.group("number") == null
        && item.group("box") == null
        && lines.size() == 1) {
      // one line with a dash in front is not a list
      passages.add(new Passage.Text(Inline.spans(line, tone(), options)));
    } else if (heading.matches()) {
      passages.add(new Passage.Text(Inline.spans(heading.group(1), Tone.HEADING, options)));
    } else if (item.matches()) {
      hanging(item.group(1) + mark(item.group("box"), item.group("number")), item.group("text"));
    } else if (indent.matches()) {
      hanging(indent.group(1), indent.group(2));
    } else if (isBeginning) {
      passages.add(new Passage.Text(Inline.addressed(line, tone(), options)));
    } else {
      passages.add(new Passage.Text(Inline.spans(line, tone(), options)));
    }
  }

  private static String mark(String box, String number) {
    if (number != null) return number + " ";
    if (box == null) return "• ";
    return box.isBlank() ? "☐ " : "☑ ";
  }

  private void hanging(String before, String text) {
    var first = List.of(new Span(before, tone()));
    var rest = List.of(new Span(" ".repeat(Graphemes.columns(before)), tone()));
    passages.add(new Passage.Text(first, rest, Inline.spans(text, tone(), options)));
  }
}
