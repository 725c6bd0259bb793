package kith.terminal.command;

import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.plain.Chat;
import kith.terminal.profile.Access;
import kith.terminal.runtime.FullScreen;
import kith.terminal.runtime.LocalDesktop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "chat", description = "Open the chat client.")
final class ChatCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "The server; you are asked for it at the first start.")
  private @Nullable String url;

  @Option(names = "--plain", description = "Line mode instead of the full screen.")
  private boolean plain;

  @Option(
      names = "--theme",
      paramLabel = "T",
      description =
          "dark, light, contrast, colour-blind, 16 or mono; default: KITH_THEME, then client.conf.")
  private @Nullable String theme;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings file instead of ~/.config/kith/client.conf; see: ${ROOT-COMMAND-NAME} help"
              + " config")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    if (url != null) options.setServer(url);
    if (plain || !hasScreen()) return inLines();
    return onScreen();
  }

  /// Whether stdin and stdout are a terminal with cursor control.
  private static boolean hasScreen() {
    return hasTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean hasTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private int onScreen() throws Exception {
    var conf = ClientConf.read(options.configFile(), Optional.ofNullable(config));
    var themed = conf.withTheme(theme(conf));
    conf.warnings().forEach(Streams.err()::println);
    var servers = new StoredServers(options);
    var end = FullScreen.run(servers.first(stored()), servers, themed);
    if (end.unsent() == 0) return Exit.DONE;
    Streams.err().println(end.unsent() + " unanswered messages are kept and sent the next time.");
    return Exit.UNREACHABLE;
  }

  private Optional<Access> stored() {
    try {
      return Optional.of(options.access());
    } catch (NotLoggedIn missing) {
      return Optional.empty();
    }
  }

  private String theme(Conf conf) {
    var chosen =
        Optional.ofNullable(theme).or(() -> options.environment("KITH_THEME")).orElse(conf.theme());
    if (chosen.equals(Conf.AUTO)) return colours();
    if (Conf.THEMES.contains(chosen)) return chosen;
    throw options.usage(
        "There is no theme '" + chosen + "': " + String.join(", ", Conf.THEMES) + " or auto.");
  }

  private String colours() {
    if (options.environment("NO_COLOR").isPresent()) return "mono";
    var terminal = options.environment("TERM").orElse("");
    boolean hasMany =
        options.environment("COLORTERM").isPresent()
            || Stream.of("256", "kitty", "alacritty", "direct", "foot", "ghostty", "tmux")
                .anyMatch(terminal::contains);
    return hasMany ? "dark" : "16";
  }

  private int inLines() throws Exception {
    var prompt = new Prompt(Streams.in(), Streams.out());
    var access = logIn(prompt);
    if (access.isEmpty()) return Exit.LOG_IN;
    var machine =
        new Chat.Machine(hasTerminal(), new LocalDesktop(), new StoredLogins(options, prompt));
    return switch (Chat.run(access.get(), prompt.in(), prompt.out(), machine)) {
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
