package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// A command of the client to its session. `Connection.submit` takes these from any thread.
public sealed interface SessionCommand extends SessionInput {

  /// Opens a room and keeps it open on every later connection.
  ///
  /// @param after deliver the entries above this `seq`; if absent, only entries from now on
  record Open(String room, OptionalLong after) implements SessionCommand {

    public static Open after(String room, long seq) {
      return new Open(room, OptionalLong.of(seq));
    }

    public static Open fromNow(String room) {
      return new Open(room, OptionalLong.empty());
    }
  }

  record Close(String room) implements SessionCommand {}

  /// Retried until the node answers. The answer is a `Sent` or a `Failed` event.
  record Post(ClientFrame.Post post) implements SessionCommand {}

  /// Like `Post`, for a post that failed before.
  record Retry(ClientFrame.Post post) implements SessionCommand {}

  /// Removes a refused post from the outbox.
  record Forget(ClientFrame.Post post) implements SessionCommand {}

  /// Keeps a file on disk until its post is submitted or forgotten. The answer is an `UploadKept`
  /// or an `UploadNotKept` event.
  record KeepUpload(PendingUpload upload) implements SessionCommand {}

  /// The answer is a `Page` or a `NoPage` event.
  record History(ClientFrame.History question) implements SessionCommand {}

  /// The user has read the room up to `seq`. Sent in batches; resent on the next connection until
  /// the node confirms it.
  record Read(String room, long seq) implements SessionCommand {}

  /// Marks the room as unread from `seq` on. Sent at once; dropped while offline.
  record Unread(String room, long seq) implements SessionCommand {}

  /// Subscribes to the presence of these users, instead of those of the previous `Watch`. The
  /// answers are `Presence` events.
  record Watch(ClientFrame.Watch watch) implements SessionCommand {}

  /// The user is typing in this room.
  record Typing(String room) implements SessionCommand {}

  /// Requests the numbers of members who received and read a message. The answer is a `Receipts`
  /// event, in rooms that are too large for receipts by name.
  record CountReceipts(String room, long seq) implements SessionCommand {}

  /// Whether the user is idle.
  record Idle(boolean is) implements SessionCommand {}

  /// The user is active: ends a long back-off early.
  record Wake() implements SessionCommand {}

  /// The user asks for a connection at once.
  record Reconnect() implements SessionCommand {}
}
