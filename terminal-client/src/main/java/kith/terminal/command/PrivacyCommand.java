package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Program;
import kith.protocol.rest.Accounts.Privacy;
import kith.terminal.plain.PrivacyLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "privacy",
    description = "Show or set who sees what, and who may begin a conversation with you.")
final class PrivacyCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SETTING",
      description = "conversations, last-seen, receipts or typing")
  private @Nullable String setting;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description =
          "conversations: everyone, rooms, contacts; last-seen and receipts: everyone, contacts,"
              + " nobody; typing: on, off")
  private @Nullable String value;

  @Override
  public Integer call() {
    PrivacyLines.run(options.access().rest(), change()).forEach(Streams::print);
    return Exit.DONE;
  }

  private Optional<Privacy> change() {
    if (setting == null) return Optional.empty();
    var change = value == null ? Optional.<Privacy>empty() : PrivacyLines.change(setting, value);
    if (change.isEmpty())
      throw options.usage(
          "There is no such setting or value. See: " + Program.NAME + " privacy --help");
    return change;
  }
}
