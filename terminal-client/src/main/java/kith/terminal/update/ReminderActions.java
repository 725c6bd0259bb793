package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.terminal.config.Conf;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.ReminderLines;

/// Reminders that are due, and the list of all.
final class ReminderActions {
  private static final String NEWS = "Reminder: ";

  private ReminderActions() {}

  static void arrived(StepBuilder step, ServerFrame.Reminder frame) {
    boolean isNew = step.reminders.isNew(frame);
    step.reminders = step.reminders.updated(frame);
    // the list on the screen may contain it
    if (step.overlay instanceof Overlay.Pick(var picker)
        && picker.kind() == Picker.Kind.REMINDERS
        && picker.items().isPresent()) step.request(new Request.Items(Picker.Kind.REMINDERS, ""));
    boolean isTold =
        step.notice.lines().stream().findFirst().filter(it -> it.startsWith(NEWS)).isPresent();
    if (isTold && step.reminders.due().isEmpty()) step.notice = Notice.NONE;
    if (!isNew) return;
    var subject = subject(step, frame);
    int number = step.reminders.due().size();
    step.notice =
        new Notice(
            List.of(
                NEWS + subject,
                (number == 1 ? "" : number + " are due. ")
                    + "/reminders lists them, and Delete removes one there."),
            false);
    notify(step, subject);
  }

  private static void notify(StepBuilder step, String subject) {
    var settings = step.conf.notifications();
    if (PresenceRequests.isQuiet(step) || settings.how() == Conf.How.OFF) return;
    step.request(
        settings.hasText()
            ? new Request.Notify(settings.how(), "Reminder", subject)
            : new Request.Notify(settings.how(), "Kith", "A reminder is due."));
  }

  /// The text of the user, or the message as far as it is loaded.
  private static String subject(StepBuilder step, ServerFrame.Reminder frame) {
    if (frame.room().isEmpty() || frame.seq().isEmpty()) return ReminderLines.text(frame, "");
    var room = step.room(frame.room().get());
    var message =
        room.flatMap(it -> it.log().find(frame.seq().getAsLong()))
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .map(it -> EntryLines.author(it) + ": " + EntryLines.preview(it));
    return ReminderLines.text(
        frame, message.or(() -> place(step, frame)).orElse(ReminderLines.GONE));
  }

  private static Optional<String> place(StepBuilder step, ServerFrame.Reminder frame) {
    return frame
        .room()
        .flatMap(step::room)
        .map(room -> "#" + frame.seq().orElse(0) + " in " + room.name());
  }
}
