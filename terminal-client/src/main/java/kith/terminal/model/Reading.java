package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;

/// The read position and the scroll position of a room.
///
/// @param read the highest `seq` that was on the screen, of this or another device
/// @param marker the `seq` above the unread line
/// @param unread the number of unread messages of others, as counted by the server
/// @param mentions how many of them mention the user
/// @param isHeld the room was marked as unread, so visible entries are not marked as read until the
///   user enters it again
/// @param anchor the lowest row on the screen; absent at the end of the log
/// @param selected the message that keys act on
/// @param search the current search
public record Reading(
    long read,
    long marker,
    int unread,
    int mentions,
    boolean isHeld,
    Optional<Anchor> anchor,
    OptionalLong selected,
    SearchState search) {

  /// The lowest entry on the screen, and how many of its rows are below the screen.
  public record Anchor(long seq, int hidden) {}

  public static Reading of(long read) {
    return new Reading(
        read, read, 0, 0, false, Optional.empty(), OptionalLong.empty(), new SearchState.None());
  }

  public Reading readTo(long seq) {
    return new Reading(
        Math.max(read, seq), marker, unread, mentions, isHeld, anchor, selected, search);
  }

  /// The log ends earlier than before.
  public Reading rewound(long to) {
    return new Reading(
        Math.min(read, to),
        Math.min(marker, to),
        unread,
        mentions,
        isHeld,
        Optional.empty(),
        OptionalLong.empty(),
        new SearchState.None());
  }

  /// Whether the room had no unread messages when the user entered it, or posted in it since.
  public boolean isLive() {
    return anchor.isEmpty() && marker >= read && unread == 0 && !isHeld;
  }

  /// Entries that are seen as they arrive are never unread.
  public Reading seenTo(long seq) {
    return new Reading(seq, seq, 0, 0, isHeld, anchor, selected, search);
  }

  /// Moves the unread line to the read position.
  public Reading marked() {
    return markedAt(read);
  }

  public Reading markedAt(long seq) {
    return new Reading(read, seq, unread, mentions, isHeld, anchor, selected, search);
  }

  public Reading held(boolean is) {
    return new Reading(read, marker, unread, mentions, is, anchor, selected, search);
  }

  public Reading counting(int messages, int names) {
    return new Reading(read, marker, messages, names, isHeld, anchor, selected, search);
  }

  public Reading at(Optional<Anchor> place) {
    return new Reading(read, marker, unread, mentions, isHeld, place, selected, search);
  }

  public Reading selecting(OptionalLong seq) {
    return new Reading(read, marker, unread, mentions, isHeld, anchor, seq, search);
  }

  public Reading searching(SearchState what) {
    return new Reading(read, marker, unread, mentions, isHeld, anchor, selected, what);
  }
}
