package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;

/// How far somebody has read in a room, and where they look now.
///
/// @param read the highest `seq` that was on the screen, of this or another device
/// @param marker the unread line stands behind this `seq`
/// @param unread messages of others since, as the server counts them
/// @param mentions how many of them name the reader
/// @param isHeld the room was marked as unread, so what is on the screen is not read until one
///   comes in again
/// @param anchor the lowest row on the screen; absent at the latest
/// @param selected the message that keys act on
/// @param search what is looked for
public record Reading(
    long read,
    long marker,
    int unread,
    int mentions,
    boolean isHeld,
    Optional<Anchor> anchor,
    OptionalLong selected,
    SearchState search) {

  /// The entry that is lowest on the screen, and how many of its rows are below it.
  public record Anchor(long seq, int hidden) {}

  public static Reading of(long read) {
    return new Reading(
        read, read, 0, 0, false, Optional.empty(), OptionalLong.empty(), new SearchState.None());
  }

  public Reading readTo(long seq) {
    return new Reading(
        Math.max(read, seq), marker, unread, mentions, isHeld, anchor, selected, search);
  }

  /// Whether nothing was unread when the room was gone into, or since something was said in it.
  public boolean isLive() {
    return anchor.isEmpty() && marker >= read && unread == 0 && !isHeld;
  }

  /// What came while somebody looked on was never unread.
  public Reading seenTo(long seq) {
    return new Reading(seq, seq, 0, 0, isHeld, anchor, selected, search);
  }

  /// The unread line goes to where reading stopped.
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
