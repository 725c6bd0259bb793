package kith.node.core.session;

import java.util.ArrayList;
import java.util.List;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Post;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// One room that a session has open, and the place it has got to in its log.
///
/// While the socket takes all, what is published is passed on as it comes. When it does not,
/// nothing is kept but the place, and reading goes on from there when the socket has drained.
final class OpenRoom {
  enum Mode {
    /// The relay has not answered yet.
    OPENING,
    /// Wants to read on from `seq`, and waits for its turn.
    BEHIND,
    /// Has asked for what follows on `seq`.
    READING,
    /// Gets what is published.
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

  /// @param after where the client is; negative if it wants only what comes
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

  /// What was posted early, once.
  List<Post> early() {
    var posts = List.copyOf(early);
    early.clear();
    return posts;
  }

  /// The latest seq that the room had while this user surely was a member.
  long latest() {
    return latest;
  }

  void saw(long last) {
    latest = Math.max(latest, last);
  }

  /// Did the client have the room open already?
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

  /// The relay is gone: the room is opened again from this place.
  void relayEnded() {
    relay = null;
    mode = Mode.OPENING;
  }

  /// The client starts over from another place. True if reading has to begin for that; when it is
  /// under way already, or its turn will come, it finds the new place by itself.
  boolean restart(long after) {
    isComplete = false;
    seq = after;
    if (mode != Mode.LIVE) return false;
    mode = Mode.BEHIND;
    return true;
  }

  /// @param number of the question: answers to earlier ones say nothing of where this room is now
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

  /// Are entries from `first` on the next ones?
  boolean isNext(long first) {
    return first == seq + 1;
  }

  void passed(long last) {
    seq = last;
    saw(last);
  }

  /// True once for each time the room was opened: the client is to be told that it has everything.
  boolean completes() {
    var isFirst = !isComplete;
    isComplete = true;
    return isFirst;
  }
}
