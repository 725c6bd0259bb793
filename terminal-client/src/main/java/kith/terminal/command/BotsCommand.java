package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Bots.BotToken;
import kith.protocol.rest.Bots.CreateBotToken;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The user's bots, with a command for each act.
@Command(
    name = "bots",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Make accounts for programs, and tokens with which they take part in rooms.",
      "A bot has at most your own rights. It is marked as your bot everywhere."
    })
final class BotsCommand {
  private static final String OF_BOT = "The user name of the bot.";
  private static final String OF_ROOM = "The name or id of a room.";

  @Command(name = "list", description = "List your bots, or the tokens of one.")
  int list(
      @Mixin Options options,
      @Parameters(arity = "0..1", paramLabel = "BOT", description = OF_BOT) @Nullable String bot,
      @Option(names = "--json", description = "The answer as a line of JSON.") boolean json) {
    var rest = options.access().rest();
    if (bot == null) {
      var bots = rest.bots();
      if (json) Streams.print(JsonLine.rest(bots));
      else bots.bots().forEach(it -> Streams.print(Sanitizer.line(it.user())));
      return Exit.DONE;
    }
    var tokens = rest.botTokens(bot);
    if (json) Streams.print(JsonLine.rest(tokens));
    else {
      var lines = new EntryLines(ZoneId.systemDefault());
      tokens.tokens().forEach(token -> Streams.print(line(token, lines)));
    }
    return Exit.DONE;
  }

  static String line(BotToken token, EntryLines lines) {
    var now = Instant.now();
    return "%s  %s, %s%s, made %s, %s"
        .formatted(
            Sanitizer.line(token.id()),
            Sanitizer.line(token.name()),
            token.write() ? "write" : "read",
            token.rooms().map(it -> ", in " + Sanitizer.line(String.join(" ", it))).orElse(""),
            lines.time(token.created(), now),
            token.lastUsed().map(at -> "last used " + lines.time(at, now)).orElse("never used"));
  }

  @Command(name = "add", description = "Make a bot; with --room, bring it into rooms.")
  int add(
      @Mixin Options options,
      @Parameters(paramLabel = "BOT", description = "The user name of the new account.") String bot,
      @Option(names = "--room", paramLabel = "ROOM", description = OF_ROOM)
          @Nullable List<String> rooms) {
    var access = options.access();
    access.rest().createBot(bot);
    for (var room : rooms == null ? List.<String>of() : rooms)
      access.rest().addBotToRoom(bot, RoomLookup.own(access, room).room());
    return Exit.DONE;
  }

  @Command(
      name = "token",
      description =
          "Create a token of a bot, which is shown only once; programs read it from KITH_TOKEN. Or"
              + " end one.")
  int token(
      @Mixin Options options,
      @Parameters(index = "0", paramLabel = "BOT", description = OF_BOT) String bot,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "token",
              description = "A name for the token, such as that of a machine.")
          String name,
      @Option(names = "--read-only", description = "Permit reading only.") boolean readOnly,
      @Option(
              names = "--room",
              paramLabel = "ROOM",
              description = "Limit it to this room; repeatable.")
          @Nullable List<String> rooms,
      @Option(
              names = "--end",
              paramLabel = "TOKEN",
              description = "End the token with this id; see: ${ROOT-COMMAND-NAME} bots list BOT")
          @Nullable String ended) {
    var access = options.access();
    if (ended != null) {
      access.rest().endBotToken(bot, ended);
      return Exit.DONE;
    }
    var ids =
        Optional.ofNullable(rooms)
            .map(all -> all.stream().map(it -> RoomLookup.own(access, it).room()).toList());
    var made = access.rest().createBotToken(bot, new CreateBotToken(name, !readOnly, ids));
    Streams.print(made.token().orElseThrow());
    return Exit.DONE;
  }

  @Command(
      name = "remove",
      description = "Take a bot out of a room, or delete it with all of its tokens.")
  int remove(
      @Mixin Options options,
      @Parameters(paramLabel = "BOT", description = OF_BOT) String bot,
      @Option(names = "--room", paramLabel = "ROOM", description = OF_ROOM) @Nullable String room) {
    var access = options.access();
    if (room == null) access.rest().removeBot(bot);
    else access.rest().removeBotFromRoom(bot, RoomLookup.own(access, room).room());
    return Exit.DONE;
  }
}
