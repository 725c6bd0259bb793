package kith.terminal.command;

import java.io.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Chat;
import kith.terminal.profile.Access;
import kith.terminal.runtime.FullScreen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(name = "chat", description = "Talk with people.")
final class ChatCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; asked for at first.")
  private @Nullable String url;

  @Option(names = "--plain", description = "Lines instead of the full screen.")
  private boolean plain;

  @Option(
      names = "--theme",
      paramLabel = "T",
      description = "dark, light, contrast or mono; else KITH_THEME, and mono if NO_COLOR is set.")
  private @Nullable String theme;

  @Override
  public Integer call() throws Exception {
    if (url != null) options.setServer(url);
    if (plain || !hasScreen()) return inLines();
    return onScreen();
  }

  /// A terminal on both sides, and one that can do more than print.
  private static boolean hasScreen() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && !"dumb".equals(System.getenv("TERM"));
  }

  private int onScreen() throws Exception {
    var end = FullScreen.run(stored(), this::enter, options.serversOrDefault().getFirst(), theme());
    if (end.unsent() == 0) return Exit.DONE;
    Streams.err()
        .println(end.unsent() + " messages without an answer are kept and sent the next time.");
    return Exit.UNREACHABLE;
  }

  private Optional<Access> stored() {
    try {
      return Optional.of(options.access());
    } catch (NotLoggedIn nobody) {
      return Optional.empty();
    }
  }

  private Access enter(String server, String user, String password, boolean isNew) {
    try {
      options.setServer(options.address(server));
    } catch (ParameterException wrong) {
      throw new Unreachable(String.valueOf(wrong.getMessage()));
    }
    return isNew ? options.signUp(user, password) : options.logIn(user, password);
  }

  private String theme() {
    if (theme != null) return theme;
    var named = System.getenv("KITH_THEME");
    if (named != null && !named.isEmpty()) return named;
    var noColour = System.getenv("NO_COLOR");
    return noColour != null && !noColour.isEmpty() ? "mono" : "dark";
  }

  private int inLines() throws Exception {
    var prompt = new Prompt(Streams.in(), Streams.out());
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
