package kith.terminal.net;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.Whereabouts;
import kith.protocol.rest.Inboxes.InboxRoom;

/// What a session tells the client that uses it.
public sealed interface SessionEvent {

  /// What comes only on a connection with the inbox.
  sealed interface OfAccount extends SessionEvent {}

  record StateChanged(ConnectionState state) implements SessionEvent {}

  /// Entries that follow on the ones before, each `seq` once and without a hole.
  record Arrived(String room, List<Entry> entries) implements SessionEvent {
    public Arrived {
      entries = List.copyOf(entries);
    }
  }

  /// Nothing is missing up to `seq`; what comes next is live.
  record CaughtUp(String room, long seq) implements SessionEvent {}

  /// Retention removed these entries: they will not come.
  record Missing(String room, long from, long to) implements SessionEvent {}

  /// The node's log ends before what was seen already: it was restored from an older state.
  record Rewound(String room, long had, long has) implements SessionEvent {}

  /// The post is on disk here and will be tried until it is answered.
  record Kept(ClientFrame.Post post) implements SessionEvent {}

  /// The post is committed on the server as entry `seq`.
  record Sent(ClientFrame.Post post, long seq, Instant at) implements SessionEvent {}

  /// The post was refused and will not be tried again.
  record Failed(ClientFrame.Post post, String code, String message) implements SessionEvent {}

  record Page(String id, String room, List<Entry> entries, boolean more) implements SessionEvent {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  record NoPage(String id, String room, String code, String message) implements SessionEvent {}

  /// Of the account's list of rooms what is new or changed.
  ///
  /// @param all the ids of all there are, once on a connection
  record Inbox(List<InboxRoom> rooms, List<String> removed, Optional<Set<String>> all)
      implements OfAccount {
    public Inbox {
      rooms = List.copyOf(rooms);
      removed = List.copyOf(removed);
      all = all.map(Set::copyOf);
    }
  }

  /// Who is there of those that are watched: all of them, or who changed.
  record Presence(List<Whereabouts> users, boolean whole) implements OfAccount {
    public Presence {
      users = List.copyOf(users);
    }
  }

  /// Everybody else who writes something into this room just now.
  record Typing(String room, List<String> users) implements OfAccount {
    public Typing {
      users = List.copyOf(users);
    }
  }

  /// Contacts and requests: the whole of them, or what changed.
  record Contacts(ServerFrame.Contacts contacts) implements OfAccount {}

  /// How far others have a room.
  record Receipts(ServerFrame.Receipts receipts) implements OfAccount {}

  /// The room is not open any more, or could not be opened.
  record RoomClosed(String room, String code, String message) implements SessionEvent {}
}
