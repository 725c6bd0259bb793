package kith.terminal.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kith.terminal.model.Overlay.Completions;

/// Emoji by their shortcodes, as in `:thumbsup:`.
public final class Emoji {
  private static final NavigableMap<String, String> EMOJI = read();

  /// A span or block of code, which stays as it is, or a shortcode. Its colons are not part of a
  /// word: `10:30:45` and `host:port:path` contain none. Another shortcode may be before it (`\G`:
  /// the end of the last match) and after it.
  private static final Pattern CODE_OR_SHORTCODE =
      Pattern.compile(
          "(`+)[\\s\\S]*?\\1"
              + "|(\\\\?)(?:(?<![\\w:])|\\G(?<=:)):([a-z0-9_+-]+):(?!\\w|:(?![a-z0-9_+-]+:))");

  private Emoji() {}

  private static NavigableMap<String, String> read() {
    var emoji = new TreeMap<String, String>();
    var file = Objects.requireNonNull(Emoji.class.getResourceAsStream("emoji.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .forEach(words -> emoji.put(words[0], words[1]));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return emoji;
  }

  /// The shortcode itself, or all shortcodes with this prefix.
  private static List<String> named(String prefix) {
    var name = prefix.toLowerCase(Locale.ROOT);
    if (name.endsWith(":")) {
      var whole = name.substring(0, name.length() - 1);
      return EMOJI.containsKey(whole) ? List.of(whole) : List.of();
    }
    return EMOJI.tailMap(name).keySet().stream().takeWhile(it -> it.startsWith(name)).toList();
  }

  /// The emoji that the text after a colon can be completed to.
  public static List<Completions.Choice> choices(String prefix) {
    if (prefix.isEmpty()) return List.of();
    var names = named(prefix);
    if (names.stream().map(Emoji::of).distinct().count() == 1) names = names.subList(0, 1);
    return names.stream().map(Emoji::choice).toList();
  }

  /// A typed text with the emoji in place of their shortcodes, except in code and after a
  /// backslash, which is removed.
  static String replaced(String text) {
    if (text.indexOf(':') < 0) return text;
    return CODE_OR_SHORTCODE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found)));
  }

  private static String replacement(MatchResult found) {
    var name = found.group(3);
    if (name == null || !EMOJI.containsKey(name)) return found.group();
    return found.group(2).isEmpty() ? of(name) : ":" + name + ":";
  }

  private static Completions.Choice choice(String name) {
    return new Completions.Choice(":" + name, of(name) + " ", of(name) + " " + name);
  }

  private static String of(String name) {
    return EMOJI.getOrDefault(name, "");
  }
}
