package kith.node.core.session;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.protocol.frame.ClientFrame;

/// A kind of post that a feature adds: what its frame must be like, and what it means for the room.
/// Everything else is done for it as for any post: rate limits, retries, batches and the answer.
public interface PostKind<F extends ClientFrame.FeaturePost> {
  Class<F> frames();

  /// What is wrong with the frame itself. Its `id` is checked already.
  Optional<Objection> objection(F frame);

  Post post(String sender, F frame);
}
