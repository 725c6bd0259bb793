package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Visibility;

/// Answers about all rooms of an account.
public final class Inboxes {
  private Inboxes() {}

  public record Inbox(List<InboxRoom> rooms) {
    public Inbox {
      rooms = List.copyOf(rooms);
    }
  }

  /// A room in a member's inbox. In a change, an absent `name`, `visibility` or `latest` is
  /// unchanged.
  ///
  /// @param with the other user of a conversation, which has no `name`
  /// @param seq `seq` of the room's latest entry
  /// @param read the account's read position, shared by its devices
  /// @param unread number of messages after `read`
  /// @param unreadFrom the `seq` from which this account marked the room as unread
  /// @param mentions unread messages that mention this account or everyone, at most 100
  /// @param latestHidden `true` if the latest message is hidden from this account
  public record InboxRoom(
      String room,
      Optional<String> name,
      Optional<Visibility> visibility,
      Optional<String> with,
      long seq,
      long read,
      long unread,
      OptionalLong unreadFrom,
      OptionalInt mentions,
      boolean muted,
      Optional<Latest> latest,
      Optional<Boolean> latestHidden,
      Optional<Boolean> archived) {

    public InboxRoom(
        String room,
        Optional<String> name,
        Optional<Visibility> visibility,
        Optional<String> with,
        long seq,
        long read,
        long unread,
        OptionalLong unreadFrom,
        OptionalInt mentions,
        boolean muted,
        Optional<Latest> latest,
        Optional<Boolean> latestHidden) {
      this(
          room,
          name,
          visibility,
          with,
          seq,
          read,
          unread,
          unreadFrom,
          mentions,
          muted,
          latest,
          latestHidden,
          Optional.empty());
    }

    /// The name to display; absent if `name` and `with` are.
    public Optional<String> title() {
      return with.map(user -> "@" + user).or(this::name);
    }
  }

  /// The latest message of a room with the beginning of its text; without `text` if it was
  /// redacted.
  public record Latest(long seq, Instant at, String by, Optional<String> text) {}
}
