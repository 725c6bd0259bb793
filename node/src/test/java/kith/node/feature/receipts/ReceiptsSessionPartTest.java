package kith.node.feature.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kith.node.core.account.Account;
import kith.node.core.room.RoomView;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.node.feature.inbox.AccountInbox;
import kith.node.feature.inbox.InboxLookup;
import kith.node.feature.inbox.InboxNews;
import kith.node.feature.inbox.InboxSessionPart;
import kith.node.feature.inbox.TestRoomSummaries;
import kith.node.feature.mentions.TestMentions;
import kith.node.feature.presence.Presence;
import kith.node.feature.presence.PresenceSessionPart;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;

/// The receipts that a session reports of its user.
class ReceiptsSessionPartTest extends SessionFixture {

  @Override
  protected SessionFeatures features() {
    var inbox =
        new InboxSessionPart.Factory(
            SETTINGS,
            kit().<InboxNews.Command>createTestProbe().ref(),
            new InboxLookup(new TestRoomSummaries(), new TestMentions()));
    var presence =
        new PresenceSessionPart.Factory(
            SETTINGS.idleAfter(),
            PRESENCE,
            kit().<Presence.Command>createTestProbe().ref(),
            (_, _) -> CompletableFuture.completedFuture(new RoomView.Denied(Code.UNKNOWN_ROOM)));
    return new SessionFeatures(
        List.of(),
        List.of(inbox, presence, new ReceiptsSessionPart.Factory(relays.ref(), 3)),
        List.of());
  }

  @Test
  void countsOfMoreMessagesThanTheLimitAreRefused() {
    signsIn();
    opens("r1", OptionalLong.empty(), 10);
    reads(10);

    sends(new ClientFrame.Receipts("r1", List.of(1L, 2L, 3L)));
    nothingElseIsSent();
    sends(new ClientFrame.Receipts("r1", List.of(1L, 2L, 3L, 4L)));

    refuses(Code.BAD_FIELD);
  }

  @Test
  void noDeliveredPositionIsBeyondTheLastEntry() {
    signsIn();
    opens("r1", OptionalLong.empty(), 10);
    reads(10);

    sends(new ClientFrame.Delivered("r1", Long.MAX_VALUE));
    settled();
    time().timePasses(Duration.ofSeconds(1));

    assertThat(account.receiveMessage()).isEqualTo(new AccountInbox.Delivered("r1", 10));
  }

  @Test
  void changedPrivacyIsAppliedToEarlierReceipts() {
    var attaching = signsInForInbox();
    opens("r1", OptionalLong.empty(), 10);
    reads(10);
    relay.expectMessageClass(RelayReceipts.Subscribe.class);

    var relations = new Relations(Set.of(), Set.of("eve"), PrivacySettings.OPEN, 3);
    attaching.replyTo().tell(new Account.PolicyChanged(relations.policy()));

    assertThat(published()).isEqualTo(new Receipt("ann", 0, 0, relations.policy()));
  }

  @Test
  void readingARoomPublishesAReceipt() {
    signsIn();
    opens("r1", OptionalLong.empty(), 10);
    reads(10);

    sends(new ClientFrame.Read("r1", 9));

    assertThat(published()).isEqualTo(new Receipt("ann", 9, 9, Relations.EMPTY.policy()));
  }

  @Test
  void countsAreAskedForAHundredMessagesAtMost() {
    signsIn();

    sends(new ClientFrame.Receipts("r1", Collections.nCopies(101, 1L)));

    refuses(Code.BAD_FIELD);
  }

  @Test
  void anInvalidRoomOrSeqIsRefusedByTheNameOfItsField() {
    signsIn();

    sends(new ClientFrame.Delivered("No Room!", 1));
    assertThat(refusal()).isEqualTo("The field 'room' must be a room id.");
    sends(new ClientFrame.Delivered("r1", 0));
    assertThat(refusal()).isEqualTo("The field 'seq' must be positive.");
    sends(new ClientFrame.Receipts("No Room!", List.of(1L)));
    assertThat(refusal()).isEqualTo("The field 'room' must be a room id.");
  }

  private Receipt published() {
    return relay.expectMessageClass(RelayReceipts.Report.class).receipt();
  }
}
