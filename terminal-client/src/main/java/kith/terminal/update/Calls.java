package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.config.Conf;
import kith.terminal.layout.Markup;
import kith.terminal.model.Room;

/// Whether what came is worth a notification, and what that says.
final class Calls {
  private static final int MOST_CHARS = 160;

  private Calls() {}

  /// @param isElsewhere nobody watches as it comes
  static void about(Draft draft, String id, List<Entry> entries, boolean isElsewhere) {
    var wish = draft.conf.attention();
    var room = draft.room(id);
    if (Company.isQuiet(draft) || wish.how() == Conf.How.OFF || room.isEmpty()) return;
    if (room.get().listed().isMuted()) return;
    latest(draft, entries, true)
        .or(() -> wish.ofAll() && isElsewhere ? latest(draft, entries, false) : Optional.empty())
        .ifPresent(message -> draft.want(notification(wish, room.get(), message)));
  }

  private static Optional<Entry.Message> latest(Draft draft, List<Entry> entries, boolean naming) {
    return entries.reversed().stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .filter(message -> !message.by().equals(draft.user))
        .filter(message -> !naming || Markup.mentions(message, draft.user))
        .findFirst();
  }

  private static Request notification(Conf.Attention wish, Room room, Entry.Message message) {
    var said = message.body().orElse("");
    int end = Math.min(said.length(), MOST_CHARS);
    if (end < said.length() && Character.isLowSurrogate(said.charAt(end))) end--;
    var words = said.substring(0, end) + (end < said.length() ? "…" : "");
    return wish.hasText()
        ? new Request.Notify(wish.how(), room.name(), message.by() + ": " + words)
        : new Request.Notify(wish.how(), "Kith", "Somebody wrote to you.");
  }
}
