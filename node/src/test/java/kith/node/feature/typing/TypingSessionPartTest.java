package kith.node.feature.typing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.RoomView;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.node.feature.presence.AccountStatus;
import kith.node.feature.presence.Presence;
import kith.node.feature.presence.PresenceSessionPart;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.privacy.PrivacyPolicy;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/// The typing users that a session sends to its client, and its reports of its own user.
class TypingSessionPartTest extends SessionFixture {

  @Override
  protected SessionFeatures features() {
    var presence =
        new PresenceSessionPart.Factory(
            SETTINGS.idleAfter(),
            PRESENCE,
            kit().<Presence.Command>createTestProbe().ref(),
            (_, _) -> CompletableFuture.completedFuture(new RoomView.Denied(Code.UNKNOWN_ROOM)));
    return new SessionFeatures(
        List.of(), List.of(presence, new TypingSessionPart.Factory(SETTINGS)), List.of());
  }

  @Test
  void aUserWhoStoppedTypingIsRemovedWhenTheSocketDrains() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    types(self, "bob");
    assertThat(shown()).containsExactly("bob");

    socket.unwritten(WINDOW);
    types(self, "bob", "cem");
    types(self);
    settled();
    socket.unwritten(0);
    drained();

    assertThat(shown()).isEmpty();
    assertThat(socket.drainedAsked()).isPositive();
  }

  @Test
  void anUnchangedListIsNotSentAgain() {
    signsIn();
    var self = opens("r1", OptionalLong.empty(), 7);
    types(self, "bob");
    shown();

    socket.unwritten(WINDOW);
    types(self);
    types(self, "bob");
    settled();
    socket.unwritten(0);
    drained();
    types(self, "cem");

    assertThat(shown()).containsExactly("cem");
  }

  @Test
  void typingSignalsOverTheRateAreDropped() {
    signsIn();
    opens("r1", OptionalLong.empty(), 7);
    reads(7);
    for (var i = 0; i < SETTINGS.typingBurst() + 3; i++) sends(new ClientFrame.Typing("r1"));
    settled();

    for (var i = 0; i < SETTINGS.typingBurst(); i++)
      relay.expectMessageClass(RelayTyping.Report.class);
    relay.expectNoMessage(Duration.ZERO);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    sends(new ClientFrame.Typing("r1"));
    assertThat(relay.expectMessageClass(RelayTyping.Report.class).typist())
        .isEqualTo(new Typist("ann", PrivacyPolicy.OPEN));
  }

  @Test
  void anInvisibleUserIsNotSeenTyping() {
    var attaching = signsInForInbox();
    opens("r1", OptionalLong.empty(), 7);
    reads(7);

    attaching.replyTo().tell(new AccountStatus.Chosen(Status.INVISIBLE));
    sends(new ClientFrame.Typing("r1"));
    settled();

    relay.expectNoMessage(Duration.ZERO);
  }

  private static void types(ActorRef<RoomRelay.ToSession> session, String... users) {
    var typists = Stream.of(users).map(it -> new Typist(it, PrivacyPolicy.OPEN)).toList();
    session.tell(new RelayTyping.Changed("r1", typists));
  }

  private List<String> shown() {
    return socket.expect(ServerFrame.Typing.class).users();
  }
}
