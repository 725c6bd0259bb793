package kith.node.feature.reactions;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.session.Objection;
import kith.node.core.session.PostKind;
import kith.protocol.frame.ClientFrame;

/// Turns the frame `react` into a post.
final class ReactionPosts implements PostKind<ClientFrame.React> {
  @Override
  public Class<ClientFrame.React> frames() {
    return ClientFrame.React.class;
  }

  @Override
  public Optional<Objection> objection(ClientFrame.React frame) {
    if (frame.target() < 1) return Objection.badField("target", "must be positive");
    return Emoji.is(frame.emoji())
        ? Optional.empty()
        : Objection.badField("emoji", "must be one emoji");
  }

  @Override
  public Post post(String sender, ClientFrame.React frame) {
    return new React(
        sender, frame.id(), frame.target(), frame.emoji(), frame.remove().orElse(false));
  }
}
