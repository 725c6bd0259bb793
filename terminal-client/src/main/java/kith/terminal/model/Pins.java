package kith.terminal.model;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;

/// Pinned messages.
public final class Pins {
  private Pins() {}

  /// A post that pins the message, or unpins it.
  public static ClientFrame.Pin post(String id, String room, long message, boolean isPinned) {
    return new ClientFrame.Pin(id, room, message, isPinned ? Optional.empty() : Optional.of(true));
  }

  /// A post that pins the message, or unpins it if it is pinned.
  public static ClientFrame.Pin toggled(String id, String room, Entry.Message message) {
    return post(id, room, message.seq(), message.pin().isEmpty());
  }

  /// The command that makes the same post.
  public static String command(ClientFrame.Pin post) {
    return (post.remove().orElse(false) ? "/unpin " : "/pin ") + post.target();
  }
}
