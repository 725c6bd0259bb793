package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.keys.Keys;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The palette behind Ctrl-K.
class CommandPaletteTest {
  private final Story ann = Story.atHome(80, 24);

  private String row(int index) {
    return ann.screen().get(3 + index);
  }

  @Test
  void roomsShowTheirNumbersAndCommandsTheirKeys() {
    ann.presses("Ctrl-k");
    assertThat(row(1)).contains("lobby").endsWith("Alt-2 │");

    ann.types("/mute");

    assertThat(row(0)).contains("/mute").endsWith("F5 │");
  }

  @Test
  void frequentChoicesComeFirst() {
    ann.presses("Alt-2", "Alt-1", "Alt-2", "Alt-1", "Alt-2", "Alt-1");
    ann.presses("Alt-2", "Alt-1");
    ann.presses("Alt-2");

    ann.presses("Ctrl-k");

    assertThat(row(0)).contains("lobby");
    assertThat(ann.latest(Request.SavePreferences.class).preferences().visits().orElseThrow())
        .extracting(visit -> visit.id())
        .containsExactly("room r2", "room r1");
  }

  @Test
  void aPublicRoomIsJoined() {
    ann.presses("Ctrl-k");
    assertThat(ann.latest(Request.Items.class).kind()).isEqualTo(Kind.ROOMS);
    ann.happens(
        new Input.Listed(
            Kind.ROOMS,
            "",
            List.of(new Item("r2", "lobby", ""), new Item("r7", "tea", "3 members"))));

    ann.types("tea");
    assertThat(row(0)).contains("tea", "not joined, 3 members");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Join("r7", Optional.empty()));
    ann.presses("Ctrl-k");
    ann.types("lobby");
    assertThat(row(0)).as("a room of ann's is listed once").doesNotContain("not joined");
  }

  @Test
  void aMemberIsWrittenTo() {
    var now = Story.noon();
    ann.happens(
        new Input.Members(
            "r1",
            List.of(new Member("ann", Role.OWNER, now), new Member("bob", Role.MEMBER, now))));
    ann.presses("Ctrl-k");

    ann.types("@bob");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Message("bob", Optional.empty()));
  }

  @Test
  void aCommandWithoutArgumentsRunsAtOnce() {
    ann.types("half a sentence");
    ann.presses("Ctrl-k");
    ann.types("/devices");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Items.class).kind()).isEqualTo(Kind.DEVICES);
    assertThat(ann.model().editor().text()).isEqualTo("half a sentence");
  }

  @Test
  void aCommandWithArgumentsIsBegun() {
    ann.presses("Ctrl-k");
    ann.types("/topic");
    ann.presses("Enter");

    assertThat(ann.model().editor().text()).isEqualTo("/topic ");
  }

  @Test
  void anActionRuns() {
    ann.presses("Ctrl-k");
    ann.types("redraw the screen");
    ann.presses("Enter");

    assertThat(ann.requests().getLast()).isInstanceOf(Request.SavePreferences.class);
    assertThat(ann.requests()).anyMatch(Request.Redraw.class::isInstance);
  }

  @Test
  void aBeginningOfAWordIsBetterThanScatteredLettersWhichAreLeftOut() {
    ann.isIn("r3", "plants", 1, 1, 0);
    ann.isIn("r4", "our plans", 1, 1, 0);
    ann.listed();
    ann.presses("Ctrl-k");

    ann.types("plan");

    assertThat(row(0)).contains("plants");
    assertThat(row(1)).contains("our plans");
    assertThat(String.join("\n", ann.screen()))
        .as("scattered in the help of a command")
        .doesNotContain("/pl", "/privacy", "/password");
  }

  @Test
  void scatteredLettersMatchIfNothingBeginsWithThem() {
    ann.presses("Ctrl-k");

    ann.types("lby");

    assertThat(row(0)).contains("lobby");
  }

  @Test
  void colonQQuitsInTheKeysOfVim() {
    for (var command : List.of("q", "q!", "wq", "x", "qa")) {
      var vim = Story.atHome(80, 24, vim());
      vim.presses("Escape");
      vim.types(":" + command);
      assertThat(vim.screen().get(3)).contains("quit; you stay logged in");
      vim.presses("Enter");
      assertThat(vim.model().isOver()).as(command).isTrue();
    }
    ann.presses("Ctrl-k");
    ann.types("q");
    ann.presses("Enter");
    assertThat(ann.model().isOver()).as("in other presets").isFalse();
  }

  private static Conf vim() {
    var usual = ClientConf.shipped();
    return new Conf(
        usual.theme(),
        Keys.preset("vim"),
        usual.notifications(),
        usual.hooks(),
        usual.mouse(),
        usual.links(),
        usual.strikes(),
        usual.rooms(),
        usual.membersPane(),
        usual.idleAfter(),
        usual.tellsTyping(),
        usual.hasClipboard(),
        usual.hasCache(),
        usual.downloads(),
        usual.pictures(),
        usual.isUpEditing(),
        usual.foldsThreads(),
        usual.spelling(),
        List.of());
  }
}
