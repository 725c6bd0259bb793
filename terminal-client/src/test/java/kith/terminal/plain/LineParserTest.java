package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.ConversationsFrom;
import kith.protocol.Role;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parsing of input lines.
class LineParserTest {

  @Test
  void textWithoutASlashIsAMessage() {
    assertThat(LineParser.read("  hello  ")).isEqualTo(new InputLine.Say("  hello  "));
    assertThat(LineParser.read("//shrug")).isEqualTo(new InputLine.Say("/shrug"));
    assertThat(LineParser.read("   ")).isEqualTo(new InputLine.Nothing());
  }

  @Test
  void commandsAreParsedWithTheirArguments() {
    assertThat(LineParser.read("/create \"tea room\""))
        .isEqualTo(new InputLine.Create("tea room", Optional.empty(), false, OptionalInt.empty()));
    assertThat(LineParser.read("/create \"tea room\" --private"))
        .isEqualTo(new InputLine.Create("tea room", Optional.empty(), true, OptionalInt.empty()));
    assertThat(LineParser.read("/join lobby"))
        .isEqualTo(new InputLine.Join("lobby", Optional.empty()));
    assertThat(LineParser.read("/join \"tea room\" open sesame"))
        .isEqualTo(new InputLine.Join("tea room", Optional.of("open sesame")));
    assertThat(LineParser.read("/reply #12 yes, please"))
        .isEqualTo(new InputLine.Reply(12, "yes, please"));
    assertThat(LineParser.read("/edit 12 no")).isEqualTo(new InputLine.Edit(12, "no"));
    assertThat(LineParser.read("/redact 12")).isEqualTo(new InputLine.Redact(12, Optional.empty()));
    assertThat(LineParser.read("/redact 12 wrong room"))
        .isEqualTo(new InputLine.Redact(12, Optional.of("wrong room")));
    assertThat(LineParser.read("/react 👍"))
        .isEqualTo(new InputLine.React(OptionalLong.empty(), "👍"));
    assertThat(LineParser.read("/react :tada:"))
        .isEqualTo(new InputLine.React(OptionalLong.empty(), "🎉"));
    assertThat(LineParser.read("/react tada")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/react #12 ❤️"))
        .isEqualTo(new InputLine.React(OptionalLong.of(12), "❤️"));
    assertThat(LineParser.read("/role bob Moderator"))
        .isEqualTo(new InputLine.ChangeRole("bob", Role.MODERATOR));
    assertThat(LineParser.read("/msg @bob are you there?"))
        .isEqualTo(new InputLine.Message("bob", Optional.of("are you there?")));
    assertThat(LineParser.read("/contact add bob from school"))
        .isEqualTo(
            new InputLine.Contact(InputLine.ContactAction.ADD, "bob", Optional.of("from school")));
    assertThat(LineParser.read("/contact wave bob")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/accept @bob"))
        .isEqualTo(new InputLine.Message("bob", Optional.empty()));
    assertThat(LineParser.read("/decline bob")).isEqualTo(new InputLine.Decline("bob"));
    assertThat(LineParser.read("/requests")).isEqualTo(new InputLine.Requests());
    assertThat(LineParser.read("/privacy")).isEqualTo(new InputLine.Privacy(Optional.empty()));
    assertThat(LineParser.read("/privacy conversations Contacts"))
        .isEqualTo(
            new InputLine.Privacy(
                Optional.of(
                    new Accounts.Privacy(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(ConversationsFrom.CONTACTS)))));
    assertThat(LineParser.read("/privacy conversations nobody"))
        .isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/privacy typing")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/msg bob"))
        .isEqualTo(new InputLine.Message("bob", Optional.empty()));
    assertThat(LineParser.read("/history")).isEqualTo(new InputLine.History(50));
    assertThat(LineParser.read("/HISTORY 5")).isEqualTo(new InputLine.History(5));
    assertThat(LineParser.read("/switch \"tea room\"")).isEqualTo(new InputLine.Switch("tea room"));
    assertThat(LineParser.read("/ban eve spam"))
        .isEqualTo(new InputLine.Ban("eve", Optional.of("spam")));
    assertThat(LineParser.read("/kick eve")).isEqualTo(new InputLine.Kick("eve", Optional.empty()));
    assertThat(LineParser.read("/mute @eve 10m too loud"))
        .isEqualTo(new InputLine.MuteMember("eve", 600_000, Optional.of("too loud")));
    assertThat(LineParser.read("/turn-away @eve the course is full"))
        .isEqualTo(new InputLine.DeclineJoin("eve", Optional.of("the course is full")));
    assertThat(LineParser.read("/let-in eve")).isEqualTo(new InputLine.AcceptJoin("eve"));
    assertThat(LineParser.read("/ask \"my room\" I know bob"))
        .isEqualTo(new InputLine.AskToJoin("my room", Optional.of("I know bob")));
    assertThat(LineParser.read("/unask \"my room\""))
        .isEqualTo(new InputLine.WithdrawJoin("my room"));
    assertThat(LineParser.read("/unmute eve")).isEqualTo(new InputLine.UnmuteMember("eve"));
    assertThat(LineParser.read("/report #17 spam"))
        .isEqualTo(new InputLine.ReportMessage(17, "spam"));
    assertThat(LineParser.read("/handle h8d2 removed it"))
        .isEqualTo(new InputLine.HandleReport("h8d2", "removed it"));
    assertThat(LineParser.read("/slow 90s")).isEqualTo(LineParser.read("/room slow 90s"));
    assertThat(LineParser.read("/readonly off")).isEqualTo(LineParser.read("/room read-only off"));
  }

