package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// A post without an answer.
///
/// @param sentAt when it was written to the current socket
/// @param mayBeCommitted it was sent, perhaps by an earlier run, and only an answer decides
record PendingPost(
    ClientFrame.Post post,
    boolean stored,
    OptionalLong sentAt,
    int tries,
    long notBefore,
    boolean mayBeCommitted) {

  static PendingPost fresh(ClientFrame.Post post) {
    return new PendingPost(post, false, OptionalLong.empty(), 0, 0, false);
  }

  static PendingPost again(ClientFrame.Post post) {
    return new PendingPost(post, false, OptionalLong.empty(), 0, 0, true);
  }

  static PendingPost fromDisk(ClientFrame.Post post) {
    return new PendingPost(post, true, OptionalLong.empty(), 0, 0, true);
  }

  boolean is(String room, String id) {
    return post.room().equals(room) && post.id().equals(id);
  }

  PendingPost onDisk() {
    return new PendingPost(post, true, sentAt, tries, notBefore, mayBeCommitted);
  }

  PendingPost sent(long now) {
    return new PendingPost(post, stored, OptionalLong.of(now), tries, notBefore, true);
  }

  PendingPost unsent() {
    return new PendingPost(post, stored, OptionalLong.empty(), tries, notBefore, mayBeCommitted);
  }

  PendingPost retryAt(long when) {
    return new PendingPost(post, stored, OptionalLong.empty(), tries + 1, when, mayBeCommitted);
  }
}
