package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kith.node.core.session.SocketEvent;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox outbox = new Outbox(16);
  private final SessionProbe session = new SessionProbe(outbox);

  @Test
  void closingASocketThatNeverOpenedEndsItOnce() throws Exception {
    outbox.listen(session);

    outbox.close(4408, "hello-timeout", ByteString.emptyByteString());
    outbox.end();

    session.hears(new SocketEvent.Ended());
    session.heardNothingMore();
  }

  @Test
  void aSessionThatClosesBeforeItListensReceivesEnded() throws Exception {
    outbox.close(1013, "too-many-connections", ByteString.emptyByteString());

    outbox.listen(session);

    session.hears(new SocketEvent.Ended());
    session.heardNothingMore();
  }

  @Test
  void noEventFollowsEnded() throws Exception {
    outbox.listen(session);

    outbox.end();
    outbox.received(ByteString.fromString("late"));
    outbox.signalWhenDrained();
    outbox.signalIfDrained();

    session.hears(new SocketEvent.Ended());
    session.heardNothingMore();
  }

  @Test
  void framesWrittenAfterClosingAreDropped() {
    outbox.close(1000, "", ByteString.fromString("last"));
    outbox.write(ByteString.fromString("too late"));

    assertThat(outbox.unwritten()).isEqualTo(4);
  }

  @Test
  void theFirstCloseCounts() {
    outbox.close(4403, "device-ended", ByteString.emptyByteString());
    outbox.close(1012, "going-away", ByteString.emptyByteString());

    assertThat(outbox.closeFrame()).isEqualTo(Frames.close(4403, "device-ended"));
  }

  @Test
  void writingBeyondTheUnwrittenLimitFails() {
    var mebibyte = ByteString.fromArray(new byte[1 << 20]);
    for (var i = 0; i < Outbox.MOST_UNWRITTEN >> 20; i++) {
      outbox.write(mebibyte);
    }

    assertThatThrownBy(() -> outbox.write(mebibyte)).isInstanceOf(IllegalStateException.class);
  }
}
