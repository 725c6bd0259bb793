package kith.terminal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.keys.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings in `client.conf`, and the sentences for invalid ones.
class ClientConfTest {
  @TempDir private Path directory;

  private Conf read(String text) {
    var file = directory.resolve("client.conf");
    try {
      Files.writeString(file, text);
    } catch (IOException fault) {
      throw new IllegalStateException(fault);
    }
    return ClientConf.read(file, Optional.empty());
  }

  @Test
  void withoutAFileTheSampleProvidesTheSettings() {
    var conf = ClientConf.read(directory.resolve("nothing.conf"), Optional.empty());

    assertThat(conf).isEqualTo(ClientConf.shipped());
    assertThat(conf.keys()).isEqualTo(Keys.preset("default"));
    assertThat(conf.mouse()).isFalse();
    assertThat(conf.warnings()).isEmpty();
  }

  @Test
  void theSampleEqualsTheDefaults() {
    assertThat(read(ClientConf.sample())).isEqualTo(ClientConf.shipped());
  }

  @Test
  void aFileOverridesSingleSettings() {
    var conf =
        read(
            """
            theme = light
            mouse = on
            notify { how = osc777, about = all }
            rooms.order = name
            members.pane = hide
            """);

    assertThat(conf.theme()).isEqualTo("light");
    assertThat(conf.mouse()).isTrue();
    assertThat(conf.notifications()).isEqualTo(new Conf.Notifications(Conf.How.OSC777, true, true));
    assertThat(conf.rooms().order()).isEqualTo(Conf.Order.NAME);
    assertThat(conf.membersPane()).contains(false);
    assertThat(conf.rooms().pane()).isEmpty();
  }

  @Test
  void boundKeysReplaceThoseOfThePreset() {
    var keys =
        read("keys { preset = emacs, bind { next-unread = [Alt-q, F12], redraw = [] } }").keys();

    assertThat(keys.chords(Layer.ALWAYS, Action.NEXT_UNREAD)).containsExactly("Alt-q", "F12");
    assertThat(keys.action(Layer.ALWAYS, "Alt-a")).isEmpty();
    assertThat(keys.chords(Layer.ALWAYS, Action.REDRAW)).isEmpty();
    assertThat(keys.chords(Layer.ALWAYS, Action.PALETTE)).containsExactly("Alt-x");
  }

  @Test
  void takingTheLastKeyOfAnActionGivesAWarning() {
    var conf = read("keys.bind { mute = \"Ctrl-l\", quit = [Ctrl-b, Ctrl-x] }");

    assertThat(conf.keys().action(Layer.ALWAYS, "Ctrl-l")).contains(Action.MUTE);
    assertThat(conf.warnings())
        .anyMatch(it -> it.startsWith("Ctrl-l is mute now, and redraw has no key left"))
        .anyMatch(it -> it.startsWith("Ctrl-b may not reach Kith: tmux"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "them = dark | them is not a setting",
        "theme = blue | theme is 'blue'; it must be one of auto, dark",
        "theme = 3 { | client.conf: 1: ",
        "keys = vim | keys must be a block in { }",
        "keys.preset = vi | keys.preset is 'vi'; it must be one of default, vim, emacs",
        "mouse = 7 | mouse must be on or off",
        "keys.bind.fly = F8 | keys.bind.fly is not an action",
        "keys.bind.quit = Ctrl-Shift-q | keys.bind.quit has 'Ctrl-Shift-q', which is not a key",
        "keys.bind.quit = Ctrl-i | keys.bind.quit has Ctrl-i, which a terminal cannot distinguish from Tab",
        "keys.bind.quit = q | keys.bind.quit has 'q', which inserts text",
        "keys.bind.quit { a = b } | keys.bind.quit must be a string or a list of strings",
        "keys.bind.send = [] | keys.bind.send needs a key",
        "keys.bind.quit = F1, keys.bind.help = F1 | has the key F1, which is also bound to",
        "keys.bind { quit = Enter } | keys.bind.send has no key left",
        "keys.bind.room-by-number = [F1, Alt-x] | keys.bind.room-by-number has Alt-x, but",
      })
  void invalidSettingsGiveOneSentenceWithThePath(String text, String sentence) {
    assertThatThrownBy(() -> read(text.strip()))
        .isInstanceOf(BadConf.class)
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void errorsNameTheLine() {
    assertThatThrownBy(() -> read("mouse = on\n\nthem = dark"))
        .hasMessageMatching("them is not .* \\(.*client.conf, line 3\\)\\.");
  }

  @Test
  void aConfigFileFromTheCommandLineMustExist() {
    var file = directory.resolve("mine.conf");

    assertThatThrownBy(() -> ClientConf.read(file, Optional.of(file)))
        .isInstanceOf(BadConf.class)
        .hasMessage("The file " + file + " cannot be read.");
  }
}