  @ParameterizedTest
  @CsvSource({
    "/reply twelve yes,/reply SEQ TEXT",
    "/reply 12,/reply SEQ TEXT",
    "/edit -1 x,/edit SEQ TEXT",
    "/role bob king,/role USER ROLE",
    "/create,/create NAME [PASSCODE] [--private] [--capacity N]",
    "/create --private,/create NAME [PASSCODE] [--private] [--capacity N]",
    "/create --secret,/create NAME [PASSCODE] [--private] [--capacity N]",
    "/leave now,/leave",
    "/kick,/kick USER [REASON]",
    "/mute eve,/mute [USER TIME [REASON]]",
    "/mute eve soon,/mute [USER TIME [REASON]]",
    "/slow 7h,/slow TIME|off",
    "/readonly yes,/readonly on|off",
    "/history many,/history [N]",
    "/react,/react [SEQ] EMOJI",
    "/react 12,/react [SEQ] EMOJI",
    "/react 12 yes,/react [SEQ] EMOJI",
    "/react twelve 👍,/react [SEQ] EMOJI",
    "/ban,/ban USER [REASON]",
    "/join,'/join NAME|ID|INVITATION [PASSCODE]'",
  })
  void anInvalidCommandShowsItsUsage(String typed, String usage) {
    assertThat(LineParser.read(typed)).isEqualTo(new InputLine.Wrong("Usage: " + usage));
  }

  @Test
  void anUnknownCommandSuggestsTheNearest() {
    assertThat(LineParser.read("/hist"))
        .isInstanceOfSatisfying(
            InputLine.Call.class, call -> assertThat(call.otherwise()).contains("/history?"));
    assertThat(LineParser.read("/\u001b[2J"))
        .isInstanceOfSatisfying(
            InputLine.Wrong.class, wrong -> assertThat(wrong.sentence()).doesNotContain("\u001b"));
  }

  @Test
  void anUnknownCommandIsPerhapsOfABot() {
    assertThat(LineParser.read("/Vote  2 large"))
        .isInstanceOfSatisfying(
            InputLine.Call.class,
            call -> {
              assertThat(call.bot()).isEmpty();
              assertThat(call.command()).isEqualTo("vote");
              assertThat(call.text()).isEqualTo("2 large");
            });
    assertThat(LineParser.read("/poll:help"))
        .isInstanceOfSatisfying(
            InputLine.Call.class,
            call -> {
              assertThat(call.bot()).contains("poll");
              assertThat(call.command()).isEqualTo("help");
            });
    for (var typed : List.of("/a:b:c", "/usr/bin", "/:help", "/é", "/?"))
      assertThat(LineParser.read(typed)).as(typed).isInstanceOf(InputLine.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help", "rooms", "create", "join", "leave", "switch", "who", "history", "reply", "edit",
        "redact", "react", "topic", "invite", "role", "kick", "ban", "unban", "devices", "logout",
        "quit"
      })
  void everyCommandIsInTheHelp(String name) {
    assertThat(LineParser.help().lines()).anyMatch(line -> line.startsWith("/" + name));
  }

