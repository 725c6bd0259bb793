package kith.terminal.net;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// Whom this person has on the screen, and whether they are at it.
///
/// @param watch absent until somebody is to be seen
/// @param isSent the node knows of `watch`, on this connection
/// @param isIdle nobody has touched a key here for long
record PresenceModel(Optional<ClientFrame.Watch> watch, boolean isSent, boolean isIdle) {
  static final PresenceModel NONE = new PresenceModel(Optional.empty(), false, false);

  PresenceModel watching(ClientFrame.Watch whom) {
    return new PresenceModel(Optional.of(whom), false, isIdle);
  }

  PresenceModel sent(boolean is) {
    return new PresenceModel(watch, is, isIdle);
  }

  PresenceModel idle(boolean is) {
    return new PresenceModel(watch, isSent, is);
  }
}
