package kith.terminal.layout;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Row.Span;
import kith.terminal.plain.Sanitizer;

/// A message's text as styled lines: light Markdown, links and mentions.
public final class Markup {
  private static final Pattern PIECE =
      Pattern.compile(
          "`(?<code>[^`]+)`"
              + "|\\*\\*(?<bold>[^*]+)\\*\\*"
              + "|(?<![\\w*])[*_](?<italic>[^*_\\s](?:[^*_]*[^*_\\s])?)[*_](?![\\w*])"
              + "|(?<link>https?://[^\\s<>\"]*[^\\s<>\".,;:!?'\\])])"
              + "|(?<name>@[\\p{L}\\p{N}._-]+)");

  private static final String EVERYONE = "@room";

  private Markup() {}

  /// @param mentioned the names to highlight, as `@ann`
  public static List<List<Span>> lines(String body, Set<String> mentioned) {
    var lines = new ArrayList<List<Span>>();
    boolean isCode = false;
    for (var line : Sanitizer.text(body).split("\n", -1)) {
      int colon = lines.isEmpty() ? addressEnd(line, mentioned) : -1;
      if (colon > 0) {
        var spans = new ArrayList<>(List.of(new Span(line.substring(0, colon), Tone.MENTION)));
        spans.addAll(pieces(line.substring(colon), mentioned));
        lines.add(spans);
      } else if (line.startsWith("```")) {
        isCode = !isCode;
        lines.add(List.of(new Span(line, Tone.QUIET)));
      } else if (isCode) {
        lines.add(List.of(new Span(line, Tone.CODE)));
      } else {
        lines.add(pieces(line, mentioned));
      }
    }
    return lines;
  }

  /// The index of the colon after a mentioned name at the start, as in `ann: hi`; -1 if there is
  /// none.
  private static int addressEnd(String line, Set<String> mentioned) {
    int colon = line.indexOf(':');
    if (colon <= 0 || mentioned.isEmpty()) return -1;
    var name = Normalizer.normalize(line.substring(0, colon), Normalizer.Form.NFC);
    var folded = "@" + name.toLowerCase(Locale.ROOT);
    return mentioned.contains(folded) && !folded.equals(EVERYONE) ? colon : -1;
  }

  private static List<Span> pieces(String line, Set<String> mentioned) {
    var base = line.startsWith(">") ? Tone.QUIET : Tone.PLAIN;
    var spans = new ArrayList<Span>();
    var piece = PIECE.matcher(line);
    int done = 0;
    while (piece.find()) {
      if (piece.start() > done) spans.add(new Span(line.substring(done, piece.start()), base));
      spans.add(styled(piece, base, mentioned));
      done = piece.end();
    }
    if (done < line.length() || spans.isEmpty()) spans.add(new Span(line.substring(done), base));
    return spans;
  }

  private static Span styled(Matcher piece, Tone base, Set<String> mentioned) {
    if (piece.group("code") != null) return new Span(piece.group("code"), Tone.CODE);
    if (piece.group("bold") != null) return new Span(piece.group("bold"), Tone.STRONG);
    if (piece.group("italic") != null) return new Span(piece.group("italic"), Tone.EMPHASIS);
    var link = piece.group("link");
    if (link != null) return new Span(link, Tone.LINK, 0, link);
    return new Span(piece.group(), isMentioned(piece.group(), mentioned) ? Tone.MENTION : base);
  }

  private static boolean isMentioned(String name, Set<String> mentioned) {
    var folded = name.toLowerCase(Locale.ROOT);
    return mentioned.stream().anyMatch(folded::startsWith);
  }

  /// The first link in a text.
  public static Optional<String> link(String body) {
    var piece = PIECE.matcher(Sanitizer.text(body));
    while (piece.find()) {
      if (piece.group("link") != null) return Optional.of(piece.group("link"));
    }
    return Optional.empty();
  }

  /// The server decides who is mentioned.
  public static boolean mentions(Entry.Message message, String me) {
    return !mentioned(message, me).isEmpty();
  }

  /// How a message mentions the user: by name, or with the whole room.
  public static Set<String> mentioned(Entry.Message message, String me) {
    var names = message.mentions().orElse(List.of());
    return Stream.of(me, EVERYONE)
        .filter(names::contains)
        .map(name -> name.equals(EVERYONE) ? name : "@" + name)
        .collect(Collectors.toSet());
  }
}
