package kith.terminal.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import kith.protocol.Code;
import kith.protocol.Program;
import kith.terminal.config.BadConf;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Sanitizer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ScopeType;

/// The command line.
@Command(
    description = "Chat on a server of your own.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {Exit.LIST_0, Exit.LIST_1, Exit.LIST_2, Exit.LIST_3, Exit.LIST_4, Exit.LIST_5},
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  KITH_SERVER, KITH_PROFILE   defaults of --server and --profile",
      "  KITH_USER, KITH_PASSWORD    log in without a prompt",
      "  KITH_TOKEN                  the token of a bot, instead of a login",
      "  KITH_SECOND_FACTOR          the code of a second factor, without a prompt",
      "  KITH_NEW_PASSWORD           the new password for account password",
      "  KITH_PASSCODE               join or create a room without a prompt for it",
      "  KITH_ROOM_INVITATION        the token for join --invitation",
      "  KITH_NTFY_TOKEN             the token for push add",
      "  KITH_CA                     a PEM file of a CA certificate to trust for https",
      "  KITH_ALLOW_PLAIN_HTTP       true: the same as --allow-plain-http"
    })
public final class Commands {
  /// The exit code for an unusable local file.
  public static final int BROKEN = Exit.BROKEN;

  /// The commands that the launcher starts without this program.
  private static final List<String> OF_LAUNCHER =
      List.of(
          "node",
          "cluster",
          "drain",
          "admin",
          "couriers",
          "invite",
          "rotate-keys",
          "rebuild",
          "backup",
          "restore",
          "archive",
          "move-database",
          "bench",
          "prove");

  /// The commands in the order of the help.
  private static final Map<String, Supplier<Object>> SUBCOMMANDS = new LinkedHashMap<>();

  static {
    SUBCOMMANDS.put("chat", ChatCommand::new);
    SUBCOMMANDS.put("send", SendCommand::new);
    SUBCOMMANDS.put("tail", TailCommand::new);
    SUBCOMMANDS.put("history", HistoryCommand::new);
    SUBCOMMANDS.put("search", SearchCommand::new);
    SUBCOMMANDS.put("pins", PinsCommand::new);
    SUBCOMMANDS.put("bookmarks", BookmarksCommand::new);
    SUBCOMMANDS.put("bookmark", BookmarkCommand::new);
    SUBCOMMANDS.put("reminders", RemindersCommand::new);
    SUBCOMMANDS.put("remind", RemindCommand::new);
    SUBCOMMANDS.put("threads", ThreadsCommand::new);
    SUBCOMMANDS.put("thread", ThreadCommand::new);
    SUBCOMMANDS.put("files", FilesCommand::new);
    SUBCOMMANDS.put("save", SaveCommand::new);
    SUBCOMMANDS.put("inbox", InboxCommand::new);
    SUBCOMMANDS.put("rooms", RoomsCommand::new);
    SUBCOMMANDS.put("join", JoinCommand::new);
    SUBCOMMANDS.put("create", CreateCommand::new);
    SUBCOMMANDS.put("leave", LeaveCommand::new);
    SUBCOMMANDS.put("mute", MuteCommand::new);
    SUBCOMMANDS.put("notify", NotifyCommand::new);
    SUBCOMMANDS.put("push", PushCommand::new);
    SUBCOMMANDS.put("room", RoomCommand::new);
    SUBCOMMANDS.put("bot", BotCommand::new);
    SUBCOMMANDS.put("bots", BotsCommand::new);
    SUBCOMMANDS.put("inbound", InboundCommand::new);
    SUBCOMMANDS.put("hooks", HooksCommand::new);
    SUBCOMMANDS.put("who", WhoCommand::new);
    SUBCOMMANDS.put("whois", WhoisCommand::new);
    SUBCOMMANDS.put("status", StatusCommand::new);
    SUBCOMMANDS.put("contacts", ContactsCommand::new);
    SUBCOMMANDS.put("contact", ContactCommand::new);
    SUBCOMMANDS.put("requests", RequestsCommand::new);
    SUBCOMMANDS.put("request", RequestCommand::new);
    SUBCOMMANDS.put("account", AccountCommand::new);
    SUBCOMMANDS.put("privacy", PrivacyCommand::new);
    SUBCOMMANDS.put("block", BlockCommand::new);
    SUBCOMMANDS.put("signup", SignUpCommand::new);
    SUBCOMMANDS.put("login", LogInCommand::new);
    SUBCOMMANDS.put("logout", LogOutCommand::new);
    SUBCOMMANDS.put("new-password", NewPasswordCommand::new);
    SUBCOMMANDS.put("delete-account", DeleteAccountCommand::new);
    SUBCOMMANDS.put("completion", CompletionCommand::new);
    SUBCOMMANDS.put("help", HelpCommand::new);
  }