  @Test
  void createAndJoinReadTheirWordsTheSameWay() {
    assertThat(LineParser.read("/create secret open sesame"))
        .isEqualTo(
            new InputLine.Create("secret", Optional.of("open sesame"), false, OptionalInt.empty()));
    assertThat(LineParser.read("/join secret open sesame"))
        .isEqualTo(new InputLine.Join("secret", Optional.of("open sesame")));
    assertThat(LineParser.read("/create \"tea room\" sesame --private"))
        .isEqualTo(
            new InputLine.Create("tea room", Optional.of("sesame"), true, OptionalInt.empty()));
    assertThat(LineParser.read("/join \"tea room\" sesame"))
        .isEqualTo(new InputLine.Join("tea room", Optional.of("sesame")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "join", "topic", "switch", "kick", "leave"})
  void helpAfterACommandShowsItsUsage(String name) {
    for (var help : List.of("--help", "-h"))
      assertThat(LineParser.read("/" + name + " " + help))
          .isInstanceOfSatisfying(
              InputLine.Wrong.class,
              wrong -> assertThat(wrong.sentence()).startsWith("Usage: /" + name));
  }

  @Test
  void theOptionsOfANewRoomStandInAnyOrder() {
    var most = OptionalInt.of(50);
    var made = new InputLine.Create("tea room", Optional.of("open sesame"), true, most);

    assertThat(LineParser.read("/create \"tea room\" open sesame --private --capacity 50"))
        .isEqualTo(made);
    assertThat(LineParser.read("/create \"tea room\" open sesame --capacity=50 --private"))
        .isEqualTo(made);
    assertThat(LineParser.read("/create den --capacity 50"))
        .isEqualTo(new InputLine.Create("den", Optional.empty(), false, most));
    assertThat(LineParser.read("/create --capacity 50")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/create --capacity")).isInstanceOf(InputLine.Wrong.class);
  }

  @Test
  void settingsOfARoomAreChangedOneByOne() {
    assertThat(LineParser.read("/room")).isEqualTo(new InputLine.Settings(Optional.empty()));
    assertThat(LineParser.read("/room name Tea Room"))
        .isEqualTo(settings(Optional.of("Tea Room"), Optional.empty(), OptionalInt.empty()));
    assertThat(LineParser.read("/room passcode none"))
        .isEqualTo(settings(Optional.empty(), Optional.of(""), OptionalInt.empty()));
    assertThat(LineParser.read("/room capacity 50"))
        .isEqualTo(settings(Optional.empty(), Optional.empty(), OptionalInt.of(50)));
    assertThat(LineParser.read("/room capacity none"))
        .isEqualTo(settings(Optional.empty(), Optional.empty(), OptionalInt.of(0)));
  }

  private static InputLine settings(
      Optional<String> name, Optional<String> passcode, OptionalInt capacity) {
    return new InputLine.Settings(
        Optional.of(RoomSettings.of(name, Optional.empty(), Optional.empty(), passcode, capacity)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/room colour red",
        "/room capacity many",
        "/room capacity 0",
        "/room visibility hidden",
        "/invite 0",
        "/invite 1 0",
        "/invite 1 2 3",
        "/account shoe 43",
        "/logout now",
        "/versions x"
      })
  void anUnknownSettingOrValueShowsTheUsage(String typed) {
    assertThat(LineParser.read(typed)).isInstanceOf(InputLine.Wrong.class);
  }

  @Test
  void anInvitationHasALimitOfJoinsAndDays() {
    assertThat(LineParser.read("/invite"))
        .isEqualTo(new InputLine.Invite(OptionalInt.empty(), OptionalLong.empty()));
    assertThat(LineParser.read("/invite 1"))
        .isEqualTo(new InputLine.Invite(OptionalInt.of(1), OptionalLong.empty()));
    assertThat(LineParser.read("/invite 1 2"))
        .isEqualTo(new InputLine.Invite(OptionalInt.of(1), OptionalLong.of(172_800_000)));
  }

  @Test
  void partsOfTheAccountAreChangedOneByOne() {
    var none = Optional.<String>empty();
    assertThat(LineParser.read("/account name Ann A."))
        .isEqualTo(
            new InputLine.Account(
                Optional.of(
                    new Accounts.ChangeProfile(
                        Optional.of("Ann A."), none, none, Optional.empty()))));
    assertThat(LineParser.read("/account email none"))
        .isEqualTo(
            new InputLine.Account(
                Optional.of(
                    new Accounts.ChangeProfile(none, none, Optional.of(""), Optional.empty()))));
    assertThat(LineParser.read("/end-device others"))
        .isEqualTo(new InputLine.EndDevice(Optional.empty()));
    assertThat(LineParser.read("/logout everywhere")).isEqualTo(new InputLine.LogOut(true));
  }

  @ParameterizedTest
  @CsvSource({
    "/query bob,/msg",
    "/PART,/leave",
    "/win 3,/switch",
    "/names,/who",
    "/nick annie,/account name",
    "/JOI,/join"
  })
  void aCommandOfAnotherClientNamesTheOneHere(String typed, String here) {
    var call = (InputLine.Call) LineParser.read(typed);

    assertThat(call.otherwise()).contains("did you mean " + here + "?");
  }

  @Test
  void everyCommandForUsersAcceptsTheSignBeforeTheName() {
    assertThat(LineParser.read("/kick @eve"))
        .isEqualTo(new InputLine.Kick("eve", Optional.empty()));
    assertThat(LineParser.read("/ban @eve spam"))
        .isEqualTo(new InputLine.Ban("eve", Optional.of("spam")));
    assertThat(LineParser.read("/unban @eve")).isEqualTo(new InputLine.Unban("eve"));
    assertThat(LineParser.read("/role @eve owner"))
        .isEqualTo(new InputLine.ChangeRole("eve", Role.OWNER));
  }

  @Test
  void anActionIsSentInItalics() {
    assertThat(LineParser.read("/me waves")).isEqualTo(new InputLine.Act("waves"));
    assertThat(LineParser.read("/me")).isInstanceOf(InputLine.Wrong.class);
  }

  @Test
  void helpOnACommandIsItsUsage() {
    assertThat(LineParser.read("/help join")).isEqualTo(LineParser.read("/join --help"));
    assertThat(LineParser.read("/help /join")).isEqualTo(LineParser.read("/join --help"));
  }

  @Test
  void commandsOfTheScreenAreParsedInLines() {
    assertThat(LineParser.read("/unread")).isEqualTo(new InputLine.ListUnread());
    assertThat(LineParser.read("/unread #7")).isEqualTo(new InputLine.MarkUnread(7));
    assertThat(LineParser.read("/find the slug")).isEqualTo(new InputLine.Find("the slug"));
    assertThat(LineParser.read("/date 3 days ago")).isEqualTo(new InputLine.GoToDay("3 days ago"));
    assertThat(LineParser.read("/code"))
        .isEqualTo(new InputLine.Code(OptionalLong.empty(), OptionalInt.empty()));
    assertThat(LineParser.read("/code #12 2"))
        .isEqualTo(new InputLine.Code(OptionalLong.of(12), OptionalInt.of(2)));
    assertThat(LineParser.read("/code x")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/open 4")).isEqualTo(new InputLine.Open(OptionalLong.of(4)));
    assertThat(LineParser.read("/mute")).isEqualTo(new InputLine.MuteRoom());
    assertThat(LineParser.read("/order tea room 2"))
        .isEqualTo(new InputLine.PlaceRoom("tea room", 2));
    assertThat(LineParser.read("/order tea")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/editor")).isEqualTo(new InputLine.Compose(""));
    assertThat(LineParser.read("/server add bob@example.org"))
        .isEqualTo(new InputLine.AddServer("example.org", Optional.of("bob")));
    assertThat(LineParser.read("/server add example.org bob"))
        .isEqualTo(new InputLine.AddServer("example.org", Optional.of("bob")));
    assertThat(LineParser.read("/server beta")).isEqualTo(new InputLine.ShowServer("beta"));
    assertThat(LineParser.read("/server a b")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/theme dark"))
        .isEqualTo(new InputLine.OnScreen("Only the full screen has colours."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin announce",
        "/admin ban",
        "/admin take-over room",
        "/admin maintenance soon",
        "/admin disable",
        "/admin bans now",
        "/admin withdraw it",
        "/admin frob x"
      })
  void invalidCommandsOfAdministratorsShowTheUsage(String typed) {
    assertThat(LineParser.read(typed))
        .isInstanceOfSatisfying(
            InputLine.Wrong.class, it -> assertThat(it.sentence()).startsWith("Usage: /admin "));
  }

  @Test
  void commandsOfAdministratorsAreParsed() {
    assertThat(LineParser.read("/admin")).isEqualTo(new InputLine.ShowMaintenance());
    assertThat(LineParser.read("/admin accounts an")).isEqualTo(new InputLine.ListAccounts("an"));
    assertThat(LineParser.read("/admin disable @eve"))
        .isEqualTo(new InputLine.DisableAccount("eve", true));
    assertThat(LineParser.read("/admin ban 203.0.113.0/24 spam there"))
        .isEqualTo(new InputLine.BanNetwork("203.0.113.0/24", Optional.of("spam there")));
    assertThat(LineParser.read("/admin take-over r1 bob"))
        .isEqualTo(new InputLine.TakeOver("r1", "bob"));
    assertThat(LineParser.read("/admin delete-room r1 tea room"))
        .isEqualTo(new InputLine.DeleteAnyRoom("r1", "tea room"));
    assertThat(LineParser.read("/admin maintenance on back at nine"))
        .isEqualTo(new InputLine.Maintain(true, Optional.of("back at nine")));
    assertThat(LineParser.read("/admin withdraw 3")).isEqualTo(new InputLine.Withdraw(3));
  }
}
