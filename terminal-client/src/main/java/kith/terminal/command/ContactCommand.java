package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.plain.ContactLines;
import kith.terminal.plain.InputLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "contact",
    description = "Send, accept or decline a contact request, or remove a contact.")
final class ContactCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      completionCandidates = ActionNames.OfContact.class,
      description = "${COMPLETION-CANDIDATES}")
  private InputLine.ContactAction action = InputLine.ContactAction.ADD;

  @Parameters(index = "1", paramLabel = "USER", description = "The user.")
  private String user = "";

  @Option(names = "--note", paramLabel = "TEXT", description = "A private note about the user.")
  private @Nullable String note;

  @Override
  public Integer call() {
    var line = new InputLine.Contact(action, user, Optional.ofNullable(note));
    ContactLines.run(options.access().rest(), line).forEach(Streams::print);
    return Exit.DONE;
  }
}
