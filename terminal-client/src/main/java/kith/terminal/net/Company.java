package kith.terminal.net;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// Whom this person has on the screen, and whether they are at it.
///
/// @param watch absent until somebody is to be seen
/// @param isSaid the node knows of `watch`, on this connection
/// @param isIdle nobody has touched a key here for long
record Company(Optional<ClientFrame.Watch> watch, boolean isSaid, boolean isIdle) {
  static final Company NONE = new Company(Optional.empty(), false, false);

  Company watching(ClientFrame.Watch whom) {
    return new Company(Optional.of(whom), false, isIdle);
  }

  Company said(boolean is) {
    return new Company(watch, is, isIdle);
  }

  Company idle(boolean is) {
    return new Company(watch, isSaid, is);
  }
}
