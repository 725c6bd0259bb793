package kith.terminal.net;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.Inboxes.InboxRoom;

/// An event that a session reports to the client.
public sealed interface SessionEvent {

  /// Delivered only on a connection with the inbox.
  sealed interface OfAccount extends SessionEvent {}

  record StateChanged(ConnectionState state) implements SessionEvent {}

  /// New entries of a room: each `seq` once, in order and without gaps.
  record Arrived(String room, List<Entry> entries) implements SessionEvent {
    public Arrived {
      entries = List.copyOf(entries);
    }
  }

  /// All entries up to `seq` were delivered; the next ones are live.
  record CaughtUp(String room, long seq) implements SessionEvent {}

  /// Retention removed these entries; they will not arrive.
  record Missing(String room, long from, long to) implements SessionEvent {}

  /// The node's log ends before an entry that was already delivered: it was restored from a backup.
  record Rewound(String room, long had, long has) implements SessionEvent {}

  /// The post is on disk and is retried until it is answered.
  record Kept(ClientFrame.Post post) implements SessionEvent {}

  /// The file to be uploaded is on disk.
  record UploadKept(PendingUpload upload) implements SessionEvent {}

  record UploadNotKept(PendingUpload upload, String why) implements SessionEvent {}

  /// The post is committed on the server as entry `seq`.
  record Sent(ClientFrame.Post post, long seq, Instant at) implements SessionEvent {}

  /// The post was refused for now, and is retried.
  record Delayed(ClientFrame.Post post, String code, String message) implements SessionEvent {}

  /// The post was refused and is not retried. It stays in the outbox until a `Forget` command.
  record Failed(ClientFrame.Post post, String code, String message) implements SessionEvent {}

  record Page(String id, String room, List<Entry> entries, boolean more) implements SessionEvent {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  record NoPage(String id, String room, String code, String message) implements SessionEvent {}

  /// New or changed rows of the account's list of rooms.
  ///
  /// @param all the ids of all rooms, once per connection
  record Inbox(List<InboxRoom> rooms, List<String> removed, Optional<Set<String>> all)
      implements OfAccount {
    public Inbox {
      rooms = List.copyOf(rooms);
      removed = List.copyOf(removed);
      all = all.map(Set::copyOf);
    }
  }

  /// The presence of the watched users: all of them, or the changes.
  record Presence(List<UserPresence> users, boolean whole) implements OfAccount {
    public Presence {
      users = List.copyOf(users);
    }
  }

  /// All other users who are typing in this room.
  record Typing(String room, List<String> users) implements OfAccount {
    public Typing {
      users = List.copyOf(users);
    }
  }

  /// Contacts and requests: all of them, or the changes.
  record Contacts(ServerFrame.Contacts contacts) implements OfAccount {}

  /// Requests to begin a conversation: all of them, or the changes.
  record Requests(ServerFrame.Requests requests) implements OfAccount {}

  /// The positions up to which other members received and read a room.
  record Receipts(ServerFrame.Receipts receipts) implements OfAccount {}

  /// All notices of administrators to everybody.
  record Notices(ServerFrame.Notices notices) implements OfAccount {}

  /// A thread that the user follows, or has just unfollowed.
  record Thread(ServerFrame.Thread thread) implements OfAccount {}

  /// A reminder that is due, or is no longer due.
  record Reminder(ServerFrame.Reminder reminder) implements OfAccount {}

  /// The moderation state of a room for the user.
  record Moderation(ServerFrame.Moderation moderation) implements OfAccount {}

  /// All requests of the user to join rooms.
  record JoinRequests(ServerFrame.JoinRequests requests) implements OfAccount {}

  /// A member calls a command of this bot.
  record Called(ServerFrame.Call call) implements SessionEvent {}

  /// The answer to a call that only this user sees, or the reason why there is none.
  record Answered(ServerFrame.Answer answer) implements SessionEvent {}

  /// The room was closed or could not be opened.
  record RoomClosed(String room, String code, String message) implements SessionEvent {}
}
