package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.terminal.net.RefusedPost;
import org.junit.jupiter.api.Test;

class OwnPostsTest {
  private static final ClientFrame.Post POST =
      new ClientFrame.Send("m1", "tea", "hi", OptionalLong.empty());

  private final OwnPosts posts = new OwnPosts();

  @Test
  void theEntryOfAnAcknowledgedPostIsExpectedOnce() {
    posts.add(POST);

    assertThat(posts.sent(POST, 7)).isEqualTo("✓ #7");
    assertThat(posts.isTypedHere("m1")).isTrue();
    assertThat(posts.isTypedHere("m1")).isFalse();
  }

  @Test
  void aPostOfAnEarlierRunIsPrintedWithItsAck() {
    assertThat(posts.sent(POST, 7)).isEqualTo("✓ #7 (written earlier) hi");
    assertThat(posts.isTypedHere("m1")).isFalse();
  }

  @Test
  void theCommandsForRefusedPostsAreExplainedOnce() {
    posts.add(POST);

    assertThat(posts.failed(new RefusedPost(POST, "You are muted."), "muted"))
        .containsExactly(
            "✗ not sent (muted): You are muted. — hi", "-- /retry sends it again, /drop drops it");
    assertThat(posts.failed(new RefusedPost(POST, "You are muted."), "muted")).hasSize(1);
    assertThat(posts.unanswered()).isEmpty();
  }
}
