package kith.protocol.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Status;

/// A frame from a client.
public sealed interface ClientFrame {

  /// A frame that one feature owns. The core of a node passes it on and knows nothing of it.
  sealed interface OfFeature extends ClientFrame {}

  sealed interface OfInbox extends OfFeature {}

  sealed interface OfPresence extends OfFeature {}

  sealed interface OfReceipts extends OfFeature {}

  /// The first frame. `token` is an access token, needed unless the upgrade request carried one.
  /// Each entry of `resume` is an `open` with that `after`. With `inbox` the socket gets the inbox.
  record Hello(Optional<String> token, Map<String, Long> resume, Optional<Boolean> inbox)
      implements ClientFrame {
    public Hello {
      resume = Map.copyOf(resume);
    }

    public Hello(Optional<String> token, Map<String, Long> resume) {
      this(token, resume, Optional.empty());
    }
  }

  /// Entries of a room from now on, or from `after` on.
  record Open(String room, OptionalLong after) implements ClientFrame {}

  record Close(String room) implements ClientFrame {}

  /// A frame that is answered with `ack` or `error` carrying the same `id`.
  sealed interface Post extends ClientFrame {
    String id();

    String room();
  }

  /// A post of a kind that a feature adds. It is limited, retried and answered like any other post;
  /// the feature checks it and says what it means for the room.
  non-sealed interface FeaturePost extends Post {}

  record Send(String id, String room, String body, OptionalLong replyTo) implements Post {}

  record Edit(String id, String room, long target, String body) implements Post {}

  record Redact(String id, String room, long target, Optional<String> reason) implements Post {}

  /// A page of a room's log: the newest before `before`, or the oldest after `after`, or the
  /// newest.
  record History(String id, String room, OptionalLong before, OptionalLong after, OptionalInt limit)
      implements ClientFrame {}

  /// This account has read a room up to `seq`; lower than before changes nothing.
  record Read(String room, long seq) implements OfInbox {}

  /// A room is to be shown as unread from `seq` on, until it is read again.
  record Unread(String room, long seq) implements OfInbox {}

  /// These people are on the screen now, and nobody else: members of `room`, which is open, and
  /// contacts.
  record Watch(Optional<String> room, List<String> users) implements OfPresence {
    public Watch {
      users = List.copyOf(users);
    }
  }

  /// How this person is to be seen.
  record ChangeStatus(Status status) implements OfPresence {}

  /// This person writes something into the room just now.
  record Typing(String room) implements OfFeature {}

  /// This device has a room's entries up to `seq`; lower than before changes nothing.
  record Delivered(String room, long seq) implements OfReceipts {}

  /// How many have these messages is to be told, in a room too big for names; replaces what was
  /// asked before.
  record Receipts(String room, List<Long> seqs) implements OfReceipts {
    public Receipts {
      seqs = List.copyOf(seqs);
    }
  }

  record Ping(Optional<String> id) implements ClientFrame {}
}
