package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.Test;

/// A session whose socket is slower than its rooms or its client.
class SessionSlowSocketTest extends SessionFixture {
  @Test
  void entriesThatASlowSocketDidNotTakeAreReadWhenItHasDrained() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);

    socket.unwritten(WINDOW);
    self.tell(published(8, 8));
    self.tell(published(9, 9));
    settled();
    assertThat(socket.drainedAsked()).isPositive();
    relay.expectNoMessage(Duration.ZERO);

    socket.unwritten(0);
    drained();
    self.tell(chunk(reads(7), 8, 9, true));

    sees(8, 9);
    self.tell(published(10, 10));
    sees(10, 10);
  }

  @Test
  void aSocketThatDrainsDuringADecisionLeavesNoRoomUnread() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    atTheEnd(self, reads(7));
    completes(7);
    var before = socket.drainedAsked();

    // one check for the published entry, and one for the read
    socket.drainsAfterLooks(2);
    self.tell(published(8, 8));
    settled();

    assertThat(socket.drainedAsked()).isGreaterThan(before);
    drained();
    self.tell(chunk(reads(7), 8, 8, true));
    sees(8, 8);
  }

  @Test
  void framesAreNotHandledWhileTheSocketTakesNoAnswers() {
    signsIn();
    var before = socket.handledSoFar();

    socket.unwritten(WINDOW);
    sends(new ClientFrame.Ping(Optional.of("1")));
    sends(new ClientFrame.Ping(Optional.of("2")));
    socket.expect(ServerFrame.Pong.class);
    socket.expect(ServerFrame.Pong.class);
    settled();
    assertThat(socket.handledSoFar()).isEqualTo(before);

    socket.unwritten(0);
    drained();
    settled();
    assertThat(socket.handledSoFar()).isGreaterThanOrEqualTo(before + 3);
  }
}
