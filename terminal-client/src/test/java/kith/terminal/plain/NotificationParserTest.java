package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.QuietHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands about notifications.
class NotificationParserTest {

  @ParameterizedTest
  @CsvSource({
    "22:00-07:00, 22:00, 07:00",
    "22-7, 22:00, 07:00",
    "22:30 – 7:05, 22:30, 07:05",
    "22 to 7:15, 22:00, 07:15",
    "9:00 17:30, 09:00, 17:30",
    "0:00-6:00, 00:00, 06:00",
  })
  void hoursHaveManyForms(String typed, String from, String to) {
    var here = ZoneId.systemDefault().getId();

    assertThat(LineParser.read("/quiet " + typed)).isEqualTo(quiet(from, to, here));
    assertThat(LineParser.read("/quiet " + typed + " Europe/Berlin"))
        .isEqualTo(quiet(from, to, "Europe/Berlin"));
  }

  private static InputLine quiet(String from, String to, String zone) {
    return new InputLine.Quiet(Optional.of(new QuietHours(from, to, zone)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/quiet 22:00",
        "/quiet tonight",
        "/quiet 25:00-07:00",
        "/quiet 22:00-07:60",
        "/quiet 7-7",
        "/quiet 22:00-07:00 Mars",
        "/quiet 22:00-07:00 Europe/Berlin now",
        "/notify loud",
        "/notify all now",
        "/notify away soon",
        "/notify contents some",
        "/keywords ,",
      })
  void wrongArgumentsAreExplained(String typed) {
    assertThat(LineParser.read(typed)).isInstanceOf(InputLine.Wrong.class);
  }

  @Test
  void noneRemovesARule() {
    assertThat(LineParser.read("/quiet none")).isEqualTo(new InputLine.Quiet(Optional.empty()));
    assertThat(LineParser.read("/keywords none"))
        .isEqualTo(new InputLine.ChooseKeywords(List.of()));
    assertThat(LineParser.read("/notify away none"))
        .isEqualTo(new InputLine.ChooseAway(OptionalInt.empty()));
    assertThat(LineParser.read("/notify none"))
        .isEqualTo(new InputLine.ChooseLevel(NotificationLevel.NONE));
  }

  @Test
  void withoutArgumentsTheRulesAreShown() {
    for (var command : List.of("/quiet", "/keywords", "/notify"))
      assertThat(LineParser.read(command)).isEqualTo(new InputLine.ShowNotifications());
  }

  @Test
  void keywordsMayHaveSeveralWords() {
    assertThat(LineParser.read("/keywords deploy, on call ,kith"))
        .isEqualTo(new InputLine.ChooseKeywords(List.of("deploy", "on call", "kith")));
    assertThat(LineParser.read("/notify contents FULL"))
        .isEqualTo(new InputLine.ChooseContents(NotificationContents.FULL));
    assertThat(LineParser.read("/notify away 10"))
        .isEqualTo(new InputLine.ChooseAway(OptionalInt.of(10)));
  }
}
