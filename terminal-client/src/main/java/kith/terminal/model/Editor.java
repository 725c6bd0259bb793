package kith.terminal.model;

import java.text.BreakIterator;

/// The text being typed. The cursor counts chars and stands between graphemes.
///
/// @param isPasted several lines of it were pasted
public record Editor(String text, int cursor, Purpose purpose, boolean isPasted) {
  public static final int MAX_CHARS = 32_768;

  public Editor(String text, int cursor, Purpose purpose) {
    this(text, cursor, purpose, false);
  }

  /// The effect of sending the text.
  public sealed interface Purpose {}

  public record Say() implements Purpose {}

  public record Reply(long seq) implements Purpose {}

  public record Edit(long seq) implements Purpose {}

  public static Editor empty() {
    return new Editor("", 0, new Say());
  }

  public static Editor of(String text, Purpose purpose) {
    return new Editor(text, text.length(), purpose);
  }

  public Editor with(String newText) {
    return new Editor(newText, newText.length(), purpose);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  private Editor at(int place) {
    return new Editor(text, Math.clamp(place, 0, text.length()), purpose, isPasted);
  }

  public boolean hasRoomFor(String more) {
    return text.length() + more.length() <= MAX_CHARS;
  }

  /// @return the same editor if there is no room for the text
  public Editor insert(String more) {
    if (!hasRoomFor(more)) return this;
    return new Editor(
        text.substring(0, cursor) + more + text.substring(cursor),
        cursor + more.length(),
        purpose,
        isPasted);
  }

  /// @return the same editor if there is no room for the text
  public Editor paste(String more) {
    var longer = insert(more);
    if (!hasRoomFor(more) || !more.strip().contains("\n")) return longer;
    return new Editor(longer.text, longer.cursor, purpose, true);
  }

  /// Whether to ask before it is sent.
  public boolean isPastedBlock() {
    return isPasted && text.strip().contains("\n");
  }

  private Editor without(int from, int to) {
    return new Editor(text.substring(0, from) + text.substring(to), from, purpose, isPasted);
  }

  public Editor backspace() {
    return without(before(), cursor);
  }

  public Editor delete() {
    return new Editor(
        text.substring(0, cursor) + text.substring(after()), cursor, purpose, isPasted);
  }

  public Editor left() {
    return at(before());
  }

  public Editor right() {
    return at(after());
  }

  private int before() {
    if (cursor == 0) return 0;
    var graphemes = BreakIterator.getCharacterInstance();
    graphemes.setText(text);
    return graphemes.preceding(cursor);
  }

  private int after() {
    if (cursor == text.length()) return cursor;
    var graphemes = BreakIterator.getCharacterInstance();
    graphemes.setText(text);
    return graphemes.following(cursor);
  }

  public Editor wordLeft() {
    return at(wordStart());
  }

  public Editor wordRight() {
    int place = cursor;
    while (place < text.length() && Character.isWhitespace(text.charAt(place))) place++;
    while (place < text.length() && !Character.isWhitespace(text.charAt(place))) place++;
    return at(place);
  }

  private int wordStart() {
    int place = cursor;
    while (place > 0 && Character.isWhitespace(text.charAt(place - 1))) place--;
    while (place > 0 && !Character.isWhitespace(text.charAt(place - 1))) place--;
    return place;
  }

  public Editor deleteWord() {
    return without(wordStart(), cursor);
  }

  public Editor lineStart() {
    return at(text.lastIndexOf('\n', cursor - 1) + 1);
  }

  public Editor lineEnd() {
    int end = text.indexOf('\n', cursor);
    return at(end < 0 ? text.length() : end);
  }

  public Editor deleteToLineStart() {
    return without(lineStart().cursor, cursor);
  }

  public Editor deleteToLineEnd() {
    return new Editor(
        text.substring(0, cursor) + text.substring(lineEnd().cursor), cursor, purpose, isPasted);
  }

  public boolean isOnFirstLine() {
    return text.lastIndexOf('\n', cursor - 1) < 0;
  }

  public boolean isOnLastLine() {
    return text.indexOf('\n', cursor) < 0;
  }

  public Editor lineUp() {
    int start = lineStart().cursor;
    int column = cursor - start;
    var above = at(start - 1).lineStart();
    return at(Math.min(above.cursor + column, start - 1));
  }

  public Editor lineDown() {
    int column = cursor - lineStart().cursor;
    var below = at(lineEnd().cursor + 1);
    return at(Math.min(below.cursor + column, below.lineEnd().cursor));
  }
}
