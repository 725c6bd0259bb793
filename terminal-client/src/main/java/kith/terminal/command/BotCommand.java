package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.rest.SlashCommands.NewCommand;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Connection;
import kith.terminal.net.Outbox;
import kith.terminal.plain.ProgramEvent;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bot",
    description = {
      "Run a program for the messages of rooms and for commands, and post what it prints."
          + " docs/bots.md shows how.",
      "The program is started for each event, which is a line of JSON on its standard input and in"
          + " KITH_EVENT, KITH_ROOM, KITH_ROOM_NAME, KITH_FROM, KITH_SEQ, KITH_COMMAND, KITH_TEXT"
          + " and KITH_ME. Each line of JSON that it prints is posted, for example"
          + " {\"say\":\"hello\"}.",
      "With --url, no program runs here: the server posts the calls of the commands."
    })
final class BotCommand implements Callable<Integer> {
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  @Mixin private final Options options;

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      required = true,
      description = "The name or id of a room, or @USER; repeatable.")
  private List<String> rooms = List.of();

  @Option(
      names = "--on",
      paramLabel = "WHAT",
      description =
          "${COMPLETION-CANDIDATES}: only calls (default with --command), messages that mention you"
              + " or the room, all messages (default without), or all entries. Your own are never"
              + " passed.")
  private Bot.@Nullable Wanted wanted;

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description =
          "A command that members of the rooms can call, such as 'vote number=Vote in the poll';"
              + " repeatable. [NAME] is an optional argument, NAME:A|B one with choices.")
  private List<String> commands = List.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Have the server post the calls of the commands to this URL, print the secret that signs"
              + " them, and end. There is no PROGRAM then.")
  private @Nullable String url;

  @Option(
      names = "--private",
      paramLabel = "NAME",
      description = "With --plain: only the caller sees the answers of this command; repeatable.")
  private List<String> answeredInPrivate = List.of();

  @Option(names = "--programs", description = "Pass messages of other programs, too.")
  private boolean programs;

  @Option(names = "--plain", description = "The output of the program is one message, not JSON.")
  private boolean plain;

  @Option(
      names = "--stream",
      description =
          "Start the program once: each event is a line on its standard input, each line of its"
              + " output is posted.")
  private boolean stream;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Store the position of the bot in this file; the next run continues there. Without"
              + " it, a run begins with new messages.")
  private @Nullable Path state;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "A program that takes longer for an event is killed (${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "An event for which the program fails is passed again, up to N times in total"
              + " (${DEFAULT-VALUE}), and then left out.")
  private int tries;

  @Parameters(paramLabel = "PROGRAM", arity = "0..*", description = "The program, with arguments.")
  private List<String> program = List.of();

  BotCommand() {
    this(new Options());
  }

  BotCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() throws Exception {
    if (timeout < 1 || tries < 1) throw options.usage("--timeout and --tries must be at least 1.");
    if (stream && plain) throw options.usage("--plain cannot be combined with --stream.");
    if (state != null) TailState.check(state);
    if (!answeredInPrivate.isEmpty() && !plain)
      throw options.usage("--private needs --plain; a line of JSON has \"only\":true.");
    if (program.isEmpty() == (url == null)) throw options.usage("Give a PROGRAM, or --url.");
    if (url != null && (commands.isEmpty() || stream || plain || state != null || wanted != null))
      throw options.usage("--url can be combined only with --room and --command.");
    var offered = offered();
    var access = options.access();
    var calls = new CommandCalls(access.rest());
    var rooms = namesByRoom(access);
    if (url != null) return post(calls, rooms, offered, url);
    var bot = new Bot(access.user(), calls, rooms, wanted(), programs, state);
    if (!offered.isEmpty()) for (var room : rooms.keySet()) calls.register(room, offered);
    try (var connection = Connection.start(access.nodes(), access.tokens(), Outbox.none(), bot)) {
      bot.begin(connection);
      return stream ? runOnce(bot, access) : runForEach(bot, access);
    }
  }

  /// Each room has a secret of its own.
  private static int post(
      CommandCalls calls, Map<String, String> rooms, List<NewCommand> offered, String url) {
    for (var room : rooms.keySet()) {
      var secret = calls.register(room, offered, url);
      Streams.print(rooms.size() == 1 ? secret : room + " " + secret);
    }
    return Exit.DONE;
  }

  private Bot.Wanted wanted() {
    if (wanted != null) return wanted;
    return commands.isEmpty() ? Bot.Wanted.MESSAGE : Bot.Wanted.CALL;
  }

  private List<NewCommand> offered() {
    return commands.stream()
        .map(text ->
            CommandSpec.read(text)
                .orElseThrow(() ->
                    options.usage(
                        "--command needs a name and a description: 'vote number=Vote in the"
                            + " poll'.")))
        .toList();
  }

  private Map<String, String> namesByRoom(Access access) {
    var names = new HashMap<String, String>();
    for (var room : rooms) {
      var found = RoomLookup.own(access, room);
      names.put(found.room(), found.with().map(user -> "@" + user).orElse(found.name()));
    }
    return names;
  }

  private int runForEach(Bot bot, Access access) throws Exception {
    var each = new BotProgram(program, Duration.ofSeconds(timeout));
    return bot.run(
        access.rest(),
        event -> {
          handle(bot, each, event, access.user());
          return true;
        });
  }

  private void handle(Bot bot, BotProgram each, ProgramEvent event, String me)
      throws InterruptedException {
    for (int i = 1; i <= tries; i++) {
      var result = each.run(event, me);
      if (result.exit() == 0) {
        act(bot, event, result.output());
        return;
      }
      var why = result.fault().isEmpty() ? "It ended with " + result.exit() + "." : result.fault();
      Bot.say(program.getFirst() + " failed for " + event.label() + ": " + why);
      if (i < tries) Thread.sleep(BETWEEN_TRIES.multipliedBy(i));
    }
    Bot.say(event.label() + " is left out.");
  }

  private void act(Bot bot, ProgramEvent event, String output) throws InterruptedException {
    if (plain) {
      if (!output.isBlank()) bot.act(whole(event, output.stripTrailing()), Optional.of(event), 0);
      return;
    }
    int number = 0;
    for (var line : output.lines().filter(it -> !it.isBlank()).toList()) {
      var action = bot.action(line);
      if (action.isPresent()) bot.act(action.get(), Optional.of(event), number++);
    }
  }

  private BotAction whole(ProgramEvent event, String output) {
    return event
        .call()
        .map(call -> BotAction.answer(output, answeredInPrivate.contains(call.command())))
        .orElseGet(() -> BotAction.message(output));
  }

  private int runOnce(Bot bot, Access access) throws Exception {
    try (var running = new BotStream(program, line -> posted(bot, line), bot::end)) {
      return bot.run(access.rest(), running::pass);
    } catch (IOException fault) {
      Bot.say(String.valueOf(fault.getMessage()));
      return Exit.BROKEN;
    }
  }

  private static void posted(Bot bot, String line) {
    try {
      var action = bot.action(line);
      if (action.isPresent()) bot.act(action.get(), Optional.empty(), 0);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
