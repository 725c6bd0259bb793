package kith.terminal.model;

import java.util.OptionalLong;

/// A thread on the screen, beside the room's timeline or in place of it.
///
/// @param root the first message of the thread
/// @param log the first message and the loaded replies
/// @param before the end of the next earlier page; absent if there is none
/// @param isFollowed as far as it is known
/// @param hasFocus keys and the editor belong to the thread, not to the room
/// @param aside the unsent text of the part without the focus
public record ThreadPane(
    long root,
    Timeline log,
    Reading reading,
    OptionalLong before,
    boolean isFollowed,
    boolean hasFocus,
    Editor aside) {

  /// The number of replies by others that arrived while the thread did not have the focus.
  public int unread(String me) {
    if (hasFocus) return 0;
    return (int)
        log.entries().stream()
            .filter(it -> it.seq() > reading.read() && !it.by().equals(me))
            .count();
  }

  ThreadPane with(Timeline newLog) {
    return new ThreadPane(root, newLog, reading, before, isFollowed, hasFocus, aside);
  }

  public ThreadPane with(Reading newReading) {
    return new ThreadPane(root, log, newReading, before, isFollowed, hasFocus, aside);
  }

  ThreadPane following(boolean is) {
    return new ThreadPane(root, log, reading, before, is, hasFocus, aside);
  }

  /// The focus moves to the other part, and this text of the present one is kept.
  public ThreadPane swapped(Editor typed) {
    return new ThreadPane(root, log, reading, before, isFollowed, !hasFocus, typed);
  }
}
