package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "block",
    description = "Block a user, who is not notified; or list the users you blocked.")
final class BlockCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "USER",
      description = "The user; without it, lists all blocked users.")
  private @Nullable String user;

  @Option(names = "--undo", description = "Unblock the user.")
  private boolean undo;

  @Override
  public Integer call() {
    var rest = options.access().rest();
    if (user != null) rest.block(user, !undo);
    else rest.blocked().users().stream().map(Sanitizer::line).forEach(Streams::print);
    return Exit.DONE;
  }
}
