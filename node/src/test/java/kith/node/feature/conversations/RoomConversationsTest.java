package kith.node.feature.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.core.account.Account;
import kith.node.core.account.Memberships.Outcome;
import kith.protocol.Code;
import org.junit.jupiter.api.Test;

/// The outcome of beginning a conversation, by the answers of the other account and the room.
class RoomConversationsTest {
  private final AtomicBoolean isMade = new AtomicBoolean();
  private boolean isMember;

  @Test
  void noRoomIsMadeWithAnUnknownUser() {
    assertThat(converses(Account.Refused.because(Code.UNKNOWN_USER)))
        .isEqualTo(new Outcome.Refused(Code.UNKNOWN_USER));
    assertThat(isMade).isFalse();
  }

  @Test
  void tooManyConversationsOfTheOtherAccountAreNotDisclosed() {
    assertThat(converses(Account.Refused.because(Code.TOO_MANY_ROOMS)))
        .isEqualTo(new Outcome.Done(Optional.empty()));
    assertThat(isMade).isTrue();
  }

  @Test
  void aMemberKeepsTheConversationAfterTheOtherAccountIsDeleted() {
    isMember = true;

    assertThat(converses(Account.Refused.because(Code.UNKNOWN_USER)))
        .isEqualTo(new Outcome.Done(Optional.empty()));
  }

  @Test
  void aMemberKeepsTheConversationWhileTheOtherAccountDoesNotAnswer() {
    isMember = true;

    assertThat(converses(Account.Refused.because(Code.UNAVAILABLE)))
        .isEqualTo(new Outcome.Done(Optional.empty()));
    assertThat(isMade).isFalse();
  }

  @Test
  void noRoomIsMadeWithoutAnAnswerOfTheOtherAccount() {
    assertThat(converses(Account.Refused.because(Code.UNAVAILABLE)))
        .isEqualTo(new Outcome.Refused(Code.UNAVAILABLE));
    assertThat(isMade).isFalse();
  }

  private Outcome converses(Account.Answer enrolled) {
    return RoomConversations.converse(
            CompletableFuture.completedFuture(enrolled),
            () -> {
              isMade.set(true);
              return CompletableFuture.completedFuture(new Outcome.Done(Optional.empty()));
            },
            () -> CompletableFuture.completedFuture(isMember))
        .toCompletableFuture()
        .join();
  }
}
