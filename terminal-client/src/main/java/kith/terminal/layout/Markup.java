package kith.terminal.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kith.terminal.layout.Row.Span;
import kith.terminal.plain.Safe;

/// A message's text as styled lines: light Markdown, links, and names that are called.
public final class Markup {
  private static final Pattern PIECE =
      Pattern.compile(
          "`(?<code>[^`]+)`"
              + "|\\*\\*(?<bold>[^*]+)\\*\\*"
              + "|(?<![\\w*])[*_](?<italic>[^*_\\s](?:[^*_]*[^*_\\s])?)[*_](?![\\w*])"
              + "|(?<link>https?://[^\\s<>\"]*[^\\s<>\".,;:!?'\\])])"
              + "|(?<name>@[\\p{L}\\p{N}._-]+)");

  private Markup() {}

  public static List<List<Span>> lines(String body, String me) {
    var lines = new ArrayList<List<Span>>();
    boolean isCode = false;
    for (var line : Safe.text(body).split("\n", -1)) {
      if (line.startsWith("```")) {
        isCode = !isCode;
        lines.add(List.of(new Span(line, Tone.QUIET)));
      } else if (isCode) {
        lines.add(List.of(new Span(line, Tone.CODE)));
      } else {
        lines.add(pieces(line, me));
      }
    }
    return lines;
  }

  private static List<Span> pieces(String line, String me) {
    var base = line.startsWith(">") ? Tone.QUIET : Tone.PLAIN;
    var spans = new ArrayList<Span>();
    var piece = PIECE.matcher(line);
    int done = 0;
    while (piece.find()) {
      if (piece.start() > done) spans.add(new Span(line.substring(done, piece.start()), base));
      spans.add(styled(piece, base, me));
      done = piece.end();
    }
    if (done < line.length() || spans.isEmpty()) spans.add(new Span(line.substring(done), base));
    return spans;
  }

  private static Span styled(Matcher piece, Tone base, String me) {
    if (piece.group("code") != null) return new Span(piece.group("code"), Tone.CODE);
    if (piece.group("bold") != null) return new Span(piece.group("bold"), Tone.STRONG);
    if (piece.group("italic") != null) return new Span(piece.group("italic"), Tone.EMPHASIS);
    if (piece.group("link") != null) return new Span(piece.group("link"), Tone.LINK);
    return new Span(piece.group(), isMe(piece.group(), me) ? Tone.MENTION : base);
  }

  private static boolean isMe(String name, String me) {
    return name.substring(1).equalsIgnoreCase(me) || name.equalsIgnoreCase("@all");
  }

  /// The first link in a text.
  public static Optional<String> link(String body) {
    var piece = PIECE.matcher(Safe.text(body));
    while (piece.find()) {
      if (piece.group("link") != null) return Optional.of(piece.group("link"));
    }
    return Optional.empty();
  }

  /// Whether somebody is called by name.
  public static boolean mentions(String body, String me) {
    if (body.indexOf('@') < 0) return false;
    var piece = PIECE.matcher(body);
    while (piece.find()) {
      var name = piece.group("name");
      if (name != null && isMe(name, me)) return true;
    }
    return false;
  }
}
