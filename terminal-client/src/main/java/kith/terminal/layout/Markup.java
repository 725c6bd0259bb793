package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Row.Span;
import kith.terminal.model.SearchState;
import kith.terminal.plain.Sanitizer;

/// A message's text as rows: the Markdown that people type into a chat, links and mentions. Only
/// the full screen shows it like this: line mode and scripts get the text as it was typed.
public final class Markup {
  private static final String EVERYONE = "@room";

  private static final RowCache CACHE = new RowCache();

  private Markup() {}

  /// @param after shown after the text, in `Tone.QUIET`; may be empty
  public static List<Row> rows(String body, TextOptions options, String after, int columns) {
    return CACHE.rows(
        new RowCache.Key(body, options, after, columns),
        () -> rows(body, options, after, columns, UnaryOperator.identity()));
  }

  /// The same with the matches of a search.
  static List<Row> rows(
      String body, TextOptions options, String after, int columns, SearchState search) {
    return Matches.isSearch(search)
        ? rows(body, options, after, columns, line -> Matches.marked(line, search))
        : rows(body, options, after, columns);
  }

  private static List<Row> rows(
      String body,
      TextOptions options,
      String after,
      int columns,
      UnaryOperator<List<Span>> change) {
    var passages = new ArrayList<Passage>();
    for (var it : PassageReader.read(Sanitizer.text(body), options)) {
      passages.add(it.mapped(change));
    }
    if (!after.isEmpty()) end(passages, new Span(after, Tone.QUIET));
    return List.copyOf(PassageRows.of(passages, columns, options.isWhole()));
  }

  private static void end(List<Passage> passages, Span after) {
    if (passages.getLast() instanceof Passage.Text(var first, var rest, var spans)) {
      var longer = new ArrayList<>(spans);
      longer.add(new Span(" " + after.text(), after.tone()));
      passages.set(passages.size() - 1, new Passage.Text(first, rest, longer));
    } else {
      passages.add(new Passage.Text(List.of(after)));
    }
  }

  /// The code blocks of a text, with their tabs.
  public static List<String> code(String body) {
    var options = new TextOptions(Set.of(), true, false);
    return PassageReader.read(Sanitizer.code(body), options).stream()
        .flatMap(Passage::code)
        .toList();
  }

  /// The code blocks of a message; none of a removed one.
  public static List<String> code(Entry.Message message) {
    return message.redaction().isPresent() ? List.of() : code(Blocks.text(message));
  }

  /// The first link of a message; none of a removed one.
  public static Optional<String> link(Entry.Message message) {
    return message.redaction().isPresent() ? Optional.empty() : link(Blocks.text(message));
  }

  /// The first link in a text.
  public static Optional<String> link(String body) {
    return Inline.link(Sanitizer.text(body));
  }

  /// The server decides who is mentioned.
  public static boolean mentions(Entry.Message message, String me) {
    return !mentioned(message, me).isEmpty();
  }

  /// The way in which a message mentions the user: by name, or with the whole room.
  public static Set<String> mentioned(Entry.Message message, String me) {
    var names = message.mentions().orElse(List.of());
    return Stream.of(me, EVERYONE)
        .filter(names::contains)
        .map(name -> name.equals(EVERYONE) ? name : "@" + name)
        .collect(Collectors.toSet());
  }
}
