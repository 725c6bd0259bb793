package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import kith.protocol.rest.RoomRequests.Retention;
import org.junit.jupiter.api.Test;

class RetentionLinesTest {
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
