package kith.node.core.session;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import kith.node.core.room.Post;
import kith.protocol.frame.ClientFrame;

/// The posts of a session behind a message whose files are being looked up, so that each sender's
/// order is kept. Not more than a session may have unanswered.
final class WaitingSends {
  /// A post that has arrived, and is complete unless it names files.
  record Waiting(String room, Post post, Optional<ClientFrame.Send> withFiles) {}

  private final Queue<Waiting> posts = new ArrayDeque<>();

  boolean isEmpty() {
    return posts.isEmpty();
  }

  int count() {
    return posts.size();
  }

  void add(Waiting post) {
    posts.add(post);
  }

  /// The message whose files are being looked up.
  Optional<Waiting> first() {
    return Optional.ofNullable(posts.peek());
  }

  void removeFirst() {
    posts.remove();
  }
}
