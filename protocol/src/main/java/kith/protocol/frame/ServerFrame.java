package kith.protocol.frame;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Limits;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Joining.OwnJoinRequest;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.People.Request;

/// A frame that a node sends on a socket.
public sealed interface ServerFrame {

  /// The answer to `hello`.
  ///
  /// @param session identifies this socket in the node's logs
  /// @param at the node's time, for display only, not for ordering
  /// @param rooms the rooms this account is a member of
  /// @param features the names of the optional features that this node has
  record Welcome(
      String user,
      String device,
      String session,
      String node,
      Instant at,
      Limits limits,
      List<String> rooms,
      Optional<List<String>> features)
      implements ServerFrame {
    public Welcome {
      rooms = List.copyOf(rooms);
      features = features.map(List::copyOf);
    }

    public Welcome(
        String user,
        String device,
        String session,
        String node,
        Instant at,
        Limits limits,
        List<String> rooms) {
      this(user, device, session, node, at, limits, rooms, Optional.empty());
    }
  }

  /// One or more entries of a room, in order, directly after the previous ones.
  record Entries(String room, List<Entry> entries) implements ServerFrame {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /// The client has all entries up to `seq`; later entries arrive live.
  record Complete(String room, long seq) implements ServerFrame {}

  /// Retention removed the entries `from` to `to` (inclusive); they are not delivered.
  record Gap(String room, long from, long to) implements ServerFrame {}

  record Ack(String id, String room, long seq, Instant at) implements ServerFrame {}

  /// The answer to `history`; `more` is true if the log continues in the requested direction.
  record Page(String id, String room, List<Entry> entries, boolean more) implements ServerFrame {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// The room is no longer open on this socket.
  record Closed(String room, String code, String message) implements ServerFrame {}

  /// A frame was refused; the connection stays open.
  record Problem(
      String code,
      String message,
      Optional<String> id,
      Optional<String> room,
      OptionalLong retryAfterMillis)
      implements ServerFrame {}

  /// Rooms of the inbox: all of them if `whole`, otherwise those that changed; the rooms in
  /// `removed` are no longer in it.
  ///
  /// @param more `true` if the list that began with `whole` continues in the next frame
  record Inbox(List<InboxRoom> rooms, List<String> removed, boolean whole, Optional<Boolean> more)
      implements ServerFrame {
    public Inbox {
      rooms = List.copyOf(rooms);
      removed = List.copyOf(removed);
    }
  }

  /// Presence of the users that the client watches: all of them if `whole`, otherwise those whose
  /// presence changed.
  record Presence(List<UserPresence> users, boolean whole) implements ServerFrame {
    public Presence {
      users = List.copyOf(users);
    }
  }

  /// All other users who are typing in this room.
  record Typing(String room, List<String> users) implements ServerFrame {
    public Typing {
      users = List.copyOf(users);
    }
  }

  /// Contacts and requests: all of them if `whole`, otherwise the changes. Each user is in at most
  /// one list; the users in `removed` are no longer in any.
  record Contacts(
      List<Contact> contacts,
      List<Contact> incoming,
      List<Contact> outgoing,
      List<String> removed,
      boolean whole)
      implements ServerFrame {
    public Contacts {
      contacts = List.copyOf(contacts);
      incoming = List.copyOf(incoming);
      outgoing = List.copyOf(outgoing);
      removed = List.copyOf(removed);
    }
  }

  /// Requests to begin a conversation: all of them if `whole`, otherwise the changes. Each user is
  /// in at most one list; the users in `removed` are no longer in any.
  record Requests(
      List<Request> incoming, List<Request> outgoing, List<String> removed, boolean whole)
      implements ServerFrame {
    public Requests {
      incoming = List.copyOf(incoming);
      outgoing = List.copyOf(outgoing);
      removed = List.copyOf(removed);
    }
  }

  /// Positions of other members: by name in small rooms, `counts` of the requested messages in
  /// large ones.
  record Receipts(String room, Optional<List<Receipt>> users, Optional<List<ReceiptCount>> counts)
      implements ServerFrame {}

