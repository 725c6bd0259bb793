package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ServerFrame.CallArgument;

/// Requests and answers about the commands of bots.
public final class SlashCommands {
  private SlashCommands() {}

  /// An argument of a command. Each but the last is one word; the last is the rest of the line.
  ///
  /// @param choices the only values, if present
  public record Argument(String name, Optional<Boolean> optional, Optional<List<String>> choices) {
    public Argument {
      choices = choices.map(List::copyOf);
    }

    public boolean mayBeMissing() {
      return optional.orElse(false);
    }
  }

  /// A command as its bot registers it.
  ///
  /// @param name without the slash
  /// @param description one line
  public record NewCommand(String name, String description, Optional<List<Argument>> arguments) {
    public NewCommand {
      arguments = arguments.map(List::copyOf);
    }
  }

  /// All commands of a bot in a room; they replace those before.
  ///
  /// @param url calls are posted there; without one, the sockets of the bot get them
  public record RegisterCommands(List<NewCommand> commands, Optional<String> url) {
    public RegisterCommands {
      commands = List.copyOf(commands);
    }
  }

  /// @param secret signs the calls that are posted, and is shown only now
  public record RegisteredCommands(String secret) {
    @Override
    public String toString() {
      return "a secret";
    }
  }

  public record Command(String name, String bot, String description, List<Argument> arguments) {
    public Command {
      arguments = List.copyOf(arguments);
    }
  }

  /// The commands of a room.
  ///
  /// @param most that a room may have
  public record CommandList(List<Command> commands, int most) {
    public CommandList {
      commands = List.copyOf(commands);
    }
  }

  /// @param command its name, without the slash
  /// @param bot refuses the call unless the command belongs to this bot
  /// @param text the text after the name
  public record CallCommand(String command, Optional<String> bot, Optional<String> text) {}

  /// @param until the latest time for an answer
  public record MadeCall(String call, String bot, String command, Instant until) {}

  /// A call in the form in which it is posted.
  public record PostedCall(String type, Instant timestamp, CallData data) {}

  /// @param bot the bot that has the command
  /// @param until the latest time for an answer
  public record CallData(
      String call,
      String room,
      String bot,
      String command,
      String text,
      List<CallArgument> arguments,
      String by,
      Instant at,
      Instant until) {
    public CallData {
      arguments = List.copyOf(arguments);
    }
  }

  /// @param only true if only the caller sees the answer
  public record AnswerCall(String body, Optional<Boolean> only) {}

  /// @param seq of the message; absent if only the caller sees the answer
  public record AnsweredCall(OptionalLong seq) {}
}
