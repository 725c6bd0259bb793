package kith.terminal.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The action of each key. Also the source of the help screen.
public record Keymap(Map<Layer, Map<String, Action>> layers) {

  /// The mode in which a key is active.
  public enum Layer {
    /// All modes; none of these keys inserts text.
    ALWAYS("bind", ""),
    /// The message menu, after Enter on a selected message.
    SELECTED("selected", "With a message selected, after Enter:"),
    /// Normal mode, which Escape enters in presets that have it.
    NORMAL("normal", "In normal mode, after Escape:");

    private final String word;
    private final String heading;

    Layer(String word, String heading) {
      this.word = word;
      this.heading = heading;
    }

    /// The name in `client.conf`.
    public String configName() {
      return word;
    }

    /// Empty for keys that are always active.
    public String heading() {
      return heading;
    }
  }

  /// One row of the help; a heading has no keys.
  public record Line(String chords, String meaning) {}

  public Keymap {
    var ordered = new EnumMap<Layer, Map<String, Action>>(Layer.class);
    for (var layer : Layer.values()) {
      ordered.put(
          layer,
          Collections.unmodifiableMap(new LinkedHashMap<>(layers.getOrDefault(layer, Map.of()))));
    }
    layers = Collections.unmodifiableMap(ordered);
  }

  static Keymap of(Map<String, Action> always) {
    return new Keymap(Map.of(Layer.ALWAYS, always));
  }

  private Map<String, Action> in(Layer layer) {
    return layers.getOrDefault(layer, Map.of());
  }

  public Optional<Action> action(Layer layer, String chord) {
    return Optional.ofNullable(in(layer).get(chord));
  }

  /// Whether Escape switches to normal mode.
  public boolean isModal() {
    return !in(Layer.NORMAL).isEmpty();
  }

  public List<String> chords(Layer layer, Action action) {
    return in(layer).entrySet().stream()
        .filter(it -> it.getValue() == action)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The key to show for an action.
  public String hint(Action action) {
    return Arrays.stream(Layer.values())
        .flatMap(layer -> chords(layer, action).stream())
        .findFirst()
        .orElse(action.configName());
  }

  /// The same, preferring the keys of one layer.
  public String hint(Layer layer, Action action) {
    return chords(layer, action).stream().findFirst().orElseGet(() -> hint(action));
  }

  /// Replaces all keys of this action.
  public Keymap with(Layer layer, Action action, String... chords) {
    return with(layer, action, List.of(chords));
  }

  public Keymap with(Layer layer, Action action, List<String> chords) {
    var changed = new LinkedHashMap<>(in(layer));
    changed.values().removeIf(it -> it == action);
    chords.forEach(chord -> changed.put(chord, action));
    var all = new EnumMap<>(layers);
    all.put(layer, changed);
    return new Keymap(all);
  }

  public List<Line> help() {
    return Arrays.stream(Layer.values()).flatMap(this::help).toList();
  }

  /// The keys that are always active, in the groups of the actions; then those of the other layers.
  private Stream<Line> help(Layer layer) {
    var chordsByAction = new EnumMap<Action, List<String>>(Action.class);
    in(layer)
        .forEach((chord, action) ->
            chordsByAction.computeIfAbsent(action, _ -> new ArrayList<>()).add(chord));
    if (chordsByAction.isEmpty()) return Stream.empty();
    if (layer != Layer.ALWAYS)
      return Stream.concat(
          Stream.of(new Line("", layer.heading)), lines(chordsByAction, _ -> true));
    return Arrays.stream(Action.Group.values())
        .flatMap(group ->
            Stream.concat(
                Stream.of(new Line("", group.heading())),
                lines(chordsByAction, action -> action.group() == group)));
  }

  private static Stream<Line> lines(
      Map<Action, List<String>> chordsByAction, Predicate<Action> isShown) {
    return chordsByAction.entrySet().stream()
        .filter(it -> isShown.test(it.getKey()))
        .map(it -> new Line(joined(it.getValue()), it.getKey().meaning()));
  }

  private static String joined(List<String> chords) {
    return chords.size() > 4
        ? chords.getFirst() + " … " + chords.getLast()
        : String.join(", ", chords);
  }
}
