package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.plain.Chat;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "chat", description = "Talk with people.")
final class ChatCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; asked for at first.")
  private @Nullable String url;

  @Option(names = "--plain", description = "Lines instead of the full screen.")
  private boolean plain;

  @Override
  public Integer call() throws Exception {
    var prompt = new Prompt(Streams.in(), Streams.out());
    if (url != null) options.setServer(url);
    if (!plain) {
      prompt.out().println("-- The full-screen client is not there yet; this is the line mode.");
    }
    var access = logIn(prompt);
    if (access.isEmpty()) return Exit.LOG_IN;
    return switch (Chat.run(access.get(), prompt.in(), prompt.out())) {
      case DONE -> Exit.DONE;
      case UNSENT -> Exit.UNREACHABLE;
      case LOG_IN_AGAIN -> Exit.LOG_IN;
    };
  }

  private Optional<Access> logIn(Prompt prompt) throws Exception {
    try {
      return Optional.of(options.access());
    } catch (NotLoggedIn _) {
      return new FirstRun(options, prompt).ask();
    }
  }
}
