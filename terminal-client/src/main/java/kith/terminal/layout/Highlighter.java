package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.terminal.layout.Row.Span;

/// Colours keywords, comments and strings in code, in one pass without a grammar. Code of an
/// unknown language has one colour.
final class Highlighter {
  private final Language language;
  private final List<Span> spans = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private Tone tone = Tone.CODE;

  /// The mark that ends the comment or string begun in an earlier line; empty outside of both.
  private String end = "";

  private Tone open = Tone.CODE;

  private Highlighter(Language language) {
    this.language = language;
  }

  /// @param label the text after the fence
  static List<List<Span>> lines(String label, List<String> code) {
    if (Language.isDiff(label)) return code.stream().map(Highlighter::changed).toList();
    var highlighter = new Highlighter(Language.of(label));
    return code.stream().map(highlighter::line).toList();
  }

  private static List<Span> changed(String line) {
    boolean isHeading = line.startsWith("+++") || line.startsWith("---") || line.startsWith("@@");
    var tone = Tone.CODE;
    if (isHeading) tone = Tone.COMMENT;
    else if (line.startsWith("+")) tone = Tone.GOOD;
    else if (line.startsWith("-")) tone = Tone.ERROR;
    return List.of(new Span(line, tone));
  }

  private List<Span> line(String line) {
    spans.clear();
    int at = 0;
    while (at < line.length()) at = end.isEmpty() ? token(line, at) : closed(line, at, at);
    flush();
    if (spans.isEmpty()) spans.add(new Span("", Tone.CODE));
    return List.copyOf(spans);
  }

  /// @return the index after the token
  private int token(String line, int at) {
    if (isComment(line, at)) return put(line, at, line.length(), Tone.COMMENT);
    var blocks = language.blocks();
    if (!blocks.isEmpty() && line.startsWith(blocks.getFirst(), at)) {
      return opened(line, at, blocks.getFirst(), blocks.getLast(), Tone.COMMENT);
    }
    var mark = begun(language.longQuotes(), line, at);
    if (mark.isPresent()) return opened(line, at, mark.get(), mark.get(), Tone.STRING);
    char unit = line.charAt(at);
    if (language.quotes().indexOf(unit) >= 0) {
      return put(line, at, stringEnd(line, at), Tone.STRING);
    }
    if (!isWord(unit)) return put(line, at, at + 1, Tone.CODE);
    int to = at + 1;
    while (to < line.length() && isWord(line.charAt(to))) to++;
    return put(line, at, to, language.isKeyword(line.substring(at, to)) ? Tone.KEYWORD : Tone.CODE);
  }

  /// A block comment of Lua begins like a comment of one line. `$#` and `a#b` of a shell are not
  /// comments.
  private boolean isComment(String line, int at) {
    var mark = begun(language.comments(), line, at);
    if (mark.isEmpty()) return false;
    var blocks = language.blocks();
    if (!blocks.isEmpty() && line.startsWith(blocks.getFirst(), at)) return false;
    return !mark.get().equals("#") || at == 0 || Character.isWhitespace(line.charAt(at - 1));
  }

  private static Optional<String> begun(List<String> marks, String line, int at) {
    for (var mark : marks) if (line.startsWith(mark, at)) return Optional.of(mark);
    return Optional.empty();
  }

  private int opened(String line, int at, String begin, String endMark, Tone of) {
    end = endMark;
    open = of;
    return closed(line, at, at + begin.length());
  }

  /// @param from the index at which the search for the end begins
  private int closed(String line, int at, int from) {
    int found = line.indexOf(end, from);
    if (found < 0) return put(line, at, line.length(), open);
    int to = found + end.length();
    end = "";
    return put(line, at, to, open);
  }

  private static int stringEnd(String line, int at) {
    char quote = line.charAt(at);
    for (int to = at + 1; to < line.length(); to++) {
      if (line.charAt(to) == '\\') to++;
      else if (line.charAt(to) == quote) return to + 1;
    }
    return line.length();
  }

  private static boolean isWord(char unit) {
    return Character.isLetterOrDigit(unit) || unit == '_' || unit == '$' || unit == '#';
  }

  private int put(String line, int from, int to, Tone as) {
    if (as != tone) flush();
    tone = as;
    text.append(line, from, to);
    return to;
  }

  private void flush() {
    if (!text.isEmpty()) spans.add(new Span(text.toString(), tone));
    text.setLength(0);
  }
}
