package kith.node.feature.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/// The counts of reports and requests that a session sends to a moderator.
class ModerationSessionPartTest extends SessionFixture {
  private final TestProbe<BacklogNews.Command> news = kit().createTestProbe();

  @Override
  protected SessionFeatures features() {
    var moderation =
        new ModerationSessionPart.Factory(news.ref(), Clock.fixed(NOW, ZoneOffset.UTC));
    return new SessionFeatures(List.of(), List.of(moderation), List.of());
  }

  @Test
  void theCountsOfTheRelayComeBeforeThoseOfTheNews() {
    var fromNews = connects();
    var fromRelay = opens("r1", OptionalLong.empty(), 7);

    fromRelay.tell(counts(2));
    assertThat(shown()).hasValue(2);
    fromNews.tell(waits(1));

    nothingElseIsSent();
  }

  @Test
  void aClosedRoomHasTheCountsOfTheNews() {
    var fromNews = connects();
    var fromRelay = opens("r1", OptionalLong.empty(), 7);
    fromNews.tell(waits(1));
    assertThat(shown()).hasValue(1);
    fromRelay.tell(counts(2));
    assertThat(shown()).hasValue(2);

    sends(new ClientFrame.Close("r1"));

    assertThat(shownAfterClosed()).hasValue(1);
  }

  @Test
  void aClosedRoomWithoutNewsHasNoCounts() {
    connects();
    opens("r1", OptionalLong.empty(), 7).tell(counts(2));
    assertThat(shown()).hasValue(2);

    sends(new ClientFrame.Close("r1"));

    assertThat(shownAfterClosed()).isEmpty();
  }

  private ActorRef<Backlog> connects() {
    signsInForInbox();
    return news.expectMessageClass(BacklogNews.Connected.class).session();
  }

  private static Backlog waits(int reports) {
    return new Backlog("ann", "r1", reports, 0);
  }

  private static RoomRelay.ToSession counts(int reports) {
    return new RelayModeration.Changed("r1", new Concern(Optional.empty(), reports, 0));
  }

  private OptionalInt shown() {
    return socket.expect(ServerFrame.Moderation.class).reports();
  }

  private OptionalInt shownAfterClosed() {
    socket.expect(ServerFrame.Closed.class);
    return shown();
  }
}
