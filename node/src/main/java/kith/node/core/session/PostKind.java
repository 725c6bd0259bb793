package kith.node.core.session;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.protocol.frame.ClientFrame;

/// A kind of post that a feature adds: the rules for its frame, and the post for the room. Rate
/// limits, retries, batches and the answer are the same as for any post.
public interface PostKind<F extends ClientFrame.FeaturePost> {
  Class<F> frames();

  /// The reason to refuse the frame, if any. Its `id` is already checked.
  Optional<Objection> objection(F frame);

  Post post(String sender, F frame);
}
