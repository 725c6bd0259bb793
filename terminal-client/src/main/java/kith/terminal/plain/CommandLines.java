package kith.terminal.plain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import kith.protocol.Code;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.CallCommand;
import kith.protocol.rest.SlashCommands.Command;
import kith.protocol.rest.SlashCommands.MadeCall;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Refused;

/// The commands of bots as lines of text.
public final class CommandLines {
  private static final String NONE = "No bot has commands in this room.";

  private CommandLines() {}

  public static List<String> all(List<Command> commands) {
    return commands.isEmpty()
        ? List.of(NONE)
        : commands.stream().map(it -> usage(it, "/" + it.name())).toList();
  }

  /// `/vote NUMBER Vote in the poll (⚙ poll)`.
  ///
  /// @param typed the text that the user types for it
  public static String usage(Command command, String typed) {
    var arguments =
        command.arguments().stream().map(it -> " " + argument(it)).collect(Collectors.joining());
    return Sanitizer.line(
        typed + arguments + "  " + command.description() + " (⚙ " + command.bot() + ")");
  }

  private static String argument(Argument argument) {
    var shown =
        argument
            .choices()
            .map(choices -> String.join("|", choices))
            .orElseGet(() -> argument.name().toUpperCase(Locale.ROOT));
    return argument.mayBeMissing() ? "[" + shown + "]" : shown;
  }

  /// Calls a command.
  ///
  /// @return a sentence for the user
  public static String call(CommandCalls calls, String room, InputLine.Call line) {
    try {
      return called(
          calls.call(room, new CallCommand(line.command(), line.bot(), Optional.of(line.text()))));
    } catch (Refused refused) {
      // the server's own sentence already reports that the bot of a known command has left
      boolean isUnknown = refused.sentence().equals(Code.UNKNOWN_COMMAND.sentence());
      if (!refused.is(Code.UNKNOWN_COMMAND) || !isUnknown) throw refused;
      throw new Refused(
          refused.status(), refused.code(), line.otherwise(), refused.retryAfterMillis());
    }
  }

  private static String called(MadeCall made) {
    return "/%s was passed to %s."
        .formatted(Sanitizer.line(made.command()), Sanitizer.line(made.bot()));
  }

  /// A line with the name of the answering bot and a remark that only the user sees the answer.
  public static String author(ServerFrame.Answer answer) {
    return "⚙ " + Sanitizer.line(answer.bot()) + " (only you see this)";
  }

  /// The answer of the bot, or the reason why there is none.
  public static String text(ServerFrame.Answer answer) {
    return answer
        .body()
        .orElseGet(() ->
            "/%s: %s It may still have had an effect."
                .formatted(answer.command(), answer.message().orElse("There is no answer.")));
  }
}
