package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.plain.Contacted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "contact", description = "Ask somebody to be a contact, or answer, or end it.")
final class ContactCommand implements Callable<Integer> {
  enum Deed {
    ADD,
    ACCEPT,
    DECLINE,
    REMOVE
  }

  @Mixin private final Options options = new Options();

  @Parameters(index = "0", paramLabel = "DEED", description = "${COMPLETION-CANDIDATES}")
  private Deed deed = Deed.ADD;

  @Parameters(index = "1", paramLabel = "USER", description = "Whom.")
  private String user = "";

  @Option(names = "--note", paramLabel = "TEXT", description = "A note to yourself.")
  private @Nullable String note;

  @Override
  public Integer call() {
    var rest = options.access().rest();
    switch (deed) {
      case ADD, ACCEPT -> rest.befriend(user, Optional.ofNullable(note));
      case DECLINE, REMOVE -> rest.endContact(user);
    }
    Streams.print(Contacted.outcome(rest.contacts(), user));
    return Exit.DONE;
  }
}
