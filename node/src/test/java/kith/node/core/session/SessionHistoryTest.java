package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.core.relay.RoomRelay;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// Pages of history for a client.
class SessionHistoryTest extends SessionFixture {
  @Test
  void historyComesAsAPage() {
    signsIn();
    log.saysUpTo(7);
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(history("h1", OptionalLong.empty(), OptionalLong.of(2), 3));
    var page = socket.expect(ServerFrame.Page.class);
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(3L, 4L, 5L);
    assertThat(page.more()).isTrue();
    sends(history("h2", OptionalLong.of(3), OptionalLong.empty(), 5));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(1L, 2L);
  }

  @Test
  void aPageThatWouldBeTooLargeHasFewerEntries() {
    signsIn();
    log.saysUpTo(40);
    var self = opens("r1", OptionalLong.empty(), 40);
    atTheEnd(self, reads(40));
    completes(40);

    sends(history("h1", OptionalLong.empty(), OptionalLong.of(0), 40));

    var page = socket.expect(ServerFrame.Page.class);
    assertThat(page.entries()).hasSizeBetween(1, 10);
    assertThat(page.more()).isTrue();
  }

  @Test
  void historyEndsWhereTheUserIsKnownToBeAMember() {
    signsIn();
    log.saysUpTo(9);
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    sends(history("h1", OptionalLong.empty(), OptionalLong.empty(), 3));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(5L, 6L, 7L);
    self.tell(published(8, 8));
    sees(8, 8);
    sends(history("h2", OptionalLong.empty(), OptionalLong.of(6), 3));
    assertThat(socket.expect(ServerFrame.Page.class).entries())
        .extracting(Entry::seq)
        .containsExactly(7L, 8L);
  }

  @Test
  void aUserKickedWhileTheLogIsReadGetsNoEntries() {
    signsIn();
    log.saysUpTo(7);
    log.hold();
    var self = opens("r1", OptionalLong.of(0), 7);
    self.tell(onlyInLog(reads(0), 7));
    sends(history("h1", OptionalLong.empty(), OptionalLong.empty(), 3));
    settled();

    self.tell(new RoomRelay.Closed("r1", Code.KICKED));
    assertThat(socket.expect(ServerFrame.Closed.class).code()).isEqualTo(Code.KICKED.wire());
    log.letGo();

    refuses(Code.ROOM_NOT_OPEN);
    nothingElseIsSent();
  }

  private static ClientFrame.History history(
      String id, OptionalLong before, OptionalLong after, int limit) {
    return new ClientFrame.History(id, "r1", before, after, OptionalInt.of(limit));
  }
}
