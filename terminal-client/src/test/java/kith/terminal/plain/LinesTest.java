package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is typed, and what is meant by it.
class LinesTest {

  @Test
  void whatIsNoCommandIsSaidAsItIs() {
    assertThat(Lines.read("  hello  ")).isEqualTo(new Line.Say("  hello  "));
    assertThat(Lines.read("//shrug")).isEqualTo(new Line.Say("/shrug"));
    assertThat(Lines.read("   ")).isEqualTo(new Line.Nothing());
  }

  @Test
  void commandsTakeTheirArguments() {
    assertThat(Lines.read("/create tea room")).isEqualTo(new Line.Create("tea room", false));
    assertThat(Lines.read("/create tea room --private"))
        .isEqualTo(new Line.Create("tea room", true));
    assertThat(Lines.read("/join lobby")).isEqualTo(new Line.Join("lobby", Optional.empty()));
    assertThat(Lines.read("/join \"tea room\" open sesame"))
        .isEqualTo(new Line.Join("tea room", Optional.of("open sesame")));
    assertThat(Lines.read("/reply #12 yes, please")).isEqualTo(new Line.Reply(12, "yes, please"));
    assertThat(Lines.read("/edit 12 no")).isEqualTo(new Line.Edit(12, "no"));
    assertThat(Lines.read("/redact 12")).isEqualTo(new Line.Redact(12, Optional.empty()));
    assertThat(Lines.read("/redact 12 wrong room"))
        .isEqualTo(new Line.Redact(12, Optional.of("wrong room")));
    assertThat(Lines.read("/role bob Moderator"))
        .isEqualTo(new Line.ChangeRole("bob", Role.MODERATOR));
    assertThat(Lines.read("/msg @bob are you there?"))
        .isEqualTo(new Line.Message("bob", Optional.of("are you there?")));
    assertThat(Lines.read("/contact add bob from school"))
        .isEqualTo(new Line.Contact(Line.Deed.ADD, "bob", Optional.of("from school")));
    assertThat(Lines.read("/contact wave bob")).isInstanceOf(Line.Wrong.class);
    assertThat(Lines.read("/msg bob")).isEqualTo(new Line.Message("bob", Optional.empty()));
    assertThat(Lines.read("/history")).isEqualTo(new Line.History(50));
    assertThat(Lines.read("/HISTORY 5")).isEqualTo(new Line.History(5));
    assertThat(Lines.read("/switch \"tea room\"")).isEqualTo(new Line.Switch("tea room"));
    assertThat(Lines.read("/ban eve spam")).isEqualTo(new Line.Ban("eve", Optional.of("spam")));
  }

  @ParameterizedTest
  @CsvSource({
    "/reply twelve yes,/reply SEQ TEXT",
    "/reply 12,/reply SEQ TEXT",
    "/edit -1 x,/edit SEQ TEXT",
    "/role bob king,/role USER ROLE",
    "/create,/create NAME [--private]",
    "/create --private,/create NAME [--private]",
    "/leave now,/leave",
    "/kick two people,/kick USER",
    "/history many,/history [N]",
    "/ban,/ban USER [REASON]",
    "/join,'/join NAME|ID|INVITATION [PASSCODE]'",
  })
  void aCommandTypedWronglyIsShownAsItShouldBe(String typed, String usage) {
    assertThat(Lines.read(typed)).isEqualTo(new Line.Wrong("Like this: " + usage));
  }

  @Test
  void anUnknownCommandNamesTheNearestAndIsNotSaid() {
    assertThat(Lines.read("/hist"))
        .isInstanceOfSatisfying(
            Line.Wrong.class, wrong -> assertThat(wrong.sentence()).contains("/history?"));
    assertThat(Lines.read("/\u001b[2J"))
        .isInstanceOfSatisfying(
            Line.Wrong.class, wrong -> assertThat(wrong.sentence()).doesNotContain("\u001b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help", "rooms", "create", "join", "leave", "switch", "who", "history", "reply", "edit",
        "redact", "topic", "invite", "role", "kick", "ban", "unban", "devices", "logout", "quit"
      })
  void everyCommandIsInTheHelp(String name) {
    assertThat(Lines.help().lines()).anyMatch(line -> line.startsWith("/" + name));
  }
}
