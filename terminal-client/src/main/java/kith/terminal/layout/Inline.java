package kith.terminal.layout;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kith.terminal.layout.Row.Span;

/// The Markdown inside a line: weights, code, links and mentions.
final class Inline {
  /// The repetitions in groups are bounded, because each one takes space on the stack.
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<ticks>`{1,3})(?<code>[^`\\n]+)\\k<ticks>(?!`)"
              + "|\\*\\*(?<bold>[^*\\n]+)\\*\\*"
              + "|~~(?<struck>[^~\\s](?:[^~\\n]*[^~\\s])?)~~"
              + "|(?<![\\w*])[*_](?<italic>[^*_\\s](?:[^*_\\n]*[^*_\\s])?)[*_](?![\\w*])"
              + "|\\[(?<text>[^\\[\\]\\n]{1,300})]\\((?<address>https?://"
              + "[^\\s<>\"()]++(?:\\([^\\s<>\"()]*+\\)[^\\s<>\"()]*+){0,5})\\)"
              + "|(?<link>https?://[^\\s<>\"]*[^\\s<>\".,;:!?'\\])])"
              + "|(?<name>@[\\p{L}\\p{N}._-]+)");

  /// A name with a dot, like that of a host.
  private static final Pattern LIKE_AN_ADDRESS =
      Pattern.compile("://|[\\p{L}\\p{N}-]\\.[\\p{L}\\p{N}-]");

  private static final Pattern HOST = Pattern.compile("(https?://(?:[^/?#@]*@)?)([^/?#:]+)(.*)");

  private static final String EVERYONE = "@room";

  private Inline() {}

  static List<Span> spans(String line, Tone base, TextOptions options) {
    var spans = new ArrayList<Span>();
    var piece = PIECE.matcher(line);
    int done = 0;
    while (piece.find()) {
      if (piece.start() > done) spans.add(new Span(line.substring(done, piece.start()), base));
      add(spans, piece, base, options);
      done = piece.end();
    }
    if (done < line.length() || spans.isEmpty()) spans.add(new Span(line.substring(done), base));
    return spans;
  }

  /// The same for the first line of a message, which may begin with a mentioned name, as in `ann:
  /// hi`.
  static List<Span> addressed(String line, Tone base, TextOptions options) {
    int colon = addressEnd(line, options);
    if (colon <= 0) return spans(line, base, options);
    var spans = new ArrayList<>(List.of(new Span(line.substring(0, colon), Tone.MENTION)));
    spans.addAll(spans(line.substring(colon), base, options));
    return spans;
  }

  /// The index of the colon after a mentioned name; -1 if there is none.
  private static int addressEnd(String line, TextOptions options) {
    int colon = line.indexOf(':');
    if (colon <= 0 || options.mentioned().isEmpty()) return -1;
    var name = Normalizer.normalize(line.substring(0, colon), Normalizer.Form.NFC);
    var folded = "@" + name.toLowerCase(Locale.ROOT);
    return options.mentioned().contains(folded) && !folded.equals(EVERYONE) ? colon : -1;
  }

  private static void add(List<Span> spans, Matcher piece, Tone base, TextOptions options) {
    if (piece.group("code") != null) spans.add(new Span(piece.group("code"), Tone.CODE));
    else if (piece.group("bold") != null) spans.add(new Span(piece.group("bold"), Tone.STRONG));
    else if (piece.group("struck") != null)
      spans.add(new Span(struck(piece.group("struck"), options), Tone.STRUCK));
    else if (piece.group("italic") != null)
      spans.add(new Span(piece.group("italic"), Tone.EMPHASIS));
    else if (piece.group("address") != null)
      addLink(spans, piece.group("text"), piece.group("address"), base, options);
    else if (piece.group("link") != null)
      spans.add(new Span(piece.group("link"), Tone.LINK, 0, piece.group("link")));
    else {
      boolean isMention = isMentioned(piece.group(), options);
      spans.add(new Span(piece.group(), isMention ? Tone.MENTION : base));
    }
  }

  /// A terminal that cannot strike text through would reverse its meaning without the marks.
  private static String struck(String text, TextOptions options) {
    return options.hasStrikes() ? text : "~" + text + "~";
  }

  /// Text and address may disagree. So the address is on the screen, unless the terminal shows it
  /// on demand and the text does not look like an address.
  private static void addLink(
      List<Span> spans, String text, String address, Tone base, TextOptions options) {
    spans.add(new Span(text, Tone.LINK, 0, address));
    if (text.strip().equals(address)) return;
    var readable = readable(address);
    boolean isTold = options.hasLinks() && readable.equals(address) && !mayMislead(text);
    if (options.isWhole() || !isTold)
      spans.add(new Span(" (" + readable + ")", base == Tone.PLAIN ? Tone.QUIET : base));
  }

  private static boolean mayMislead(String text) {
    return LIKE_AN_ADDRESS.matcher(text).find();
  }

  /// The address with a host in ASCII, since letters of other scripts look like Latin ones.
  private static String readable(String address) {
    var parts = HOST.matcher(address);
    if (!parts.matches()) return address;
    try {
      return parts.group(1) + IDN.toASCII(parts.group(2), IDN.ALLOW_UNASSIGNED) + parts.group(3);
    } catch (IllegalArgumentException _) {
      return address;
    }
  }

  private static boolean isMentioned(String name, TextOptions options) {
    var folded = name.toLowerCase(Locale.ROOT);
    return options.mentioned().stream().anyMatch(folded::startsWith);
  }

  /// The first link in a text.
  static Optional<String> link(String text) {
    var piece = PIECE.matcher(text);
    while (piece.find()) {
      if (piece.group("address") != null) return Optional.of(piece.group("address"));
      if (piece.group("link") != null) return Optional.of(piece.group("link"));
    }
    return Optional.empty();
  }
}
