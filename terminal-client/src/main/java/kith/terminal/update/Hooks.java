package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.config.Conf;
import kith.terminal.layout.Markup;
import kith.terminal.plain.ProgramEvent;

/// Decides which commands of the user run for new messages.
final class Hooks {
  /// The maximum for entries that arrive at once, as after a reconnect.
  private static final int MOST = 10;

  private Hooks() {}

  static void onEntries(StepBuilder step, String id, List<Entry> entries) {
    var hooks = step.conf.hooks();
    var room = step.room(id);
    if (hooks.equals(Conf.Hooks.NONE) || room.isEmpty() || PresenceRequests.isQuiet(step)) return;
    if (room.get().listing().isMuted()) return;
    boolean isDirect = room.get().listing().with().isPresent();
    var messages =
        entries.stream()
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .filter(message -> !message.by().equals(step.user))
            .toList();
    for (var message : messages.subList(Math.max(0, messages.size() - MOST), messages.size())) {
      boolean isMention = Markup.mentions(message, step.user);
      command(hooks, isMention, isDirect)
          .ifPresent(command ->
              step.request(
                  new Request.RunHook(
                      command,
                      new ProgramEvent(
                          isMention ? ProgramEvent.MENTION : ProgramEvent.MESSAGE,
                          id,
                          room.get().name(),
                          message),
                      step.user)));
    }
  }

  private static Optional<String> command(Conf.Hooks hooks, boolean isMention, boolean isDirect) {
    var ofRoom = isMention ? hooks.mention() : hooks.message();
    return isDirect ? hooks.direct().or(() -> isMention ? ofRoom : Optional.empty()) : ofRoom;
  }
}
