package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Lists to choose from.
class PickersTest {
  private final Story ann = Story.atHome(70, 20);

  private void submits(String line) {
    ann.types(line);
    ann.presses("Enter");
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  private static Item item(String id) {
    return new Item(id, id, "");
  }

  private void isListed(Kind kind, String room, Item... items) {
    ann.happens(new Input.Listed(kind, room, List.of(items)));
  }

  @Test
  void aBanIsLiftedFromTheListAfterAQuestion() {
    submits("/bans");
    assertThat(screen()).contains("Banned from this room", "loading …");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.BANS, "r1"));
    isListed(Kind.BANS, "r1", item("bob"), item("eve"));

    ann.types("ev");
    assertThat(screen()).contains("> ev", " eve ", "Enter lifts the ban").doesNotContain(" bob ");
    ann.presses("Enter");
    assertThat(screen()).contains("Lift this ban?", "eve");
    assertThat(ann.requests()).noneMatch(Request.Run.class::isInstance);
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.Unban("eve"), "r1"));
    assertThat(ann.requests().getLast())
        .as("the list is loaded again")
        .isInstanceOf(Request.Items.class);
  }

  @Test
  void oneKeyLetsAUserInOrDeclinesWithAReason() {
    submits("/joins");
    isListed(Kind.JOINS, "r1", new Item("eve", "eve", "I know bob"), item("cem"));
    assertThat(screen()).contains("Users who ask to join", "eve", "I know bob", "cem");

    ann.types("y");
    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.AcceptJoin("eve"), "r1"));
    assertThat(screen()).contains("Users who ask to join", "cem").doesNotContain("I know bob");

    ann.types("n");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    ann.types("full");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.DeclineJoin("cem", Optional.of("full")), "r1"));
  }

  @Test
  void escapeInTheQuestionReturnsToTheList() {
    submits("/invitations");
    isListed(Kind.INVITATIONS, "r1", item("i1"));
    ann.presses("Enter");
    assertThat(screen()).contains("Revoke this invitation?");

    ann.presses("Escape");

    assertThat(screen()).contains("Invitations to this room");
    assertThat(ann.requests()).noneMatch(Request.Run.class::isInstance);
  }

  @Test
  void theChoiceMovesWithinTheMatchingItems() {
    submits("/devices");
    isListed(Kind.DEVICES, "", new Item("", "laptop", "this device"), item("d1"), item("d2"));

    ann.presses("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter", "Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.EndDevice(Optional.of("d1")));
  }

  @Test
  void aListThatCannotBeLoadedCloses() {
    submits("/bans");

    ann.happens(new Input.Answer(List.of("Only moderators may do this."), true));

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(screen()).contains("Only moderators may do this.");
  }

  @Test
  void itemsOfAClosedListAreIgnored() {
    submits("/bans");
    ann.presses("Escape");

    isListed(Kind.BANS, "r1", item("bob"));

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
  }

  @Test
  void anOwnerMayChangeAndRemoveAMember() {
    hasMembers(Role.OWNER, Role.MODERATOR);
    submits("/members");
    isListed(Kind.MEMBERS, "r1", item("ann"), item("bob"));

    ann.types("bob");
    ann.presses("Enter");

    assertThat(screen()).contains("write to bob", "make member", "make owner", "ban from garden");
    assertThat(screen()).doesNotContain("make moderator");
    ann.types("3");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.ChangeRole("bob", Role.OWNER));
  }

  @Test
  void oneLetterActsOnAMemberAndAsksForTheReason() {
    hasMembers(Role.MODERATOR, Role.MEMBER);
    submits("/members");
    isListed(Kind.MEMBERS, "r1", item("ann"), item("bob"));
    ann.types("bob");
    ann.presses("Enter");

    assertThat(screen()).contains("m  mute for some time", "k  remove from garden");
    ann.types("m");
    assertThat(screen()).contains("/mute bob 10m", "Type a reason");
    ann.types("too loud");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(
            new Request.Run(
                new InputLine.MuteMember("bob", 600_000, Optional.of("too loud")), "r1"));
  }

  @Test
  void aModeratorDoesNotActOnAnotherModerator() {
    hasMembers(Role.MODERATOR, Role.MODERATOR);
    submits("/members");
    isListed(Kind.MEMBERS, "r1", item("ann"), item("bob"));
    ann.types("bob");
    ann.presses("Enter");

    assertThat(screen()).contains("write to bob").doesNotContain("mute", "remove from");
    ann.types("k");
    assertThat(screen()).contains("write to bob");
  }

  @Test
  void aReportIsClosedWithItsOutcome() {
    submits("/reports");
    isListed(Kind.REPORTS, "r1", new Item("h8d2", "bob: BUY NOW", "spam — eve"));
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.ShowReport("h8d2"), "r1"));
    ann.types("muted bob");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.HandleReport("h8d2", "muted bob"), "r1"));
  }

  @Test
  void aMemberIsOfferedOnlyTheActionsOfAMember() {
    hasMembers(Role.MEMBER, Role.MEMBER);
    submits("/members");
    isListed(Kind.MEMBERS, "r1", item("ann"), item("bob"));
    ann.types("bob");
    ann.presses("Enter");

    assertThat(screen()).contains("write to bob", "show the profile").doesNotContain("make", "ban");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Message("bob", Optional.empty()));
  }

  private void hasMembers(Role mine, Role bobs) {
    var now = Story.noon();
    ann.happens(
        new Input.Members(
            "r1", List.of(new Member("ann", mine, now), new Member("bob", bobs, now))));
  }

  @Test
  void aRoomIsJoinedFromTheListOfRooms() {
    submits("/rooms");
    isListed(
        Kind.ROOMS,
        "",
        item("r2"),
        new Item("r7", "tea", "3 members"),
        new Item("r8", "vault", "passcode", true));

    ann.types("tea");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Join("r7", Optional.empty()));

    submits("/rooms");
    isListed(Kind.ROOMS, "", new Item("r8", "vault", "passcode", true));
    ann.presses("Enter");
    assertThat(ann.model().editor().text()).isEqualTo("/join r8 ");
    assertThat(screen()).contains("vault needs a passcode");
  }

  @Test
  void aRoomIsDeletedOnlyAfterAQuestion() {
    submits("/delete-room");
    assertThat(screen()).contains("Delete this room and its messages", "garden");
    assertThat(ann.requests()).noneMatch(Request.Run.class::isInstance);

    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.DeleteRoom(Optional.of("garden")));
  }

  @Test
  void aPasswordIsChangedWithoutShowingIt() {
    submits("/password");
    ann.types("old password");
    ann.presses("Enter");
    ann.types("new password");
    ann.presses("Enter");
    ann.types("new passwort");
    ann.presses("Enter");
    assertThat(screen()).contains("The passwords differ.").doesNotContain("new pass", "old pass");

    ann.types("new password");
    ann.presses("Enter");

    var asked = ann.latest(Request.ChangePassword.class);
    assertThat(asked).isEqualTo(new Request.ChangePassword("old password", "new password"));
    assertThat(asked.toString()).doesNotContain("password\"", "old", "new");
    ann.happens(new Input.PasswordRefused("wrong-credentials", "The password is wrong."));
    assertThat(screen()).contains("The password is wrong.");
    ann.happens(new Input.PasswordChanged());
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(screen()).contains("The password is changed.");
  }
}
