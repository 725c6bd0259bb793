package kith.terminal.keys;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The notation of keys, and the limits of terminals.
public final class Chord {
  private static final List<String> NAMED =
      List.of(
          "Enter",
          "Escape",
          "Backspace",
          "Delete",
          "Insert",
          "Tab",
          "ReverseTab",
          "Home",
          "End",
          "PageUp",
          "PageDown",
          "ArrowUp",
          "ArrowDown",
          "ArrowLeft",
          "ArrowRight");

  private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    NAMED.forEach(name -> NAMES.put(name, name));
    IntStream.rangeClosed(1, 12).forEach(number -> NAMES.put("F" + number, "F" + number));
    NAMES.putAll(
        Map.of(
            "Up",
            "ArrowUp",
            "Down",
            "ArrowDown",
            "Left",
            "ArrowLeft",
            "Right",
            "ArrowRight",
            "Esc",
            "Escape",
            "Return",
            "Enter",
            "PgUp",
            "PageUp",
            "PgDn",
            "PageDown",
            "Del",
            "Delete"));
  }

  /// Keys that a terminal sends as another key.
  private static final Map<String, String> SAME =
      Map.of(
          "Ctrl-i", "Tab",
          "Ctrl-m", "Enter",
          "Ctrl-[", "Escape",
          "Ctrl-h", "Backspace",
          "Ctrl-Enter", "Enter",
          "Shift-Enter", "Enter",
          "Ctrl-Tab", "Tab",
          "Alt-[", "the beginning of other keys");

  private static final Map<String, String> TAKEN =
      Map.of(
          "Ctrl-b", "tmux uses it by default",
          "Ctrl-a", "screen uses it by default",
          "F10", "many terminals open their menu with it",
          "F11", "many terminals switch to full screen with it",
          "Alt-Enter", "some terminals switch to full screen with it",
          "Shift-PageUp", "terminals scroll with it",
          "Shift-PageDown", "terminals scroll with it",
          "Ctrl-PageUp", "terminals change tabs with it",
          "Ctrl-PageDown", "terminals change tabs with it",
          "Alt-Tab", "the desktop uses it");

  private Chord() {}

  /// The normalized name; absent if it is not a key.
  public static Optional<String> named(String text) {
    if (text.codePointCount(0, text.length()) == 1) return Optional.of(text);
    int last =
        Math.max(
            text.lastIndexOf('-', text.length() - 2), text.lastIndexOf('+', text.length() - 2));
    var modifiers = new TreeSet<String>();
    if (last >= 0) {
      for (var word : text.substring(0, last).split("[-+]", -1)) {
        var modifier = modifier(word);
        if (modifier.isEmpty()) return Optional.empty();
        modifiers.add(modifier.get());
      }
    }
    return key(text.substring(last + 1), modifiers);
  }

  private static Optional<String> modifier(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "ctrl", "control", "c" -> Optional.of("Ctrl");
      case "alt", "meta", "m" -> Optional.of("Alt");
      case "shift", "s" -> Optional.of("Shift");
      default -> Optional.empty();
    };
  }

  private static Optional<String> key(String word, Set<String> modifiers) {
    boolean isCharacter = word.codePointCount(0, word.length()) == 1;
    // a terminal does not report Shift with a letter
    if (isCharacter && modifiers.contains("Shift")) return Optional.empty();
    var name = isCharacter ? word.toLowerCase(Locale.ROOT) : NAMES.get(word);
    if (name == null) return Optional.empty();
    if (name.equals("Tab") && modifiers.remove("Shift")) name = "ReverseTab";
    var order = List.of("Ctrl", "Alt", "Shift");
    var before = order.stream().filter(modifiers::contains).map(it -> it + "-");
    return Optional.of(before.collect(Collectors.joining()) + name);
  }

  /// Whether the key inserts text.
  public static boolean isText(String chord) {
    return chord.codePointCount(0, chord.length()) == 1;
  }

  /// The key that a terminal cannot distinguish from this one.
  public static Optional<String> sameAs(String chord) {
    return Optional.ofNullable(SAME.get(chord));
  }

  /// The program that probably intercepts this key.
  public static Optional<String> takenBy(String chord) {
    return Optional.ofNullable(TAKEN.get(chord));
  }
}
