package kith.node.feature.pins;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.session.Objection;
import kith.node.core.session.PostKind;
import kith.protocol.frame.ClientFrame;

/// Turns the frame `pin` into a post.
final class PinPosts implements PostKind<ClientFrame.Pin> {
  @Override
  public Class<ClientFrame.Pin> frames() {
    return ClientFrame.Pin.class;
  }

  @Override
  public Optional<Objection> objection(ClientFrame.Pin frame) {
    return frame.target() < 1 ? Objection.badField("target", "must be positive") : Optional.empty();
  }

  @Override
  public Post post(String sender, ClientFrame.Pin frame) {
    return new Pin(sender, frame.id(), frame.target(), frame.remove().orElse(false));
  }
}
