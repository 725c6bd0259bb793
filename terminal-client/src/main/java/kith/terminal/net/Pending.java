package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// A post without an answer.
///
/// @param sentAt when it was written to the socket that lives now
record Pending(
    ClientFrame.Post post, boolean stored, OptionalLong sentAt, int tries, long notBefore) {

  static Pending fresh(ClientFrame.Post post) {
    return new Pending(post, false, OptionalLong.empty(), 0, 0);
  }

  static Pending fromDisk(ClientFrame.Post post) {
    return new Pending(post, true, OptionalLong.empty(), 0, 0);
  }

  boolean is(String room, String id) {
    return post.room().equals(room) && post.id().equals(id);
  }

  Pending onDisk() {
    return new Pending(post, true, sentAt, tries, notBefore);
  }

  Pending sent(long now) {
    return new Pending(post, stored, OptionalLong.of(now), tries, notBefore);
  }

  Pending unsent() {
    return new Pending(post, stored, OptionalLong.empty(), tries, notBefore);
  }

  Pending againAt(long when) {
    return new Pending(post, stored, OptionalLong.empty(), tries + 1, when);
  }
}
