package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReminderTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// A Monday, 13:00 in Berlin.
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "20m, 2026-11-23T13:20",
    "20min, 2026-11-23T13:20",
    "in 1h30m, 2026-11-23T14:30",
    "2d, 2026-11-25T13:00",
    "1w, 2026-11-30T13:00",
    "14:30, 2026-11-23T14:30",
    "at 9:05, 2026-11-24T09:05",
    "9am, 2026-11-24T09:00",
    "12pm, 2026-11-24T12:00",
    "12:30am, 2026-11-24T00:30",
    "tomorrow, 2026-11-24T09:00",
    "Tomorrow at 7:45, 2026-11-24T07:45",
    "today 18:00, 2026-11-23T18:00",
    "on friday 10:00, 2026-11-27T10:00",
    "mon, 2026-11-30T09:00",
    "2026-12-01 10:00, 2026-12-01T10:00",
  })
  void aTypedTimeIsAPointInTimeInTheZoneOfTheUser(String typed, LocalDateTime expected) {
    var parsed = ReminderTime.parse(typed + " water the plants").orElseThrow();

    assertThat(parsed.time().after(NOW, BERLIN)).isEqualTo(expected.atZone(BERLIN).toInstant());
    assertThat(parsed.rest()).isEqualTo("water the plants");
  }

  @Test
  void theSameTimeTomorrowIsTheSameOnTheClockWhenTheClocksChange() {
    var beforeTheChange = Instant.parse("2026-10-24T12:00:00Z");

    var time = ReminderTime.parse("tomorrow 9:00").orElseThrow().time();

    assertThat(time.after(beforeTheChange, BERLIN))
        .isEqualTo(Instant.parse("2026-10-25T08:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "in",
        "water the plants",
        "20",
        "0m",
        "25:00",
        "9:60",
        "13pm",
        "2026-13-01 10:00",
        "m",
        "99999w"
      })
  void anythingElseIsNoTime(String typed) {
    assertThat(ReminderTime.parse(typed)).isEmpty();
  }

  @Test
  void aReminderIsForATextOrAMessage() {
    assertThat(LineParser.read("/remind 20m water the plants"))
        .isInstanceOfSatisfying(
            InputLine.Remind.class,
            it -> {
              assertThat(it.seq()).isEmpty();
              assertThat(it.text()).contains("water the plants");
            });
    assertThat(LineParser.read("/remind #17 tomorrow 9:00"))
        .isInstanceOfSatisfying(
            InputLine.Remind.class,
            it -> {
              assertThat(it.seq()).isEqualTo(OptionalLong.of(17));
              assertThat(it.text()).isEqualTo(Optional.empty());
            });
    assertThat(LineParser.read("/remind 20m")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/remind 17")).isInstanceOf(InputLine.Wrong.class);
    assertThat(LineParser.read("/remind me to go")).isInstanceOf(InputLine.Wrong.class);
  }
}
