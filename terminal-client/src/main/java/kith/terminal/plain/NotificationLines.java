package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.Push;
import kith.protocol.rest.Notifications.PushTest;

/// Notifications and their receivers as lines of text.
public final class NotificationLines {
  private NotificationLines() {}

  /// `p7xm… active ntfy https://ntfy.example.org/bobs-phone`, and why it gets nothing.
  public static List<String> of(Push receiver) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s %s  %s  %s"
            .formatted(
                receiver.push(),
                receiver.state(),
                Sanitizer.line(receiver.kind()),
                Sanitizer.line(receiver.url())));
    receiver.reason().ifPresent(reason -> lines.add("    " + Sanitizer.line(reason)));
    return lines;
  }

  public static List<String> refusal(PushTest test) {
    return test.reason().map(reason -> List.of(Sanitizer.line(reason))).orElse(List.of());
  }

  public static List<String> of(NotificationRules rules) {
    var lines = new ArrayList<String>();
    lines.add("contents: " + word(rules.contents().atMost(rules.most())));
    lines.add(
        "keywords: "
            + (rules.keywords().isEmpty()
                ? "none"
                : Sanitizer.line(String.join(", ", rules.keywords()))));
    lines.add(
        "quiet hours: "
            + rules
                .quiet()
                .map(it -> it.from() + " to " + it.to() + " (" + Sanitizer.line(it.zone()) + ")")
                .orElse("none"));
    if (rules.awayMinutes().isPresent())
      lines.add("away: after " + rules.awayMinutes().getAsInt() + " minutes without a device");
    rules.rooms().forEach(room -> lines.add("room " + room.room() + ": " + word(room.level())));
    return lines;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