  private Commands() {}

  /// All commands.
  public static CommandLine create() {
    return of(SUBCOMMANDS.keySet());
  }

  /// Runs the command that these arguments name.
  ///
  /// @return the exit code
  public static int run(String... arguments) {
    int code = create(arguments).execute(arguments);
    var fault = Streams.fault();
    if (fault.isEmpty()) return code;
    Streams.err().println("Standard output cannot be written: " + fault.get());
    return code == Exit.DONE ? Exit.BROKEN : code;
  }

  /// Only the command that these arguments name: reading the options of all commands takes longer
  /// than running most of them. All of them if they name none.
  public static CommandLine create(String... arguments) {
    boolean isNamed = arguments.length > 0 && SUBCOMMANDS.containsKey(arguments[0]);
    return isNamed ? of(Set.of(arguments[0])) : create();
  }

  private static CommandLine of(Set<String> names) {
    var whole = new CommandLine(new Commands()).setCommandName(Program.NAME);
    whole
        .getCommandSpec()
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Commands::list);
    SUBCOMMANDS.forEach((name, command) -> {
      if (names.contains(name)) whole.addSubcommand(name, command.get());
    });
    return whole
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(Streams.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(Streams.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, _) -> onBadUsage(wrong))
        .setExecutionExceptionHandler((fault, line, _) -> onFailure(fault, line));
  }

  /// Includes the commands that the launcher starts without this program.
  private static String list(CommandLine.Help help) {
    var operators = new LinkedHashMap<String, CommandLine.Help>();
    OperatorCommands.all()
        .forEach(it -> operators.put(it.name(), summarized(it.name(), it.summary())));
    operators.put(
        "bench", summarized("bench", "Measure a node under load and verify its answers."));
    return help.commandList() + "\nFor operators:\n" + help.commandList(operators);
  }

  private static CommandLine.Help summarized(String name, String summary) {
    var command = CommandLine.Model.CommandSpec.create();
    command.name(name).usageMessage().description(summary);
    return new CommandLine.Help(command);
  }

  /// Prints one sentence, and a pointer to the help of the command if there is one.
  private static int onBadUsage(CommandLine.ParameterException wrong) {
    var line = wrong.getCommandLine();
    var name = line.getCommandSpec().qualifiedName();
    var words =
        wrong instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : List.<String>of();
    var sentence =
        words.isEmpty()
            ? String.valueOf(wrong.getMessage())
            : unmatched(words.getFirst(), line, name);
    line.getErr().println(Sanitizer.line(sentence));
    if (words.isEmpty()) line.getErr().println("See: " + name + " --help");
    return Exit.USAGE;
  }

  private static String unmatched(String typed, CommandLine line, String name) {
    boolean isOption = typed.startsWith("-");
    if (!isOption && line.getSubcommands().isEmpty())
      return "'%s' is one argument too many: %s --help shows the arguments.".formatted(typed, name);
    var known = new TreeSet<>(isOption ? Set.<String>of() : line.getSubcommands().keySet());
    if (isOption) known.addAll(line.getCommandSpec().optionsMap().keySet());
    else if (line.getParent() == null) known.addAll(OF_LAUNCHER);
    var near = Nearest.several(typed, known);
    var missing =
        isOption
            ? "%s has no option '%s'".formatted(name, typed)
            : "There is no command '%s %s'".formatted(name, typed);
    return near.isEmpty()
        ? "%s: %s --help lists the %s.".formatted(missing, name, isOption ? "options" : "commands")
        : "%s; did you mean %s?".formatted(missing, String.join(" or ", near));
  }

  private static int onFailure(Exception fault, CommandLine line) throws Exception {
    int code = code(fault);
    line.getErr().println(Sanitizer.line(String.valueOf(fault.getMessage())));
    return code;
  }

  /// The exit code of a failed command.
  static int code(Exception fault) throws Exception {
    return switch (fault) {
      case Refused refused when refused.status() == 401 -> Exit.LOG_IN;
      case Refused refused when isAboutArguments(refused) -> Exit.USAGE;
      case Refused _ -> Exit.REFUSED;
      case Unreachable _ -> Exit.UNREACHABLE;
      case NotLoggedIn _ -> Exit.LOG_IN;
      case BadConf _ -> Exit.USAGE;
      case UncheckedIOException _, IOException _ -> Exit.BROKEN;
      default -> throw fault;
    };
  }

  /// The server checks these arguments as this program would.
  private static boolean isAboutArguments(Refused refused) {
    return refused.is(Code.BAD_SEARCH) || refused.is(Code.EMPTY_BODY);
  }

  /// The version of the running jar.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {version == null ? "kith, from source" : "kith " + version};
    }
  }
}
