package kith.terminal.model;

import java.util.OptionalLong;

/// A thread on the screen, in place of the room's timeline.
///
/// @param root the first message of the thread
/// @param log the first message and the loaded replies
/// @param before the end of the next earlier page; absent if there is none
/// @param isFollowed as far as it is known
public record ThreadPane(
    long root, Timeline log, Reading reading, OptionalLong before, boolean isFollowed) {

  ThreadPane with(Timeline newLog) {
    return new ThreadPane(root, newLog, reading, before, isFollowed);
  }

  ThreadPane with(Reading newReading) {
    return new ThreadPane(root, log, newReading, before, isFollowed);
  }

  ThreadPane following(boolean is) {
    return new ThreadPane(root, log, reading, before, is);
  }
}
