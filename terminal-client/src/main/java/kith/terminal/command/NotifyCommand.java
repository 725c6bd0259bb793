package kith.terminal.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.QuietHours;
import kith.terminal.net.NotificationCalls;
import kith.terminal.plain.NotificationLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The user's notification rules.
@Command(
    name = "notify",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Choose what your receivers notify you of, on all your devices.",
      "Receivers: ${ROOT-COMMAND-NAME} push"
    })
final class NotifyCommand {
  @Command(name = "show", description = "Show the rules for your notifications.")
  int show(
      @Mixin Options options,
      @Option(names = "--json", description = "The rules as a line of JSON.") boolean json) {
    print(calls(options).rules(), json);
    return Exit.DONE;
  }

  @Command(
      name = "level",
      description = {
        "Choose which messages of a room notify you: all, mentions or none.",
        "Mentions are also keywords, and all messages of a direct conversation."
      })
  int level(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "ROOM", description = "The name or id of a room.")
          String room,
      @Parameters(index = "1", paramLabel = "LEVEL", description = "${COMPLETION-CANDIDATES}")
          NotificationLevel level) {
    var access = options.access();
    new NotificationCalls(access.rest()).choose(RoomLookup.own(access, room).room(), level);
    return Exit.DONE;
  }

  @Command(
      name = "keywords",
      description =
          "Choose the words that notify you like a mention; without words, clear the list.")
  int keywords(
      @Mixin Options options,
      @Parameters(
              arity = "0..*",
              paramLabel = "WORD",
              description = "A word, or several in quotes.")
          @Nullable List<String> words) {
    var calls = calls(options);
    var rules = calls.rules();
    calls.choose(
        rules.contents(), words == null ? List.of() : words, rules.quiet(), rules.awayMinutes());
    return Exit.DONE;
  }

  @Command(
      name = "quiet",
      description =
          "Choose hours without notifications: 22:00 07:00. Without times, notify at all hours.")
  int quiet(
      @Mixin Options options,
      @Parameters(index = "0", arity = "0..1", paramLabel = "FROM", description = "As 22:00.")
          @Nullable String from,
      @Parameters(index = "1", arity = "0..1", paramLabel = "TO", description = "As 07:00.")
          @Nullable String to,
      @Option(
              names = "--zone",
              paramLabel = "ZONE",
              description = "The time zone (default: that of this machine).")
          @Nullable String zone) {
    if ((from == null) != (to == null)) throw options.usage("Give both times, or none.");
    var hours =
        from == null || to == null
            ? Optional.<QuietHours>empty()
            : Optional.of(
                new QuietHours(from, to, zone == null ? ZoneId.systemDefault().getId() : zone));
    var calls = calls(options);
    var rules = calls.rules();
    calls.choose(rules.contents(), rules.keywords(), hours, rules.awayMinutes());
    return Exit.DONE;
  }

  @Command(
      name = "away",
      description = {
        "Choose for how many minutes you use no device before your receivers notify you.",
        "Without a number, they notify you after a few seconds, even while you use a terminal."
      })
  int away(
      @Mixin Options options,
      @Parameters(arity = "0..1", paramLabel = "MINUTES", description = "1 to 1440.")
          @Nullable Integer minutes) {
    var calls = calls(options);
    var rules = calls.rules();
    calls.choose(
        rules.contents(),
        rules.keywords(),
        rules.quiet(),
        minutes == null ? OptionalInt.empty() : OptionalInt.of(minutes));
    return Exit.DONE;
  }

  @Command(
      name = "contents",
      description =
          "Choose what notifications show: off (only that there is a message), sender, or full (the"
              + " text).")
  int contents(
      @Mixin Options options,
      @Parameters(paramLabel = "CONTENTS", description = "${COMPLETION-CANDIDATES}")
          NotificationContents contents) {
    var calls = calls(options);
    var rules = calls.rules();
    var chosen = calls.choose(contents, rules.keywords(), rules.quiet(), rules.awayMinutes());
    if (chosen.contents().compareTo(chosen.most()) > 0)
      Streams.err()
          .println(
              "The server's notifications show at most: "
                  + chosen.most().name().toLowerCase(Locale.ROOT));
    return Exit.DONE;
  }

  private static void print(NotificationRules rules, boolean json) {
    if (json) Streams.print(JsonLine.rest(rules));
    else NotificationLines.of(rules).forEach(Streams::print);
  }

  private static NotificationCalls calls(Options options) {
    return new NotificationCalls(options.access().rest());
  }
}
