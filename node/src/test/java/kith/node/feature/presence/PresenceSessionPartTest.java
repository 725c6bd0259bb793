package kith.node.feature.presence;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kith.node.core.room.RoomView;
import kith.node.core.session.SessionFeatures;
import kith.node.core.session.SessionFixture;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;

/// The limits of a client's requests for presence.
class PresenceSessionPartTest extends SessionFixture {

  @Override
  protected SessionFeatures features() {
    var presence =
        new PresenceSessionPart.Factory(
            SETTINGS.idleAfter(),
            PRESENCE,
            kit().<Presence.Command>createTestProbe().ref(),
            (_, _) -> CompletableFuture.completedFuture(new RoomView.Denied(Code.UNKNOWN_ROOM)));
    return new SessionFeatures(List.of(), List.of(presence), List.of());
  }

  @Test
  void watchingMoreUsersThanTheLimitIsRefused() {
    signsIn();

    sends(new ClientFrame.Watch(Optional.empty(), List.of("bob", "cyd", "dan")));
    settled();
    sends(new ClientFrame.Watch(Optional.empty(), List.of("bob", "cyd", "dan", "eve")));

    refuses(Code.BAD_FIELD);
  }

  @Test
  void changesOfStatusBeyondTheBurstAreRefused() {
    signsIn();

    for (var i = 0; i < PRESENCE.statusBurst(); i++)
      sends(new ClientFrame.ChangeStatus(Status.IDLE));
    settled();
    nothingElseIsSent();
    sends(new ClientFrame.ChangeStatus(Status.IDLE));

    refuses(Code.RATE_LIMITED);
  }
}
