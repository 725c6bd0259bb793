package kith.protocol.frame;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Limits;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.People.Contact;

/// What a node says on a socket.
public sealed interface ServerFrame {

  /// The answer to `hello`.
  ///
  /// @param session names this socket in the node's logs
  /// @param at the node's clock, for showing, never for ordering
  /// @param rooms the rooms this account is a member of
  record Welcome(
      String user,
      String device,
      String session,
      String node,
      Instant at,
      Limits limits,
      List<String> rooms)
      implements ServerFrame {
    public Welcome {
      rooms = List.copyOf(rooms);
    }
  }

  /// One or many entries of a room, in order, following on the ones before.
  record Entries(String room, List<Entry> entries) implements ServerFrame {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /// The end of what was missed: the client has everything up to `seq`, and what comes is live.
  record Complete(String room, long seq) implements ServerFrame {}

  /// Retention removed `from` to `to` (inclusive): they will not come.
  record Gap(String room, long from, long to) implements ServerFrame {}

  record Ack(String id, String room, long seq, Instant at) implements ServerFrame {}

  /// The answer to `history`; `more` says whether the log goes on in the direction asked.
  record Page(String id, String room, List<Entry> entries, boolean more) implements ServerFrame {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// The room is no longer open on this socket.
  record Closed(String room, String code, String message) implements ServerFrame {}

  /// Something was refused; the connection lives on.
  record Problem(
      String code,
      String message,
      Optional<String> id,
      Optional<String> room,
      OptionalLong retryAfterMillis)
      implements ServerFrame {}

  /// Rooms of the inbox: all of them if `whole`, else those that changed; `removed` are no longer
  /// in it.
  ///
  /// @param more `true` while what began with `whole` goes on in the next one
  record Inbox(List<InboxRoom> rooms, List<String> removed, boolean whole, Optional<Boolean> more)
      implements ServerFrame {
    public Inbox {
      rooms = List.copyOf(rooms);
      removed = List.copyOf(removed);
    }
  }

  /// Who is there of those the client watches: all of them if `whole`, else those who changed.
  record Presence(List<Whereabouts> users, boolean whole) implements ServerFrame {
    public Presence {
      users = List.copyOf(users);
    }
  }

  /// Everybody else who writes something into this room just now.
  record Typing(String room, List<String> users) implements ServerFrame {
    public Typing {
      users = List.copyOf(users);
    }
  }

  /// Contacts and requests: the whole of them, or what changed. Each user is in one list at most;
  /// `removed` are in none any more.
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

  /// How far others have a room: by name in small rooms, `counts` of what was asked for in big
  /// ones.
  record Receipts(String room, Optional<List<Receipt>> users, Optional<List<ReceiptCount>> counts)
      implements ServerFrame {}

  /// What `user` has, and has read, up to and including these entries.
  record Receipt(String user, long delivered, long read) {}

  /// How many members have the entry `seq`, and have read it.
  record ReceiptCount(long seq, long delivered, long read) {}

  record Pong(Optional<String> id) implements ServerFrame {}

  /// The last frame before the node closes the socket.
  record Goodbye(String code, String message, OptionalLong reconnectAfterMillis)
      implements ServerFrame {}
}
