package kith.node.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.platform.config.RetentionSettings;
import kith.protocol.rest.RoomRequests.Retention;
import org.junit.jupiter.api.Test;

class RetentionRulesTest {
  @Test
  void aRoomWithoutARetentionHasTheServersDefault() {
    assertThat(RetentionRules.effective(Optional.empty(), server(days(90), Retention.NONE)))
        .isEqualTo(days(90));
    assertThat(RetentionRules.effective(Optional.of(days(7)), server(days(90), Retention.NONE)))
        .isEqualTo(days(7));
    assertThat(RetentionRules.effective(Optional.of(entries(5)), server(days(90), Retention.NONE)))
        .isEqualTo(new Retention(OptionalLong.of(5), OptionalLong.of(90)));
  }

  @Test
  void theServersMaximumHoldsForAllRooms() {
    var server = server(Retention.NONE, days(365));

    assertThat(RetentionRules.effective(Optional.empty(), server)).isEqualTo(days(365));
    assertThat(RetentionRules.effective(Optional.of(days(1000)), server)).isEqualTo(days(365));
    assertThat(RetentionRules.effective(Optional.of(days(7)), server)).isEqualTo(days(7));
  }

  @Test
  void theHighestNumbersDoNotOverflow() {
    var asked =
        new Retention(
            OptionalLong.of(Long.MAX_VALUE),
            OptionalLong.of(Long.MAX_VALUE),
            OptionalLong.of(Long.MAX_VALUE));

    var limits =
        RetentionRules.effective(Optional.of(asked), server(Retention.NONE, Retention.NONE));

    assertThat(limits.days()).hasValue(36_500);
    assertThat(RetentionRules.isFarAbove(limits.entries(), 1_000_000_000)).isFalse();
    assertThat(RetentionRules.newFirst(limits, log(0, 1, 10, 1, 1))).isEmpty();
  }

  @Test
  void aRoomWithinItsLimitsRemovesNothing() {
    assertThat(RetentionRules.newFirst(entries(10), log(0, 1, 10, 1, 1))).isEmpty();
    assertThat(RetentionRules.newFirst(Retention.NONE, log(0, 1, 10, 1, 1))).isEmpty();
  }

  @Test
  void theEntryThatRecordsARemovalCountsToo() {
    // 12 entries; with the new one there will be 13, of which 10 stay
    assertThat(RetentionRules.newFirst(entries(10), log(0, 1, 12, 1, 1))).hasValue(4);
    assertThat(RetentionRules.newFirst(entries(10), log(4, 1, 13, 1, 1)))
        .as("the look that follows finds nothing to do")
        .isEmpty();
  }

  @Test
  void theStrictestLimitDecides() {
    assertThat(RetentionRules.newFirst(entries(10), log(0, 1, 12, 7, 1))).hasValue(7);
    assertThat(RetentionRules.newFirst(entries(10), log(0, 1, 12, 2, 1))).hasValue(4);
  }

  @Test
  void aRoomAboveItsSizeRemovesMoreThanNecessary() {
    var log = new RetentionRules.Log(0, 1, 100, 1, 11, 20);

    assertThat(RetentionRules.newFirst(Retention.NONE, log)).hasValue(20);
    assertThat(
            RetentionRules.newFirst(Retention.NONE, new RetentionRules.Log(20, 1, 105, 1, 18, 27)))
        .as("until the size is reached again")
        .isEmpty();
  }

  @Test
  void aLongerRetentionShowsHiddenEntriesAgainAsFarAsTheyExist() {
    assertThat(RetentionRules.newFirst(Retention.NONE, log(50, 20, 100, 20, 20))).hasValue(20);
    assertThat(RetentionRules.newFirst(Retention.NONE, log(50, 50, 100, 50, 50))).isEmpty();
  }

  private static RetentionRules.Log log(
      long first, long floor, long lastSeq, long byAge, long byBytes) {
    return new RetentionRules.Log(first, floor, lastSeq, byAge, byBytes, byBytes);
  }

  private static Retention days(long days) {
    return new Retention(OptionalLong.empty(), OptionalLong.of(days));
  }

  private static Retention entries(long entries) {
    return new Retention(OptionalLong.of(entries), OptionalLong.empty());
  }

  private static RetentionSettings server(Retention standard, Retention most) {
    return new RetentionSettings(
        standard,
        most,
        Duration.ofHours(1),
        Duration.ofDays(1),
        1000,
        new RetentionSettings.Sealing(10_000, Duration.ofDays(30)),
        Optional.empty());
  }
}
