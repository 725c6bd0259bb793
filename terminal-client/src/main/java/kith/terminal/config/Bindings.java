package kith.terminal.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.protocol.Program;
import kith.terminal.keys.Action;
import kith.terminal.keys.Chord;
import kith.terminal.keys.Keymap;
import kith.terminal.keys.Keymap.Layer;

/// The user's key bindings on top of a preset.
final class Bindings {
  /// Actions that must keep a key.
  private static final Set<Action> NEEDED = Set.of(Action.SEND, Action.CANCEL, Action.HELP);

  private Bindings() {}

  static Keymap read(Section keys, Keymap preset, List<String> warnings) {
    var map = preset;
    for (var layer : Layer.values()) map = read(keys.in(layer.configName()), layer, map, warnings);
    return map;
  }

  private static Keymap read(Section in, Layer layer, Keymap preset, List<String> warnings) {
    var wordsByChord = new LinkedHashMap<String, String>();
    var chordsByAction = new LinkedHashMap<Action, List<String>>();
    for (var word : in.keys()) {
      var action = action(in, word);
      var chords = new ArrayList<String>();
      for (var text : in.texts(word)) {
        var chord = chord(in, word, text, layer, action);
        var other = wordsByChord.put(chord, word);
        if (other != null && !other.equals(word)) {
          throw in.error(word, "has the key " + chord + ", which is also bound to " + other);
        }
        chords.add(chord);
        Chord.takenBy(chord)
            .ifPresent(why -> warnings.add(chord + " may not reach Kith: " + why + "."));
      }
      if (chords.isEmpty() && layer == Layer.ALWAYS && NEEDED.contains(action)) {
        throw in.error(word, "needs a key");
      }
      chordsByAction.put(action, chords);
    }
    var map = preset;
    for (var bound : chordsByAction.entrySet()) {
      map = map.with(layer, bound.getKey(), bound.getValue());
    }
    warnOfLost(in, layer, preset, map, chordsByAction, warnings);
    return map;
  }

  private static Action action(Section in, String word) {
    return Arrays.stream(Action.values())
        .filter(it -> it.configName().equals(word))
        .findFirst()
        .orElseThrow(
            () -> in.error(word, "is not an action; `" + Program.NAME + " help keys` lists them"));
  }

  private static String chord(Section in, String word, String text, Layer layer, Action action) {
    var chord =
        Chord.named(text)
            .orElseThrow(
                () -> in.error(word, "has '" + text + "', which is not a key that terminals send"));
    Optional<String> same = Chord.sameAs(chord);
    if (same.isPresent()) {
      throw in.error(
          word, "has " + chord + ", which a terminal cannot distinguish from " + same.get());
    }
    if (layer == Layer.ALWAYS && Chord.isText(chord)) {
      throw in.error(
          word,
          "has '"
              + chord
              + "', which inserts text; single letters belong in keys.selected or keys.normal");
    }
    if (action == Action.ROOM_BY_NUMBER && !chord.matches(".*[1-9]")) {
      throw in.error(word, "has " + chord + ", but its keys must end in a digit from 1 to 9");
    }
    return chord;
  }

  /// Warns if a binding takes the last key of another action.
  private static void warnOfLost(
      Section in,
      Layer layer,
      Keymap before,
      Keymap after,
      Map<Action, List<String>> chosen,
      List<String> warnings) {
    for (var action : Action.values()) {
      boolean isLost =
          !before.chords(layer, action).isEmpty()
              && after.chords(layer, action).isEmpty()
              && !chosen.containsKey(action);
      if (!isLost) continue;
      if (layer == Layer.ALWAYS && NEEDED.contains(action))
        throw in.error(action.configName(), "has no key left but needs one");
      var chord = before.chords(layer, action).getFirst();
      var now = after.action(layer, chord).map(Action::configName).orElse("nothing");
      warnings.add(chord + " is " + now + " now, and " + action.configName() + " has no key left.");
    }
  }
}
