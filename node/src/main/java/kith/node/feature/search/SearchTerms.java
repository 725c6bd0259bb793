package kith.node.feature.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import kith.node.feature.search.TextUnits.Unit;

/// The terms of a message in the index: its words, pairs of neighbours in scripts without spaces,
/// its author, and marks for links and files. The terms of authors and marks begin with characters
/// with which no word begins.
final class SearchTerms {
  static final String LINK = "#link";
  static final String FILE = "#file";

  private static final Pattern LINKS =
      Pattern.compile("\\bhttps?://[^\\s/]", Pattern.CASE_INSENSITIVE);

  private SearchTerms() {}

  static boolean hasLink(String text) {
    // the pattern is slow, and most texts have no link
    return text.contains("://") && LINKS.matcher(text).find();
  }

  static String author(String name) {
    return "@" + name;
  }

  /// The terms of a text, without those of the files and the author of its message.
  static Set<String> ofText(String text) {
    var terms = new LinkedHashSet<String>();
    addWords(terms, text);
    if (hasLink(text)) terms.add(LINK);
    return terms;
  }

  /// The terms of files, which no edit of their message changes.
  static Set<String> ofFiles(Collection<String> names) {
    var terms = new LinkedHashSet<String>();
    names.forEach(name -> addWords(terms, name));
    if (!names.isEmpty()) terms.add(FILE);
    return terms;
  }

  private static void addWords(Set<String> terms, String text) {
    var units = TextUnits.of(text);
    for (var i = 0; i < units.size(); i++) {
      var unit = units.get(i);
      if (!unit.single()) terms.add(unit.text());
      else if (hasNeighbour(units, i)) terms.add(unit.text() + units.get(i + 1).text());
      // the end of a run of characters, so that each one begins a term
      else terms.add(unit.text());
    }
  }

  /// True if the unit and the next one are one term.
  static boolean hasNeighbour(List<Unit> units, int i) {
    return i + 1 < units.size() && units.get(i + 1).single() && units.get(i + 1).follows();
  }
}
