package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// A post without an answer.
///
/// @param sentAt when it was written to the current socket
record PendingPost(
    ClientFrame.Post post, boolean stored, OptionalLong sentAt, int tries, long notBefore) {

  static PendingPost fresh(ClientFrame.Post post) {
    return new PendingPost(post, false, OptionalLong.empty(), 0, 0);
  }

  static PendingPost fromDisk(ClientFrame.Post post) {
    return new PendingPost(post, true, OptionalLong.empty(), 0, 0);
  }

  boolean is(String room, String id) {
    return post.room().equals(room) && post.id().equals(id);
  }

  PendingPost onDisk() {
    return new PendingPost(post, true, sentAt, tries, notBefore);
  }

  PendingPost sent(long now) {
    return new PendingPost(post, stored, OptionalLong.of(now), tries, notBefore);
  }

  PendingPost unsent() {
    return new PendingPost(post, stored, OptionalLong.empty(), tries, notBefore);
  }

  PendingPost retryAt(long when) {
    return new PendingPost(post, stored, OptionalLong.empty(), tries + 1, when);
  }
}
