package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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

  /// The number of matches, and the part of the room that was searched.
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

  static boolean isSearch(SearchState state) {
    return state instanceof SearchState.Text(var words, _, _) && !words.isBlank();
  }

  /// A match may reach over several spans.
  static List<Span> marked(List<Span> line, SearchState state) {
    if (!(state instanceof SearchState.Text(var typed, _, _)) || typed.isBlank()) return line;
    var words = folded(typed);
    var text = folded(line.stream().map(Span::text).collect(Collectors.joining()));
    var marked = new ArrayList<Span>();
    int from = 0;
    int match = text.indexOf(words);
    for (var span : line) {
      int end = from + span.text().length();
      int done = from;
      while (match >= 0 && match < end) {
        if (match > done) marked.add(part(span, done - from, match - from, span.tone()));
        int to = Math.min(end, match + words.length());
        marked.add(part(span, Math.max(done, match) - from, to - from, Tone.FOUND));
        done = to;
        // the rest of the match is in the next span
        if (match + words.length() > end) break;
        match = text.indexOf(words, match + words.length());
      }
      if (done < end || span.text().isEmpty()) {
        marked.add(part(span, done - from, end - from, span.tone()));
      }
      from = end;
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
