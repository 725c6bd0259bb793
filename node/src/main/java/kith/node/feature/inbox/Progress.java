package kith.node.feature.inbox;

/// The entries up to which a member has received and read a room, as other members may see them.
///
/// It only moves forward: when two values are merged, the higher positions win.
public record Progress(long delivered, long read) {
  public static final Progress NONE = new Progress(0, 0);

  public Progress {
    // a message that was read was delivered
    delivered = Math.max(delivered, read);
  }

  public Progress merge(Progress other) {
    return new Progress(Math.max(delivered, other.delivered), Math.max(read, other.read));
  }

  /// At most up to `last`: no member is ahead of the room.
  public Progress upTo(long last) {
    return delivered <= last ? this : new Progress(last, Math.min(read, last));
  }
}
