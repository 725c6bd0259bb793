package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;

/// Answers about threads. A thread is a message, the replies to it, and the replies to those;
/// `root` is the `seq` of that message.
public final class Threads {
  private Threads() {}

  /// The threads whose first messages are in a part of a room's log.
  public record RoomThreads(String room, List<ThreadCount> threads) {
    public RoomThreads {
      threads = List.copyOf(threads);
    }
  }

  /// @param replies the number of replies, including redacted ones
  /// @param last the latest reply that is counted
  public record ThreadCount(long root, long replies, long last) {}

  /// A page of one thread.
  ///
  /// @param message the first message of the thread; absent if it is not kept any more
  /// @param entries the newest replies before the requested place, in ascending order
  /// @param before the beginning of the next page; absent on the last one
  /// @param replies the number of all replies
  /// @param follow of the account; absent if it does not follow the thread
  public record ThreadPage(
      String room,
      long root,
      Optional<Entry.Message> message,
      List<Entry> entries,
      OptionalLong before,
      long replies,
      Optional<ThreadFollow> follow) {
    public ThreadPage {
      entries = List.copyOf(entries);
    }
  }

  /// @param read the read position in the thread, shared by all devices
  /// @param unread replies of others after it, at most 100
  public record ThreadFollow(long read, int unread) {}

  /// The threads that the account follows, those with unread replies first.
  public record FollowedThreads(List<FollowedThread> threads) {
    public FollowedThreads {
      threads = List.copyOf(threads);
    }
  }

  /// @param last the latest reply; absent if there is none
  /// @param first the first message with the beginning of its text; absent if the account may not
  ///   read it
  public record FollowedThread(
      String room,
      long root,
      long replies,
      OptionalLong last,
      long read,
      int unread,
      Optional<FirstMessage> first) {}

  /// @param text absent if the message was redacted
  public record FirstMessage(Instant at, String by, Optional<String> text) {}

  public record ReadThread(long seq) {}
}
