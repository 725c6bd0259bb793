package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Parses input lines. The command table also provides the help.
public final class LineParser {
  /// `/poll`, or `/bot:poll` for the command of one bot.
  private static final Pattern OF_BOT =
      Pattern.compile("(?:(?<bot>[^\\s:/]+):)?(?<command>[A-Za-z0-9][A-Za-z0-9_-]{0,31})");

  /// Commands of other chat clients, and the equivalent commands here.
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("away", "status"),
          Map.entry("b", "switch"),
          Map.entry("buffer", "switch"),
          Map.entry("close", "leave"),
          Map.entry("dm", "msg"),
          Map.entry("exit", "quit"),
          Map.entry("go", "switch"),
          Map.entry("ignore", "block"),
          Map.entry("list", "rooms"),
          Map.entry("mode", "role"),
          Map.entry("names", "who"),
          Map.entry("nick", "account name"),
          Map.entry("op", "role"),
          Map.entry("part", "leave"),
          Map.entry("query", "msg"),
          Map.entry("shortcuts", "help"),
          Map.entry("star", "bookmark"),
          Map.entry("q", "quit"),
          Map.entry("w", "switch"),
          Map.entry("wq", "quit"),
          Map.entry("x", "quit"),
          Map.entry("win", "switch"),
          Map.entry("window", "switch"));

  /// Arguments that ask for the usage of a command.
  private static final List<String> HELP = List.of("--help", "-h");

  /// The column of the meanings in the help; longer usages do not move the others.
  private static final int COLUMN = 44;

  private static final Map<String, LineCommand> COMMANDS = new LinkedHashMap<>();

  private LineParser() {}

  static {
    add(List.of(LineCommand.of("help", "", "show this list", nothingAfter(new InputLine.Help()))));
    add(RoomParser.commands());
    add(MessageParser.commands());
    add(KeptParser.commands());
    add(PeopleParser.commands());
    add(NotificationParser.commands());
    add(AccountParser.commands());
    add(ModerationParser.commands());
    add(AdministrationParser.commands());
    add(ClientParser.commands());
    add(
        List.of(
            LineCommand.of(
                "quit", "", "quit; you stay logged in", nothingAfter(new InputLine.Quit()))));
  }

  private static void add(List<LineCommand> commands) {
    commands.forEach(it -> COMMANDS.put(it.name(), it));
  }

  public static InputLine read(String typed) {
    if (typed.isBlank()) return new InputLine.Nothing();
    if (typed.startsWith("//")) return say(typed.substring(1));
    if (!typed.startsWith("/")) return say(typed);
    var parts = typed.substring(1).split("\\s+", 2);
    var command = COMMANDS.get(parts[0].toLowerCase(Locale.ROOT));
    var rest = parts.length == 2 ? parts[1].strip() : "";
    if (command == null)
      return ScreenOnly.read(parts[0].toLowerCase(Locale.ROOT))
          .orElseGet(() -> ofBot(parts[0], rest));
    if (HELP.contains(rest)) return new InputLine.Wrong(command.help());
    var asked = COMMANDS.get(rest.startsWith("/") ? rest.substring(1) : rest);
    if (parts[0].equalsIgnoreCase("help") && asked != null)
      return new InputLine.Wrong(asked.help());
    return command.parsed(rest);
  }

  private static InputLine ofBot(String typed, String rest) {
    var name = OF_BOT.matcher(typed);
    return name.matches()
        ? new InputLine.Call(
            Optional.ofNullable(name.group("bot")),
            name.group("command").toLowerCase(Locale.ROOT),
            rest,
            unknown(typed))
        : new InputLine.Wrong(unknown(typed));
  }

  private static String unknown(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    var near =
        Optional.ofNullable(ELSEWHERE.get(lower))
            .or(() ->
                COMMANDS.keySet().stream()
                    .filter(it -> !name.isEmpty() && it.startsWith(lower))
                    .findFirst());
    return "There is no /"
        + Sanitizer.line(name)
        + near.map(it -> "; did you mean /" + it + "?").orElse("; /help lists the commands.")
        + " To send text that starts with a slash, type two.";
  }

  /// The usage of each command, by its name without the slash.
  public static Map<String, String> usages() {
    var usages = new LinkedHashMap<String, String>();
    COMMANDS.forEach(
        (name, command) -> usages.put(name, command.usage() + "  " + command.meaning()));
    return usages;
  }

  static String help() {
    return COMMANDS.values().stream()
        .map(
            it -> it.usage() + " ".repeat(Math.max(2, COLUMN - it.usage().length())) + it.meaning())
        .collect(Collectors.joining("\n", "", "\nAny other line is sent to the current room."));
  }

  static InputLine say(String text) {
    return new InputLine.Say(Emoji.replaced(text));
  }
}
