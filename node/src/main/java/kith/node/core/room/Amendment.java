package kith.node.core.room;

/// The mark in the journal of an entry that changes an earlier one: `e:17` edits entry 17, `r:17`
/// redacts it, and `t` moves the beginning of the readable log.
///
/// It is stored in the column `adapter_manifest` of the event's own row, so the mark exists exactly
/// when the event does. A small index over the marked rows finds all amendments of a message.
public final class Amendment {
  public static final String TRUNCATES = "t";

  private Amendment() {}

  public static String mark(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Edited it -> edits(it.target());
      case RoomEvent.Redacted it -> redacts(it.target());
      case RoomEvent.PartEvent it ->
          it.letter().isPresent() && it.target().isPresent()
              ? mark(it.letter().get(), it.target().getAsLong())
              : "";
      case RoomEvent.Truncated _ -> TRUNCATES;
      case RoomEvent ignored -> "";
    };
  }

  public static String edits(long seq) {
    return mark('e', seq);
  }

  public static String redacts(long seq) {
    return mark('r', seq);
  }

  public static String mark(char letter, long seq) {
    return letter + ":" + seq;
  }
}
