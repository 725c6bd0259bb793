package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunningDigestsTest {
  private static final byte[] HALF = {1, 2, 3};
  private static final byte[] REST = {4, 5};
  private static final byte[] WHOLE = {1, 2, 3, 4, 5};

  private final RunningDigests digests = new RunningDigests(2);
  private final UUID content = UUID.randomUUID();

  @Test
  void aDigestIsKnownWhenAllPartsCameInOrder() {
    digests.appended(content, 0, HALF);
    digests.appended(content, 3, REST);

    assertThat(digests.of(content, 5)).contains(RunningDigests.sha256().digest(WHOLE));
  }

  @Test
  void aDigestIsUnknownWhenAnotherNodeHadAPart() {
    digests.appended(content, 3, REST);
    assertThat(digests.of(content, 5)).isEmpty();

    digests.appended(content, 0, HALF);
    digests.appended(content, 4, REST);
    assertThat(digests.of(content, 6)).isEmpty();
  }

  @Test
  void theOldestDigestIsRemoved() {
    digests.appended(content, 0, WHOLE);
    for (var i = 0; i < 2; i++) digests.appended(UUID.randomUUID(), 0, WHOLE);

    assertThat(digests.of(content, 5)).isEmpty();
  }
}
