package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.feature.push.PushRules.Quiet;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRulesTest {
  private static PushRules rules(NotificationLevel level, String... keywords) {
    return new PushRules(
        NotificationContents.FULL,
        List.of(keywords),
        Optional.empty(),
        Optional.empty(),
        Map.of("room", level));
  }

  @Test
  void quietHoursEndOnTheSameDayOrTheNext() {
    var quiet = new Quiet(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));

    assertThat(quiet.end(Instant.parse("2026-11-23T22:30:00Z")))
        .isEqualTo(Instant.parse("2026-11-24T06:00:00Z"));
    assertThat(quiet.end(Instant.parse("2026-11-24T05:59:59Z")))
        .isEqualTo(Instant.parse("2026-11-24T06:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    // level, direct, mentions, text, notified
    "MENTIONS, false, '', hello, false",
    "MENTIONS, false, bob, hello, true",
    "MENTIONS, false, @room, hello, true",
    "MENTIONS, false, carol, hello, false",
    "MENTIONS, true, '', hello, true",
    "MENTIONS, false, '', the build is red, true",
    "ALL, false, '', hello, true",
    "NONE, false, bob, the build is red, false",
    "NONE, true, '', hello, false",
  })
  void theLevelOfARoomDecides(
      NotificationLevel level, boolean isDirect, String mentions, String text, boolean expected) {
    var names = mentions.isEmpty() ? List.<String>of() : List.of(mentions);

    assertThat(rules(level, "build").wants("bob", "room", isDirect, text, names))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "build, the build is red, true",
    "build, BUILD!, true",
    "build, rebuild it, false",
    "build, builds, false",
    "red build, a Red Build, true",
    "c++, I like c++., true",
    "straße, in der STRASSE, false",
    "grün, Es ist GRÜN, true",
    "日本, 日本, true",
  })
  void aKeywordIsFoundAsWholeWords(String keyword, String text, boolean expected) {
    assertThat(
            rules(NotificationLevel.MENTIONS, keyword).wants("bob", "room", false, text, List.of()))
        .isEqualTo(expected);
  }

  @Test
  void otherRoomsHaveTheLevelMentions() {
    var rules = rules(NotificationLevel.ALL);

    assertThat(rules.wants("bob", "other", false, "hello", List.of())).isFalse();
    assertThat(rules.wants("bob", "other", false, "hello", List.of("bob"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "22:00, 07:00, 2026-11-23T20:59:59Z, false",
    "22:00, 07:00, 2026-11-23T21:00:00Z, true",
    "22:00, 07:00, 2026-11-24T05:59:59Z, true",
    "22:00, 07:00, 2026-11-24T06:00:00Z, false",
    "12:00, 13:00, 2026-11-23T11:30:00Z, true",
    "12:00, 13:00, 2026-11-23T12:00:00Z, false",
    // summer time in Berlin
    "22:00, 07:00, 2026-07-23T20:00:00Z, true",
    "22:00, 07:00, 2026-07-24T05:00:00Z, false",
  })
  void quietHoursAreThoseOfTheUsersClock(
      LocalTime from, LocalTime to, Instant at, boolean expected) {
    assertThat(new Quiet(from, to, ZoneId.of("Europe/Berlin")).contains(at)).isEqualTo(expected);
  }
}
