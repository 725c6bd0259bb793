package kith.terminal.command;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Program;
import kith.terminal.config.BadConf;
import kith.terminal.config.ClientConf;
import kith.terminal.keys.Keymap;
import kith.terminal.keys.Keys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "help", description = "Explain a topic or a command.")
final class HelpCommand implements Callable<Integer> {
  private static final String MANUAL = "man";

  private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "KEYWORD",
      description = "start, rooms, keys, config, …; without one, lists all.")
  private @Nullable String keyword;

  @Override
  public Integer call() {
    if (keyword == null) {
      Streams.print(list());
      return Exit.DONE;
    }
    Streams.print(text(keyword).stripTrailing());
    return Exit.DONE;
  }

  String text(String name) {
    if (name.equals(MANUAL)) return Manual.page();
    var command = Optional.ofNullable(Commands.create().getSubcommands().get(name));
    var usage = command.map(CommandLine::getUsageMessage);
    // the printed settings are a valid config file
    var topic =
        Topics.named(name, keys()).map(it -> name.equals("config") ? it.text() : it.toString());
    if (topic.isPresent() && usage.isPresent())
      return topic.get() + "\nThe command " + Program.NAME + " " + name + ":\n\n" + usage.get();
    return topic.or(() -> usage).orElseThrow(() -> options.usage(unknown(name)));
  }

  private String unknown(String name) {
    var names = Topics.all(keys()).stream().map(Topics.Topic::name);
    return "There is no help on '" + name + "'. Topics: " + names.collect(joining(", ")) + ".";
  }

  private String list() {
    return Topics.all(keys()).stream()
        .map(topic -> "  %-14s %s".formatted(topic.name(), topic.summary()))
        .collect(
            joining(
                "\n",
                "Topics of " + Program.NAME + " help KEYWORD:\n",
                "\n\nFor one command: "
                    + Program.NAME
                    + " chat --help. For all commands: "
                    + Program.NAME
                    + " --help."));
  }

  /// The user's keys. If the config file is invalid, the defaults, so that the help stays
  /// available.
  private Keymap keys() {
    try {
      return ClientConf.read(options.configFile(), Optional.empty()).keys();
    } catch (BadConf fault) {
      Streams.err().println(fault.getMessage());
      return Keys.preset("default");
    }
  }
}
