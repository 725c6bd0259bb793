package kith.terminal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import kith.terminal.keys.Keymap.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The presets, and the notation of keys.
class KeysTest {
  /// Actions with keys only in the message menu or in normal mode.
  private static final Set<Action> WITHOUT_A_GLOBAL_KEY =
      Set.of(
          Action.WRITE,
          Action.REPLY,
          Action.EDIT,
          Action.REMOVE,
          Action.REPORT,
          Action.REACT,
          Action.COPY,
          Action.COPY_LINK,
          Action.OPEN_LINK,
          Action.SAVE_FILE,
          Action.PREVIEW,
          Action.PIN,
          Action.THREAD,
          Action.BOOKMARK,
          Action.REMIND,
          Action.COPY_CODE,
          Action.FIND_OLDER,
          Action.FIND_NEWER);

  @ParameterizedTest
  @ValueSource(strings = {"default", "vim", "emacs"})
  void everyActionHasAKeyThatNoOtherProgramIntercepts(String preset) {
    var keys = Keys.preset(preset);

    assertThat(
            Arrays.stream(Action.values()).filter(action -> !WITHOUT_A_GLOBAL_KEY.contains(action)))
        .allSatisfy(action ->
            assertThat(keys.chords(Layer.ALWAYS, action))
                .as(action.configName())
                .anyMatch(chord -> Chord.takenBy(chord).isEmpty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "vim", "emacs"})
  void terminalsCanSendEveryKeyOfAPreset(String preset) {
    Keys.preset(preset)
        .layers()
        .forEach((layer, actions) ->
            assertThat(actions.keySet())
                .allSatisfy(chord -> {
                  assertThat(Chord.named(chord)).as(chord).contains(chord);
                  assertThat(Chord.sameAs(chord)).as(chord).isEmpty();
                  if (layer == Layer.ALWAYS) assertThat(Chord.isText(chord)).isFalse();
                }));
  }

  @ParameterizedTest
  @CsvSource({
    "ctrl-K, Ctrl-k",
    "C-k, Ctrl-k",
    "M-Left, Alt-ArrowLeft",
    "alt+pgup, Alt-PageUp",
    "shift-tab, ReverseTab",
    "Shift-Alt-Up, Alt-Shift-ArrowUp",
    "esc, Escape",
    "f5, F5",
    "Alt--, Alt--",
    "G, G",
  })
  void keyNotationsAreNormalized(String written, String chord) {
    assertThat(Chord.named(written)).contains(chord);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ctrl-Shift-k", "Hyper-x", "F13", "Ctrl-", "enough"})
  void keysThatTerminalsCannotSendAreInvalid(String written) {
    assertThat(Chord.named(written)).isEmpty();
  }
}
