package kith.node.core.session;

import java.util.ArrayList;
import java.util.List;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Post;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// One room that a session has open, and its position in the room's log.
///
/// While the socket accepts frames, published entries are sent as they arrive. Otherwise only the
/// position is kept, and reading continues from there when the socket has drained.
final class OpenRoom {
  enum Mode {
    /// The relay has not answered yet.
    OPENING,
    /// Waits for its turn to read on from `seq`.
    BEHIND,
    /// Has asked for the entries after `seq`.
    READING,
    /// Gets entries as they are published.
    LIVE
  }

  final String room;
  private Mode mode = Mode.OPENING;
  private long seq;
  private boolean isComplete;
  private boolean wasOpened;
  private long read;
  private long latest;
  private @Nullable ActorRef<RoomRelay.Command> relay;

  /// Posted before the relay answered; not more than a session may have unanswered.
  private final List<Post> early = new ArrayList<>();

  /// @param after the client's position; negative if it wants new entries only
  OpenRoom(String room, long after) {
    this.room = room;
    this.seq = after;
  }

  Mode mode() {
    return mode;
  }

  long seq() {
    return seq;
  }

  @Nullable ActorRef<RoomRelay.Command> relay() {
    return relay;
  }

  /// A client need not wait for `complete` before it posts.
  void post(Post post, ActorRef<RoomRelay.ToSession> session) {
    if (relay == null) early.add(post);
    else relay.tell(new RoomRelay.Submit(post, session));
  }

  /// Removes and returns the posts that waited for the relay.
  List<Post> early() {
    var posts = List.copyOf(early);
    early.clear();
    return posts;
  }

  /// The latest seq that the room is known to have had while this user was a member.
  long latest() {
    return latest;
  }

  void saw(long last) {
    latest = Math.max(latest, last);
  }

  /// True if a relay has admitted the session since the client opened the room.
  boolean wasOpened() {
    return wasOpened;
  }

  void opened(ActorRef<RoomRelay.Command> by, long last) {
    relay = by;
    wasOpened = true;
    saw(last);
    if (seq < 0) seq = last;
    mode = Mode.BEHIND;
  }

  /// The relay has ended: the room is opened again from this position.
  void relayEnded() {
    relay = null;
    mode = Mode.OPENING;
  }

  /// The client starts over from another position. True if a read has to be started for it; one
  /// that is running or waiting for its turn continues from the new position.
  boolean restart(long after) {
    isComplete = false;
    seq = after;
    if (mode != Mode.LIVE) return false;
    mode = Mode.BEHIND;
    return true;
  }

  /// @param number identifies the read: answers to earlier ones are ignored
  void reading(long number) {
    mode = Mode.READING;
    read = number;
  }

  long read() {
    return read;
  }

  boolean isReading(long number) {
    return mode == Mode.READING && read == number;
  }

  void behind() {
    mode = Mode.BEHIND;
  }

  void live() {
    mode = Mode.LIVE;
  }

  /// True if `first` follows directly on the position.
  boolean isNext(long first) {
    return first == seq + 1;
  }

  void passed(long last) {
    seq = last;
    saw(last);
  }

  /// True once each time the client opens the room: it then gets `complete`.
  boolean completes() {
    var isFirst = !isComplete;
    isComplete = true;
    return isFirst;
  }
}
