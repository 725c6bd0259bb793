package kith.protocol.frame;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Status;

/// A frame that a client sends on its socket.
public sealed interface ClientFrame {

  /// A frame that one feature owns. The core of a node passes it on without reading it.
  sealed interface OfFeature extends ClientFrame {}

  sealed interface OfInbox extends OfFeature {}

  sealed interface OfPresence extends OfFeature {}

  sealed interface OfReceipts extends OfFeature {}

  /// The first frame. `token` is an access token, needed unless the upgrade request carried one.
  /// Each entry of `resume` acts as an `open` with that `after`. `inbox` requests the inbox.
  record Hello(Optional<String> token, Map<String, Long> resume, Optional<Boolean> inbox)
      implements ClientFrame {
    public Hello {
      resume = Map.copyOf(resume);
    }

    public Hello(Optional<String> token, Map<String, Long> resume) {
      this(token, resume, Optional.empty());
    }
  }

  /// Subscribes to a room's new entries, or to its entries after `after`.
  record Open(String room, OptionalLong after) implements ClientFrame {}

  record Close(String room) implements ClientFrame {}

  /// A frame that is answered with `ack` or with an `error` with the same `id`.
  sealed interface Post extends ClientFrame {
    String id();

    String room();
  }

  /// A post of a kind that a feature adds. It is limited, retried and answered like any other post;
  /// the feature checks it and turns it into a post of the room.
  non-sealed interface FeaturePost extends Post {}

  /// @param files ids of the sender's uploaded files
  record Send(
      String id, String room, String body, OptionalLong replyTo, Optional<List<String>> files)
      implements Post {
    public Send {
      files = files.map(List::copyOf);
    }

    public Send(String id, String room, String body, OptionalLong replyTo) {
      this(id, room, body, replyTo, Optional.empty());
    }
  }

  record Edit(String id, String room, long target, String body) implements Post {}

  record Redact(String id, String room, long target, Optional<String> reason) implements Post {}

  /// Adds an emoji reaction of this user to a message; `remove` takes it back.
  record React(String id, String room, long target, String emoji, Optional<Boolean> remove)
      implements FeaturePost {}

  /// Pins a message of the room for all members; `remove` unpins it.
  record Pin(String id, String room, long target, Optional<Boolean> remove)
      implements FeaturePost {}

  /// Requests a page of a room's log: the newest entries before `before`, the oldest after `after`,
  /// or the newest of all.
  record History(String id, String room, OptionalLong before, OptionalLong after, OptionalInt limit)
      implements ClientFrame {}

  /// Moves the account's read position forward to `seq`; a lower `seq` changes nothing.
  record Read(String room, long seq) implements OfInbox {}

  /// Marks a room as unread from `seq` on, until it is read again.
  record Unread(String room, long seq) implements OfInbox {}

  /// Subscribes to the presence of these users, and no others: members of `room`, which must be
  /// open, and contacts.
  record Watch(Optional<String> room, List<String> users) implements OfPresence {
    public Watch {
      users = List.copyOf(users);
    }
  }

  /// Sets the status that others see.
  record ChangeStatus(Status status) implements OfPresence {}

  /// The user is typing in this room.
  record Typing(String room) implements OfFeature {}

  /// This device has received a room's entries up to `seq`; a lower `seq` changes nothing.
  record Delivered(String room, long seq) implements OfReceipts {}

  /// Subscribes to the receipt counts of these messages, in a room too large for receipts by name;
  /// replaces the previous request.
  record Receipts(String room, List<Long> seqs) implements OfReceipts {
    public Receipts {
      seqs = List.copyOf(seqs);
    }
  }

  record Ping(Optional<String> id) implements ClientFrame {}
}
