package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.keys.Keys;
import org.junit.jupiter.api.Test;

/// The help texts match the program.
class HelpTest {

  private static String text(String topic) {
    return Topics.named(topic, Keys.preset("default")).orElseThrow().text();
  }

  @Test
  void everyTopicHasASummaryAndFits80Columns() {
    assertThat(Topics.all(Keys.preset("default")))
        .allSatisfy(topic -> {
          assertThat(topic.summary()).as(topic.name()).endsWith(".");
          if (List.of("keys", "commands", "config").contains(topic.name())) return;
          assertThat(topic.text().lines()).allMatch(line -> line.length() <= 80);
        });
  }

  /// Longer lines would be wrapped without an indent.
  @Test
  void theListOfVariablesFits80Columns() {
    assertThat(Commands.create().getCommandSpec().usageMessage().footer())
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void theKeysTopicListsEveryBoundAction() {
    assertThat(Arrays.stream(Action.values()).filter(action -> action != Action.WRITE))
        .allSatisfy(action -> assertThat(text("keys")).contains("  " + action.configName() + " "));
  }

  @Test
  void keysInTheTopicsMatchTheKeyTable() {
    var keys = Keys.preset("default");
    record Named(String topic, String chord, Action action) {}
    assertThat(
            List.of(
                new Named("start", "Ctrl-k", Action.PALETTE),
                new Named("start", "F1", Action.HELP),
                new Named("start", "Ctrl-q", Action.QUIT),
                new Named("rooms", "Alt-a", Action.NEXT_UNREAD),
                new Named("rooms", "Alt-u", Action.TO_UNREAD),
                new Named("rooms", "Alt-{", Action.ROOM_UP),
                new Named("rooms", "F5", Action.MUTE),
                new Named("rooms", "F2", Action.ROOMS_PANE),
                new Named("rooms", "F3", Action.MEMBERS_PANE),
                new Named("servers", "Alt-q", Action.NEXT_SERVER),
                new Named("servers", "Alt-a", Action.NEXT_UNREAD),
                new Named("people", "F9", Action.CONTACTS),
                new Named("finding", "Ctrl-r", Action.FIND),
                new Named("finding", "Ctrl-o", Action.EDITOR),
                new Named("offline", "Alt-r", Action.RETRY),
                new Named("offline", "Alt-d", Action.DROP),
                new Named("themes", "F4", Action.THEME),
                new Named("mouse", "F7", Action.MOUSE),
                new Named("notifications", "F6", Action.DO_NOT_DISTURB)))
        .allSatisfy(named -> {
          assertThat(text(named.topic())).contains(named.chord());
          assertThat(keys.action(Layer.ALWAYS, named.chord())).contains(named.action());
        });
  }

  @Test
  void theThemesTopicListsEveryTheme() {
    assertThat(Conf.THEMES)
        .allSatisfy(theme -> assertThat(text("themes")).contains("  " + theme + " "));
  }

  @Test
  void theScriptsTopicNamesEveryCommandForScripts() {
    var words = List.of(text("scripts").split("[^a-z-]+"));
    var commands = new ArrayList<>(Commands.create().getSubcommands().keySet());
    commands.removeAll(List.of("chat", "help", "completion"));
    assertThat(words).containsAll(commands);
  }

  @Test
  void theConfigTopicIsTheSample() {
    assertThat(text("config")).isEqualTo(ClientConf.sample());
  }

  @Test
  void theManualPageIsUpToDate() throws IOException {
    assertThat(Files.readString(Path.of("../docs/kith.1")))
        .as("./kith help man > docs/kith.1")
        .isEqualTo(Manual.page());
  }

  @Test
  void aTopicComesBeforeTheCommandOfTheSameName() {
    assertThat(new HelpCommand().text("rooms"))
        .startsWith("The list of rooms, unread messages, muting and order.")
        .contains("Usage: ./kith rooms");
  }
}
