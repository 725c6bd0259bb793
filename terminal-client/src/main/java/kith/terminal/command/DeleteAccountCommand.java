package kith.terminal.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "delete-account",
    description =
        "Delete your account for good. Asks for its name and its password, which may be in"
            + " KITH_PASSWORD. The name stays taken.")
final class DeleteAccountCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(
      names = "--messages",
      description = "Also erase your messages, in all rooms and conversations.")
  private boolean messages;

  @Option(names = "--yes", description = "Do not ask for the user name first.")
  private boolean isConfirmed;

  @Override
  public Integer call() throws IOException {
    var access = options.storedAccess();
    var prompt = new Prompt(Streams.in(), Streams.err());
    if (!isConfirmed
        && !prompt
            .ask("Type " + access.user() + " to delete it for good")
            .filter(access.user()::equals)
            .isPresent()) {
      Streams.err().println("Nothing was deleted.");
      return Exit.USAGE;
    }
    var password = options.password();
    if (password.isEmpty()) password = prompt.password("Password of " + access.user());
    if (password.isEmpty()) return Exit.USAGE;
    access.deleteAccount(password.get(), messages);
    Streams.err()
        .println(
            messages
                ? "The account is deleted. Its messages are being erased."
                : "The account is deleted.");
    return Exit.DONE;
  }
}
