package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.config.Conf;
import kith.terminal.layout.Markup;
import kith.terminal.plain.EntryLines;

/// Decides whether new entries cause a notification, and builds its text.
final class Notifications {
  private static final int MAX_CHARS = 160;

  private Notifications() {}

  /// @param isElsewhere the entries are not on the screen, or the user is away
  static void onEntries(StepBuilder step, String id, List<Entry> entries, boolean isElsewhere) {
    var settings = step.conf.notifications();
    var room = step.room(id);
    if (PresenceRequests.isQuiet(step) || settings.how() == Conf.How.OFF || room.isEmpty()) return;
    if (room.get().listing().isMuted()) return;
    boolean ofAll = settings.ofAll() || room.get().listing().with().isPresent();
    latest(step, entries, true)
        .or(() -> ofAll && isElsewhere ? latest(step, entries, false) : Optional.empty())
        .ifPresent(message ->
            step.request(
                notification(
                    settings,
                    room.get().name(),
                    EntryLines.author(message),
                    EntryLines.preview(message))));
  }

  /// A conversation that another user began. Its first entries are history, not news.
  static void onConversation(StepBuilder step, InboxRoom row) {
    var settings = step.conf.notifications();
    if (PresenceRequests.isQuiet(step) || settings.how() == Conf.How.OFF || row.muted()) return;
    if (row.with().isEmpty() || row.unread() == 0 || row.latest().isEmpty()) return;
    var latest = row.latest().get();
    step.request(
        notification(settings, row.title().orElse(""), latest.by(), latest.text().orElse("")));
  }

  private static Optional<Entry.Message> latest(
      StepBuilder step, List<Entry> entries, boolean onlyMentions) {
    return entries.reversed().stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .filter(message -> !message.by().equals(step.user))
        .filter(message -> !onlyMentions || Markup.mentions(message, step.user))
        .findFirst();
  }

  private static Request notification(
      Conf.Notifications settings, String room, String by, String body) {
    int end = Math.min(body.length(), MAX_CHARS);
    if (end < body.length() && Character.isLowSurrogate(body.charAt(end))) end--;
    var text = body.substring(0, end) + (end < body.length() ? "…" : "");
    return settings.hasText()
        ? new Request.Notify(settings.how(), room, by + ": " + text)
        : new Request.Notify(settings.how(), "Kith", "You have a new message.");
  }
}
