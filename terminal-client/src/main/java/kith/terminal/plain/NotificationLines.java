package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import kith.protocol.NotificationContents;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.Push;
import kith.protocol.rest.Notifications.PushTest;
import kith.protocol.rest.Notifications.QuietHours;
import kith.terminal.net.NotificationCalls;
import kith.terminal.net.Rest;

/// Notifications and their receivers as lines of text.
public final class NotificationLines {
  private NotificationLines() {}

  /// `p7xm… active ntfy https://ntfy.example.org/bobs-phone`, and the reason why it gets nothing.
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

  /// Runs a command about the rules.
  ///
  /// @param room of a command about one room; empty for others
  /// @return the rules after it
  public static NotificationRules run(Rest rest, InputLine.AboutNotifications line, String room) {
    var calls = new NotificationCalls(rest);
    var now = calls.rules();
    var contents = now.contents();
    var keywords = now.keywords();
    var quiet = now.quiet();
    var away = now.awayMinutes();
    return switch (line) {
      case InputLine.ShowNotifications() -> now;
      case InputLine.Quiet(var hours) -> calls.choose(contents, keywords, hours, away);
      case InputLine.ChooseKeywords(var words) -> calls.choose(contents, words, quiet, away);
      case InputLine.ChooseContents(var what) -> calls.choose(what, keywords, quiet, away);
      case InputLine.ChooseAway(var minutes) -> calls.choose(contents, keywords, quiet, minutes);
      case InputLine.ChooseLevel(var level) -> {
        calls.choose(room, level);
        yield now;
      }
    };
  }

  /// The output of such a command: the part that it changed, or all rules.
  ///
  /// @param titles of the user's rooms by their ids
  public static List<String> answer(
      InputLine.AboutNotifications line, NotificationRules rules, Function<String, String> titles) {
    return switch (line) {
      case InputLine.ShowNotifications() -> of(rules, titles);
      case InputLine.Quiet _ ->
          List.of(
              rules.quiet().map(it -> "Quiet hours: " + hours(it) + ".").orElse("No quiet hours."));
      case InputLine.ChooseKeywords _ ->
          List.of(
              rules.keywords().isEmpty()
                  ? "No keywords notify you."
                  : "Keywords: " + Sanitizer.line(String.join(", ", rules.keywords())) + ".");
      case InputLine.ChooseContents(var chosen) ->
          List.of(
              "Notifications show "
                  + shown(chosen.atMost(rules.most()))
                  + (chosen.compareTo(rules.most()) > 0 ? ", the most on this server." : "."));
      case InputLine.ChooseAway _ -> List.of("Your receivers notify you " + away(rules) + ".");
      case InputLine.ChooseLevel(var level) ->
          List.of(
              switch (level) {
                case ALL -> "All messages of this room notify your receivers.";
                case MENTIONS -> "Mentions and keywords in this room notify your receivers.";
                case NONE -> "No message of this room notifies your receivers.";
              });
    };
  }

  /// `22:00 to 07:00 (Europe/Berlin)`
  public static String hours(QuietHours hours) {
    return hours.from() + " to " + hours.to() + " (" + Sanitizer.line(hours.zone()) + ")";
  }

  public static String shown(NotificationContents contents) {
    return switch (contents) {
      case OFF -> "that there is a message";
      case SENDER -> "the sender and the room";
      case FULL -> "the text";
    };
  }

  public static String away(NotificationRules rules) {
    return rules.awayMinutes().isPresent()
        ? "after " + rules.awayMinutes().getAsInt() + " minutes without a device"
        : "after a few seconds";
  }

  public static List<String> of(NotificationRules rules) {
    return of(rules, room -> room);
  }

  private static List<String> of(NotificationRules rules, Function<String, String> titles) {
    var lines = new ArrayList<String>();
    lines.add("contents: " + word(rules.contents().atMost(rules.most())));
    lines.add(
        "keywords: "
            + (rules.keywords().isEmpty()
                ? "none"
                : Sanitizer.line(String.join(", ", rules.keywords()))));
    lines.add("quiet hours: " + rules.quiet().map(NotificationLines::hours).orElse("none"));
    if (rules.awayMinutes().isPresent()) lines.add("away: " + away(rules));
    rules
        .rooms()
        .forEach(room ->
            lines.add(
                "room " + Sanitizer.line(titles.apply(room.room())) + ": " + word(room.level())));
    return lines;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
