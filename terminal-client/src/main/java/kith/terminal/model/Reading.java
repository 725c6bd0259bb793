package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;

/// How far somebody has read in a room, and where they look now.
///
/// @param read the highest `seq` that was on the screen
/// @param marker the unread line stands behind this `seq`
/// @param unread messages of others since
/// @param mentions how many of them name the reader
/// @param anchor the lowest row on the screen; absent at the latest
/// @param selected the message that keys act on
/// @param seek what is looked for
public record Reading(
    long read,
    long marker,
    int unread,
    int mentions,
    Optional<Anchor> anchor,
    OptionalLong selected,
    Seek seek) {

  /// The entry that is lowest on the screen, and how many of its rows are below it.
  public record Anchor(long seq, int hidden) {}

  public static Reading of(long read, long end) {
    int unread = Math.clamp(end - read, 0, Integer.MAX_VALUE);
    return new Reading(
        read, read, unread, 0, Optional.empty(), OptionalLong.empty(), new Seek.Nothing());
  }

  public Reading readTo(long seq) {
    return new Reading(Math.max(read, seq), marker, 0, 0, anchor, selected, seek);
  }

  /// Whether nothing was unread when the room was gone into, or since something was said in it.
  public boolean isLive() {
    return anchor.isEmpty() && marker >= read && unread == 0;
  }

  /// What came while somebody looked on was never unread.
  public Reading seenTo(long seq) {
    return new Reading(seq, seq, 0, 0, anchor, selected, seek);
  }

  /// The unread line goes to where reading stopped.
  public Reading marked() {
    return new Reading(read, read, unread, mentions, anchor, selected, seek);
  }

  public Reading counted(int messages, int names) {
    return new Reading(read, marker, unread + messages, mentions + names, anchor, selected, seek);
  }

  public Reading at(Optional<Anchor> place) {
    return new Reading(read, marker, unread, mentions, place, selected, seek);
  }

  public Reading selecting(OptionalLong seq) {
    return new Reading(read, marker, unread, mentions, anchor, seq, seek);
  }

  public Reading seeking(Seek what) {
    return new Reading(read, marker, unread, mentions, anchor, selected, what);
  }
}
