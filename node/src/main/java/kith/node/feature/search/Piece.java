package kith.node.feature.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kith.node.feature.search.TextUnits.Unit;

/// Units that must follow each other in a message: one word, several that are written as one
/// (`wi-fi`), or a phrase.
///
/// @param prefix true if the last unit may be the beginning of a word
record Piece(List<Unit> units, boolean prefix) {
  Piece {
    units = List.copyOf(units);
  }

  /// The places of the piece in a text.
  List<Range> in(List<Unit> text, int most) {
    var found = new ArrayList<Range>();
    for (var i = 0; i + units.size() <= text.size() && found.size() < most; i++)
      if (isAt(text, i))
        found.add(new Range(text.get(i).start(), text.get(i + units.size() - 1).end()));
    return found;
  }

  private boolean isAt(List<Unit> text, int at) {
    for (var i = 0; i < units.size(); i++) if (!matches(text.get(at + i), i)) return false;
    return true;
  }

  private boolean matches(Unit unit, int i) {
    var asked = units.get(i);
    if (prefix && i == units.size() - 1 && !asked.single())
      return !unit.single() && unit.text().startsWith(asked.text());
    return unit.text().equals(asked.text());
  }

  /// The condition on the index, as a `tsquery`. Texts in which it is found may still not match.
  String tsquery() {
    var terms = new ArrayList<String>();
    for (var i = 0; i < units.size(); i++) {
      var unit = units.get(i);
      if (!unit.single())
        terms.add(quoted(unit.text()) + (prefix && i == units.size() - 1 ? ":*" : ""));
      else if (SearchTerms.hasNeighbour(units, i))
        terms.add(quoted(unit.text() + units.get(i + 1).text()));
      // the end of a run is the beginning of a pair, or stands alone; its pair is more specific
      else if (i == 0 || !SearchTerms.hasNeighbour(units, i - 1))
        terms.add(quoted(unit.text()) + ":*");
    }
    return terms.stream().distinct().collect(Collectors.joining(" & "));
  }

  static String quoted(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /// A part of a text, in chars.
  record Range(int start, int end) {}
}
