package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.RoomAnswers.RetentionPreview;
import kith.protocol.rest.RoomRequests.Retention;
import org.junit.jupiter.api.Test;

class RetentionLinesTest {
  @Test
  void agesNumbersAndSizesAreRead() {
    assertThat(RetentionLines.parse("90d")).contains(days(90));
    assertThat(RetentionLines.parse("12w")).contains(days(84));
    assertThat(RetentionLines.parse("1Y")).contains(days(365));
    assertThat(RetentionLines.parse("5000"))
        .contains(new Retention(OptionalLong.of(5000), OptionalLong.empty()));
    assertThat(RetentionLines.parse("30d, 5000,2gib"))
        .contains(
            new Retention(OptionalLong.of(5000), OptionalLong.of(30), OptionalLong.of(2L << 30)));
    assertThat(RetentionLines.parse("default")).contains(Retention.NONE);
    for (var wrong : List.of("", "0d", "d", "-1d", "9 d", "1.5GiB", "90d,", "forever"))
      assertThat(RetentionLines.parse(wrong)).as(wrong).isEmpty();
  }

  @Test
  void aPreviewCountsTheRemovedAndTheKeptEntries() {
    var oldest = Optional.of(Instant.parse("2026-03-03T12:00:00Z"));

    assertThat(
            RetentionLines.preview(
                new RetentionPreview(days(90), 12, 10, 2400, 13, oldest), ZoneOffset.UTC))
        .isEqualTo(
            "10 messages would be removed now, with all other entries from before 3 March 2026:"
                + " 12 entries, 2400 bytes. The room would keep 90 days.");
    assertThat(
            RetentionLines.preview(
                new RetentionPreview(days(90), 0, 0, 0, 1, oldest), ZoneOffset.UTC))
        .isEqualTo("Nothing would be removed now.");
  }

  private static Retention days(long days) {
    return new Retention(OptionalLong.empty(), OptionalLong.of(days));
  }

  @Test
  void aRetentionNamesAllItsParts() {
    assertThat(
            RetentionLines.kept(
                new Retention(OptionalLong.of(1), OptionalLong.of(90), OptionalLong.of(2L << 30))))
        .isEqualTo("90 days and 1 entry and 2 GiB");
    assertThat(RetentionLines.kept(Retention.NONE)).isEqualTo("the server's default");
    assertThat(
            RetentionLines.kept(
                new Retention(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.of(1500))))
        .isEqualTo("1 day and 1500 bytes");
  }
}
