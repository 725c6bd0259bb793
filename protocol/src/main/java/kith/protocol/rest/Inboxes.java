package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Visibility;

/// What is answered about all rooms of an account at once.
public final class Inboxes {
  private Inboxes() {}

  public record Inbox(List<InboxRoom> rooms) {
    public Inbox {
      rooms = List.copyOf(rooms);
    }
  }

  /// A room as its member's list of rooms shows it. In a change, an absent `name`, `visibility` or
  /// `latest` is what it was.
  ///
  /// @param with the other one, if this is a conversation; then there is no `name`
  /// @param seq the room's latest entry
  /// @param read what this account has read up to, on whatever device
  /// @param unread messages after `read`
  /// @param unreadFrom where this account wants to begin reading again
  /// @param mentions of the unread messages those that name this account or everyone, 100 at most
  /// @param latestHidden there is no `latest` any more that this account gets to see
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
      Optional<Boolean> latestHidden) {

    /// What people call it; absent where `name` and `with` are.
    public Optional<String> title() {
      return with.map(user -> "@" + user).or(this::name);
    }
  }

  /// The latest message of a room and the beginning of its text; without `text` it was redacted.
  public record Latest(long seq, Instant at, String by, Optional<String> text) {}
}