  /// The last entries that `user` has received and read.
  record Receipt(String user, long delivered, long read) {}

  /// The number of members who have received the entry `seq`, and who have read it.
  record ReceiptCount(long seq, long delivered, long read) {}

  /// The notices of administrators to everybody. Each frame contains all of them.
  ///
  /// @param maintenance the message of administrators while nothing can be changed; absent outside
  ///   maintenance
  record Notices(List<Announcement> announcements, Optional<String> maintenance)
      implements ServerFrame {
    public Notices {
      announcements = List.copyOf(announcements);
    }
  }

  /// An announcement to everybody, which a client shows once.
  ///
  /// @param number later announcements have higher ones
  record Announcement(long number, Instant at, Instant until, String text) {}

  /// The state of a thread that the account follows, or has just unfollowed.
  ///
  /// @param root `seq` of the first message of the thread
  /// @param followed false after the account unfollowed it; the other fields mean nothing then
  /// @param last the latest reply; absent if there is none
  /// @param read the account's read position in the thread
  /// @param unread replies of others after `read`, at most 100
  record Thread(
      String room,
      long root,
      boolean followed,
      long replies,
      OptionalLong last,
      long read,
      int unread)
      implements ServerFrame {}

  /// A reminder of the account is due, or is not due any more.
  ///
  /// @param reminder the id that the client chose
  /// @param due false after the account has removed or postponed it; the other fields mean nothing
  ///   then
  /// @param at the time at which it became due
  /// @param text of the user; absent if it has only a message
  /// @param room the room of the message; absent without a message
  record Reminder(
      String reminder,
      boolean due,
      Instant at,
      Optional<String> text,
      Optional<String> room,
      OptionalLong seq)
      implements ServerFrame {}

  /// The moderation state of a room for this user: mutes in open rooms, and a moderator's open
  /// tasks in all rooms. A frame without other fields means that there is none left.
  ///
  /// @param reports open reports, for moderators; absent if there are none
  /// @param joinRequests users who ask to join, for moderators; absent if there are none
  record Moderation(
      String room, Optional<OwnMute> mute, OptionalInt reports, OptionalInt joinRequests)
      implements ServerFrame {
    public Moderation(String room, Optional<OwnMute> mute, OptionalInt reports) {
      this(room, mute, reports, OptionalInt.empty());
    }

    public Moderation(String room, Optional<OwnMute> mute) {
      this(room, mute, OptionalInt.empty());
    }
  }

  /// The user's own requests to join rooms. Each frame contains all of them.
  ///
  /// @param joined the room that the user has just joined because a moderator accepted its request
  record JoinRequests(List<OwnJoinRequest> requests, Optional<JoinedRoom> joined)
      implements ServerFrame {
    public JoinRequests {
      requests = List.copyOf(requests);
    }
  }

  record JoinedRoom(String room, String name) {}

  /// The user cannot write, edit or react until this time.
  record OwnMute(Instant until, String by, Optional<String> reason) {}

  /// A member calls a command of this bot.
  ///
  /// @param call the id of the call, for its answer
  /// @param text the text after the name of the command, as it was typed
  /// @param arguments the same by the names of the arguments
  /// @param until the latest time for an answer
  record Call(
      String call,
      String room,
      String command,
      String text,
      List<CallArgument> arguments,
      String by,
      Instant at,
      Instant until)
      implements ServerFrame {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// An argument of a call.
  record CallArgument(String name, String value) {}

  /// The answer to a call that only this user sees, or the reason why there is none.
  ///
  /// @param body absent if there is no answer; then there are `code` and `message`
  record Answer(
      String call,
      String room,
      String bot,
      String command,
      Optional<String> body,
      Optional<String> code,
      Optional<String> message)
      implements ServerFrame {}

  record Pong(Optional<String> id) implements ServerFrame {}

  /// The last frame before the node closes the socket.
  record Goodbye(String code, String message, OptionalLong reconnectAfterMillis)
      implements ServerFrame {}
}
