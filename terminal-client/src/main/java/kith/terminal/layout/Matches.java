package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Row.Span;
import kith.terminal.model.Room;
import kith.terminal.model.SearchState;

/// Finds and highlights the matches of a search.
public final class Matches {
  private Matches() {}

  public static boolean in(Entry entry, String words) {
    return entry instanceof Entry.Message message
        && message.redaction().isEmpty()
        && folded(Blocks.text(message)).contains(folded(words));
  }

  /// The number of matches, and how much of the room was searched.
  public static String summary(Room room, String words) {
    var entries = room.log().entries();
    if (entries.isEmpty()) return "nothing is loaded";
    var found = entries.stream().filter(entry -> in(entry, words)).map(Entry::seq).toList();
    int chosen = found.indexOf(room.reading().selected().orElse(-1));
    var which = chosen < 0 ? "" : (found.size() - chosen) + " of ";
    var where = room.log().isWhole() ? "all" : "the latest";
    if (!room.log().reachesEnd()) where = "these";
    return which + found.size() + " in " + where + " " + entries.size() + " entries";
  }

  static List<List<Span>> marked(List<List<Span>> lines, SearchState seek) {
    if (!(seek instanceof SearchState.Text(var words, _, _)) || words.isBlank()) return lines;
    return lines.stream().map(line -> marked(line, folded(words))).toList();
  }

  private static List<Span> marked(Iterable<Span> line, String words) {
    var marked = new ArrayList<Span>();
    for (var span : line) {
      var text = folded(span.text());
      int done = 0;
      for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, done)) {
        if (at > done) marked.add(part(span, done, at, span.tone()));
        done = at + words.length();
        marked.add(part(span, at, done, Tone.FOUND));
      }
      if (done < text.length() || text.isEmpty()) {
        marked.add(part(span, done, span.text().length(), span.tone()));
      }
    }
    return marked;
  }

  private static Span part(Span span, int from, int to, Tone tone) {
    return new Span(span.text().substring(from, to), tone, span.hue(), span.link());
  }

  /// Lower case with the same length, so that indexes are valid in both texts.
  private static String folded(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return lower.length() == text.length() ? lower : text;
  }
}
