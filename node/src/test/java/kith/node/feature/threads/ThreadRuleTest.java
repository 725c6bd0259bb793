package kith.node.feature.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHistory;
import kith.node.core.room.RoomState;
import org.junit.jupiter.api.Test;

class ThreadRuleTest {
  private final RoomState room = RoomHistory.after(RoomHistory.publicRoomOf("ann"));

  @Test
  void aMessageThatAnswersNothingIsInNoThread() {
    assertThat(accepted(OptionalLong.empty(), Optional.empty()).root()).isEmpty();
  }

  @Test
  void theAnsweredMessageBeginsTheThread() {
    var reply = accepted(OptionalLong.of(3), Optional.of(fact(OptionalLong.empty())));

    assertThat(reply.root()).hasValue(3);
    assertThat(reply.thread()).isEmpty();
  }

  @Test
  void theReplyToAReplyBelongsToTheSameThread() {
    var reply = accepted(OptionalLong.of(5), Optional.of(fact(OptionalLong.of(3))));

    assertThat(reply.root()).hasValue(3);
    assertThat(reply.replyTo()).hasValue(5);
  }

  @Test
  void anErasedReplyStaysInItsThread() {
    var reply = accepted(OptionalLong.of(5), Optional.of(fact(OptionalLong.of(3))));

    assertThat(reply.erased().root()).hasValue(3);
    assertThat(reply.mentioning(List.of("ann")).root()).hasValue(3);
  }

  private static Post.Fact fact(OptionalLong thread) {
    return new Post.Fact("ann", false, List.of(), thread);
  }

  private RoomEvent.Posted accepted(OptionalLong replyTo, Optional<Post.Fact> answered) {
    var message = new RoomEvent.Posted("ann", RoomHistory.NOW, "id", "hello", replyTo);
    return new ThreadRule().accepted(room, message, answered);
  }
}
