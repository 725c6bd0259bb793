package kith.terminal.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Program;
import kith.terminal.net.Beginning;
import kith.terminal.net.Rest;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.RequestLines;
import kith.terminal.plain.Sanitizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "request",
    description = "Ask a user for a conversation; accept, decline or withdraw a request.")
final class RequestCommand implements Callable<Integer> {
  enum Action {
    SEND,
    ACCEPT,
    DECLINE,
    WITHDRAW
  }

  @Mixin private final Options options;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      completionCandidates = ActionNames.OfRequest.class,
      description = "${COMPLETION-CANDIDATES}")
  private Action action = Action.SEND;

  @Parameters(index = "1", paramLabel = "USER", description = "The user.")
  private String user = "";

  @Parameters(
      index = "2..*",
      paramLabel = "TEXT",
      description = "The first message, to send with a request.")
  private List<String> words = List.of();

  RequestCommand() {
    this(new Options());
  }

  RequestCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    if (words.isEmpty() == (action == Action.SEND))
      throw options.usage("A first message belongs to 'send', and only there.");
    var rest = options.access().rest();
    return switch (action) {
      case SEND -> send(rest, String.join(" ", words));
      case ACCEPT -> {
        Streams.print(rest.conversation(user).room());
        yield Exit.DONE;
      }
      case DECLINE, WITHDRAW -> {
        RequestLines.run(rest, new InputLine.Decline(user)).forEach(Streams::print);
        yield Exit.DONE;
      }
    };
  }

  private int send(Rest rest, String text) {
    return switch (Beginning.of(rest, user, Optional.of(text))) {
      case Beginning.Asked(var request) -> {
        RequestLines.waiting(request, text).forEach(Streams::print);
        yield Exit.DONE;
      }
      case Beginning.Begun _, Beginning.TextNeeded _ -> {
        var err = spec.commandLine().getErr();
        err.println(
            "Not sent: no request is needed. "
                + Program.NAME
                + " send @"
                + Sanitizer.line(user)
                + " TEXT");
        yield Exit.REFUSED;
      }
    };
  }
}
