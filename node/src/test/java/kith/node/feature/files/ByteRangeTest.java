package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.node.feature.files.ByteRange.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({"bytes=0-0,0,0", "bytes=5-,5,9", "bytes=5-100,5,9", "bytes=-3,7,9", "bytes=-100,0,9"})
  void aRangeEndsWithTheFile(String header, long first, long last) {
    assertThat(ByteRange.asked(Optional.of(header), 10))
        .isEqualTo(new Asked.Some(new ByteRange(first, last)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,3-4", "bytes=4-2", "bytes=-", "lines=1-2", "bytes=a-b", ""})
  void aRangeThatIsNotUnderstoodIsIgnored(String header) {
    assertThat(ByteRange.asked(Optional.of(header), 10)).isEqualTo(new Asked.All());
  }

  @Test
  void aRangeBehindTheEndCannotBeSatisfied() {
    assertThat(ByteRange.asked(Optional.of("bytes=10-"), 10)).isEqualTo(new Asked.NotSatisfiable());
    assertThat(ByteRange.asked(Optional.of("bytes=-0"), 10)).isEqualTo(new Asked.NotSatisfiable());
    assertThat(ByteRange.asked(Optional.of("bytes=0-"), 0)).isEqualTo(new Asked.NotSatisfiable());
    assertThat(ByteRange.asked(Optional.empty(), 0)).isEqualTo(new Asked.All());
  }
}
