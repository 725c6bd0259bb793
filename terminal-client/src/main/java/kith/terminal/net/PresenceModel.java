package kith.terminal.net;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// The users on the screen, and whether this user is idle.
///
/// @param watch absent until there are users to watch
/// @param isSent `watch` was sent on this connection
/// @param isIdle no key was pressed for the configured time
record PresenceModel(Optional<ClientFrame.Watch> watch, boolean isSent, boolean isIdle) {
  static final PresenceModel NONE = new PresenceModel(Optional.empty(), false, false);

  PresenceModel watching(ClientFrame.Watch newWatch) {
    return new PresenceModel(Optional.of(newWatch), false, isIdle);
  }

  PresenceModel sent(boolean is) {
    return new PresenceModel(watch, is, isIdle);
  }

  PresenceModel idle(boolean is) {
    return new PresenceModel(watch, isSent, is);
  }
}
