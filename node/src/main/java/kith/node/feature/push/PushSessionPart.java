package kith.node.feature.push;

import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.platform.config.CourierIntervals;
import kith.protocol.frame.ClientFrame;

/// Notes that the user of an account with a receiver is active on some device.
final class PushSessionPart implements SessionPart {

  /// @param note keeps the time of an account
  record Factory(PushIndex index, BiConsumer<String, Instant> note, Clock clock)
      implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new PushSessionPart(host, this);
    }
  }

  private final SessionHost host;
  private final Factory shared;
  private Instant noted = Instant.EPOCH;

  private PushSessionPart(SessionHost host, Factory shared) {
    this.host = host;
    this.shared = shared;
  }

  @Override
  public void received(ClientFrame frame) {
    if (!isOfUser(frame) || shared.index().rules(host.user()).isEmpty()) return;
    var now = shared.clock().instant();
    if (noted.plus(CourierIntervals.ACTIVITY_NOTED).isAfter(now)) return;
    noted = now;
    shared.note().accept(host.user(), now);
  }

  /// A client sends other frames without its user doing anything.
  static boolean isOfUser(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Post _,
          ClientFrame.Typing _,
          ClientFrame.Read _,
          ClientFrame.Unread _,
          ClientFrame.ChangeStatus _ ->
          true;
      case ClientFrame ignored -> false;
    };
  }
}
