package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The first screen of somebody without rooms.
class FirstScreenTest {
  private static Story without(Conf conf) {
    var ann = new Story(80, 24, conf);
    ann.online();
    ann.listed();
    ann.happens(
        new Input.Listed(
            Kind.START,
            "",
            List.of(
                new Item("r7", "join tea", "3 members"),
                new Item(Pickers.CREATE, "create a room", ""),
                new Item(Pickers.WRITE, "write to somebody", ""),
                new Item(Pickers.INVITE, "invite somebody", ""))));
    return ann;
  }

  private static Story without() {
    return without(ClientConf.shipped());
  }

  private static Conf withoutClipboard() {
    var usual = ClientConf.shipped();
    return new Conf(
        "dark",
        usual.keys(),
        usual.notifications(),
        usual.hooks(),
        usual.mouse(),
        usual.links(),
        usual.strikes(),
        usual.rooms(),
        usual.membersPane(),
        usual.idleAfter(),
        usual.tellsTyping(),
        false,
        usual.hasCache(),
        "~/Downloads",
        usual.pictures(),
        usual.isUpEditing(),
        usual.foldsThreads(),
        usual.spelling(),
        List.of());
  }

  @Test
  void theFirstScreenOffersRoomsToJoin() {
    var ann = without();
    assertThat(String.join("\n", ann.screen())).contains("Welcome!", "join tea", "3 members");

    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Join("r7", Optional.empty()));
  }

  @Test
  void theFirstScreenBeginsARoom() {
    var ann = without();

    ann.presses("ArrowDown", "Enter");

    assertThat(ann.model().editor().text()).isEqualTo("/create ");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
  }

  @Test
  void aSlashClosesTheListAndBeginsACommand() {
    var ann = without();
    assertThat(String.join("\n", ann.screen())).contains("/ begins a command");

    ann.types("/create garden");
    assertThat(ann.model().overlay()).isNotInstanceOf(Overlay.Pick.class);
    assertThat(ann.model().editor().text()).isEqualTo("/create garden");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line()).isInstanceOf(InputLine.Create.class);
  }

  @Test
  void aPastedInvitationGoesToTheEditor() {
    var ann = without();

    ann.happens(new Input.Pasted("/join r1.secret\n"));

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(ann.model().editor().text()).isEqualTo("/join r1.secret");
  }

  @Test
  void aTextThatMatchesNothingGoesToTheEditor() {
    var ann = without();

    ann.types("hello?");
    assertThat(String.join("\n", ann.screen())).contains("No match; Enter puts this");
    ann.presses("Enter");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(ann.model().editor().text()).isEqualTo("hello?");
    assertThat(String.join("\n", ann.screen())).contains("/create NAME creates one");
  }

  @Test
  void theLobbyOpensWhenTheNewAccountHasJoinedIt() {
    var ann = without();
    ann.types("hello");

    ann.isIn("r1", "lobby", 2, 2, 0);
    ann.readsElsewhere("r1", 2);

    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(ann.model().editor().text()).isEqualTo("hello");
  }

  @Test
  void helpAndThePaletteOpenFromTheFirstScreen() {
    var ann = without();
    ann.presses("F1");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Help.class);

    var bob = without();
    bob.presses("Ctrl-k");
    assertThat(bob.model().overlay()).isInstanceOf(Overlay.Palette.class);
  }

  @Test
  void aSlashInsideANameNarrowsTheList() {
    var ann = without();

    ann.types("te/a");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Pick.class);
    assertThat(ann.model().editor().isEmpty()).isTrue();
  }

  @Test
  void theCommandsForOthersAreCopied() {
    var ann = without();

    ann.presses("ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "Enter");

    assertThat(ann.latest(Request.Copy.class).text()).isEqualTo("./kith chat example.org");
    assertThat(String.join("\n", ann.screen())).contains("./kith chat example.org");
  }

  @Test
  void nothingIsCopiedIfTheSettingIsOff() {
    var ann = without(withoutClipboard());

    ann.presses("ArrowDown", "ArrowDown", "ArrowDown", "Enter");

    assertThat(ann.requests()).noneMatch(Request.Copy.class::isInstance);
    assertThat(String.join("\n", ann.screen()))
        .contains("./kith chat example.org", "Copying is off");
  }

  @Test
  void anInvitationIsCopied() {
    var ann = Story.atHome(80, 24);

    ann.happens(
        new Input.Invited(List.of("Others can join with:", "/join r1.x"), "/join r1.x", "r1"));

    assertThat(ann.latest(Request.Copy.class).text()).isEqualTo("/join r1.x");
    assertThat(String.join("\n", ann.screen())).contains("/join r1.x", "Copied");
  }

  private static Story invitesFrom(String server, Optional<String> address) {
    var ann = new Story(80, 24);
    ann.happens(new Input.LoggedIn("ann", server, List.of(), List.of(), List.of()));
    ann.online();
    ann.listed();
    ann.happens(
        new Input.Listed(
            Kind.START, "", List.of(new Item(Pickers.invite(address), "invite somebody", ""))));
    ann.presses("Enter");
    return ann;
  }

  @Test
  void anInvitationNamesThePublicAddressOfTheServer() {
    var ann = invitesFrom("http://127.0.0.1:8080", Optional.of("https://chat.example.org"));

    assertThat(ann.latest(Request.Copy.class).text())
        .isEqualTo("./kith chat https://chat.example.org");
  }

  @Test
  void withoutAPublicAddressAnInvitationReportsThatOtherMachinesCannotUseIt() {
    var ann = invitesFrom("http://127.0.0.1:8080", Optional.empty());
    assertThat(String.join("\n", ann.screen())).contains("works on this machine only");

    var zoe = invitesFrom("example.org", Optional.empty());
    assertThat(String.join("\n", zoe.screen())).doesNotContain("this machine only");
  }
}
