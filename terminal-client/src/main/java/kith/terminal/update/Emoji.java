package kith.terminal.update;

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
import java.util.stream.Stream;

/// Emoji by their shortcodes, as in `:thumbsup:`.
final class Emoji {
  private static final int MAX_SHOWN = 20;
  private static final NavigableMap<String, String> EMOJI = read();

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

  /// Completes the shortcode after a colon. If several match, inserts their common prefix.
  ///
  /// @return whether any shortcode matches
  static boolean complete(StepBuilder step, int start, String prefix) {
    var names = named(prefix);
    if (prefix.isEmpty() || names.isEmpty()) return false;
    var emoji = names.stream().map(Emoji::of).distinct().toList();
    if (emoji.size() == 1) {
      step.editor = Completion.replaced(step.editor, start, emoji.getFirst() + " ");
      return true;
    }
    var common = names.stream().reduce(Completion::common).orElse(prefix);
    step.editor = Completion.replaced(step.editor, start, ":" + common);
    step.info(String.join("  ", shown(names).toList()));
    return true;
  }

  private static Stream<String> shown(List<String> names) {
    var some = names.stream().limit(MAX_SHOWN).map(name -> of(name) + " " + name);
    return names.size() > MAX_SHOWN ? Stream.concat(some, Stream.of("…")) : some;
  }

  private static String of(String name) {
    return EMOJI.getOrDefault(name, "");
  }
}
