package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The lists of `/admin`.
class AdministrationListsTest {
  private final Story ann = Story.atHome(90, 24);

  private void submits(String line) {
    ann.types(line);
    ann.presses("Enter");
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  private void isListed(Kind kind, String about, Item... items) {
    ann.happens(new Input.Listed(kind, about, List.of(items)));
  }

  private void chooses(String typed) {
    ann.types(typed);
    ann.presses("Enter");
  }

  private long runs() {
    return ann.requests().stream().filter(Request.Run.class::isInstance).count();
  }

  private void opensTheMenu() {
    submits("/admin");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.ADMIN, ""));
    ann.happens(new Input.Listed(Kind.ADMIN, "", AdministrationActions.menu(false, "off")));
  }

  private void opensBob() {
    opensTheMenu();
    chooses("accounts");
    isListed(Kind.ACCOUNTS, "", new Item("bob", "bob", "member"), new Item("eve", "eve", "guest"));
    chooses("bob");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.ACCOUNT, "bob"));
    isListed(
        Kind.ACCOUNT,
        "bob",
        new Item(AdministrationActions.SHOW, "show", ""),
        new Item(AdministrationActions.DISABLE, "disable", ""),
        new Item(AdministrationActions.RESET_PASSWORD, "code for a new password", ""));
  }

  @Test
  void anAccountIsDisabledAfterAQuestion() {
    opensBob();
    chooses("disable");
    assertThat(screen()).contains("Disable this account?", "bob");
    assertThat(runs()).isZero();

    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.DisableAccount("bob", true), "bob"));
    assertThat(ann.requests().getLast())
        .as("what can be done now")
        .isEqualTo(new Request.Items(Kind.ACCOUNT, "bob"));
  }

  @Test
  void theCodeForANewPasswordIsNotCovered() {
    opensBob();
    chooses("code");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.ResetPasswordOf("bob"));
    assertThat(ann.model().overlay()).isEqualTo(new Overlay.None());
    ann.happens(new Input.Answer(List.of("ABCD-EFGH"), false));
    assertThat(screen()).contains("ABCD-EFGH");
  }

  @Test
  void itemsBeyondTheFirstPageAreSearchedOnTheServer() {
    opensTheMenu();
    chooses("accounts");
    isListed(Kind.ACCOUNTS, "", new Item("bob", "bob", "member"));
    ann.types("zoe");
    assertThat(screen()).contains("Enter searches the server");

    ann.presses("Enter");

    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.ACCOUNTS, "zoe"));
    isListed(Kind.ACCOUNTS, "zoe", new Item("zoe", "zoe", "member"));
    assertThat(screen()).contains("Accounts: zoe", "member");
  }

  @Test
  void aRoomIsDeletedAfterAQuestionAndTakenOverWithACommand() {
    submits("/admin rooms den");
    isListed(Kind.ALL_ROOMS, "den", new Item("r9", "den", "private · 3 members"));
    ann.presses("Enter");
    var take = new Item(AdministrationActions.TAKE_OVER, "make a member its owner", "den");
    var delete = new Item(AdministrationActions.DELETE, "delete it for good", "den");
    isListed(Kind.ANY_ROOM, "r9", take, delete);
    chooses("delete");
    assertThat(screen()).contains("Delete this room", "den");
    ann.presses("Escape", "Escape");
    assertThat(runs()).isZero();

    submits("/admin take-over r9 bob");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line()).isEqualTo(new InputLine.TakeOver("r9", "bob"));
  }

  @Test
  void aNetworkIsBannedAfterAQuestion() {
    opensTheMenu();
    chooses("banned");
    isListed(Kind.NETWORK_BANS, "", new Item(AdministrationActions.NEW, "ban a network …", ""));
    ann.presses("Enter");
    ann.types("203.0.113.0/24 floods");
    ann.presses("Enter");
    assertThat(screen()).contains("Ban this network?", "203.0.113.0/24");

    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.BanNetwork("203.0.113.0/24", Optional.of("floods")));
  }

  @Test
  void maintenanceBeginsAfterAQuestionAndAnnouncementsWithTheirText() {
    opensTheMenu();
    chooses("begin maintenance");
    assertThat(runs()).isZero();
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Maintain(true, Optional.empty()));

    ann.presses("Escape");
    submits("/admin announce Tea at four");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Announce("Tea at four"));
  }

  @Test
  void actsThatNeedTheCommandLineAreNamed() {
    opensTheMenu();
    chooses("more");

    assertThat(screen()).contains("./kith admin grant");
  }

  @Test
  void aWrongCommandShowsTheUsage() {
    submits("/admin rule");

    assertThat(screen()).contains("Usage: /admin");
  }
}
