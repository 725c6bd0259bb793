package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SharedFiles.FileQuota;
import org.junit.jupiter.api.Test;

class FileLinesTest {
  private static final Entry.File GARDEN =
      new Entry.File(
          "f1",
          "garden\u001b[2J.jpg",
          319_488,
          "image/jpeg",
          OptionalInt.of(1200),
          OptionalInt.of(800));

  @Test
  void aRowHasNameSizeAndPixelsAndNoControlCharacters() {
    assertThat(FileLines.row(GARDEN)).startsWith("▣ garden").endsWith(".jpg 312 KB 1200×800");
    assertThat(FileLines.row(GARDEN)).doesNotContain("\u001b");
  }

  @Test
  void sizesHaveAFittingUnit() {
    assertThat(FileLines.size(0)).isEqualTo("0 bytes");
    assertThat(FileLines.size(1023)).isEqualTo("1023 bytes");
    assertThat(FileLines.size(1536)).isEqualTo("1.5 KB");
    assertThat(FileLines.size(104_857_600)).isEqualTo("100 MB");
    assertThat(FileLines.size(5L << 40)).isEqualTo("5.0 TB");
  }

  @Test
  void theUsedSizeIsShownWithItsLimit() {
    assertThat(FileLines.used(new FileQuota(319_488, 2L << 30, false)))
        .isEqualTo("312 KB of 2.0 GB");
  }

  @Test
  void aMessageShowsItsFilesBelowItsText() {
    assertThat(EntryLines.text(message("look"))).get().asString().startsWith("ann: look\n    ▣ ");
    assertThat(EntryLines.text(message(""))).get().asString().startsWith("ann: ▣ ");
  }

  private static Entry.Message message(String body) {
    return new Entry.Message(
        1,
        Instant.EPOCH,
        "ann",
        "m1",
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(GARDEN)));
  }
}
