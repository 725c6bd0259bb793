package kith.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.LocalNode.Refused;
import kith.protocol.json.Json;
import kith.protocol.rest.Bots;
import kith.protocol.rest.RoomRequests.JoinRoom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `kith admin` about the bots of the server.
@Command(
    name = "bot",
    description = {
      "Makes bots of the server, which have no owner, and gives them tokens.",
      "Such a bot may do only what its token permits. The audit log records each change."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AdminOfBots.ListBots.class,
      AdminOfBots.ListTokens.class,
      AdminOfBots.Create.class,
      AdminOfBots.Token.class,
      AdminOfBots.EndToken.class,
      AdminOfBots.Join.class,
      AdminOfBots.Leave.class,
      AdminOfBots.DeleteBot.class,
    })
final class AdminOfBots {
  private static final String BOTS = "/v1/admin/bots";
  private static final String OF_BOT = "The user name of the bot.";

  private AdminOfBots() {}

  private static String path(String... parts) {
    var path = new StringBuilder(BOTS);
    for (var part : parts) path.append('/').append(AdminNode.encoded(part));
    return path.toString();
  }

  /// A command about one bot.
  abstract static class AboutBot extends AdminCommand.Request {
    @Parameters(index = "0", paramLabel = "BOT", description = OF_BOT)
    private String bot = "";

    final String bot() {
      return bot;
    }
  }

  /// A command about one bot in one room.
  abstract static class AboutBotInRoom extends AboutBot {
    @Parameters(
        index = "1",
        paramLabel = "ROOM",
        description = "The id, or a name that only one room has.")
    private String room = "";

    final void ask(String method, @Nullable Record body, String result)
        throws Refused, InterruptedException {
      try (var connection = node().connect()) {
        var id = AdminOfRooms.id(connection, room);
        connection.send(method, path(bot(), "rooms", id), body);
      }
      out().printf(result + "%n", bot(), room);
    }
  }

  @Command(
      name = "list",
      description = "Lists the bots of the server, in order of name.",
      mixinStandardHelpOptions = true)
  static final class ListBots extends AdminList<Bots.BotList, Bots.Bot> {
    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "A part of the name.")
    private Optional<String> text = Optional.empty();

    ListBots() {
      super(BOTS, "after", Bots.BotList.class);
    }

    @Override
    List<String> filters() {
      return text.map(it -> filter("query", it)).stream().toList();
    }

    @Override
    List<Bots.Bot> records(Bots.BotList page) {
      return page.bots();
    }

    @Override
    Optional<String> next(Bots.BotList page) {
      return page.next();
    }

    @Override
    void print(Bots.Bot bot) {
      out().println(bot.user());
    }
  }

  @Command(
      name = "tokens",
      description = "Lists the tokens of a bot.",
      mixinStandardHelpOptions = true)
  static final class ListTokens extends AboutBot {
    @Option(names = "--json", description = "Prints one JSON object for each token.")
    private boolean json;

    @Override
    void run() throws Refused, InterruptedException {
      var found = node().ask("GET", path(bot(), "tokens"), null).as(Bots.BotTokenList.class);
      for (var token : found.tokens()) out().println(json ? Json.restText(token) : line(token));
    }

    private static String line(Bots.BotToken token) {
      return "%s  %s, %s%s, made %s, %s"
          .formatted(
              token.id(),
              token.name(),
              token.write() ? "write" : "read",
              token.rooms().map(rooms -> ", in " + String.join(" ", rooms)).orElse(""),
              token.created(),
              token.lastUsed().map(at -> "last used " + at).orElse("never used"));
    }
  }

  @Command(
      name = "create",
      description = "Makes a bot of the server.",
      mixinStandardHelpOptions = true)
  static final class Create extends AboutBot {
    @Override
    void run() throws Refused, InterruptedException {
      node().ask("POST", BOTS, new Bots.CreateBot(bot()));
      out().printf("%s is a bot of the server now.%n", bot());
    }
  }

  @Command(
      name = "token",
      description =
          "Creates a token of a bot, which is shown only once; programs read it from KITH_TOKEN.",
      mixinStandardHelpOptions = true)
  static final class Token extends AboutBot {
    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = "token",
        description = "A name for the token, such as that of a machine.")
    private String name = "";

    @Option(names = "--read-only", description = "Permits reading only.")
    private boolean readOnly;

    @Option(
        names = "--room",
        paramLabel = "ROOM",
        description =
            "Limits it to the room with this id, or with a name that no other has; repeatable.")
    private List<String> rooms = List.of();

    @Override
    void run() throws Refused, InterruptedException {
      // shown before the connection ends, which can fail
      try (var connection = node().connect()) {
        var ids = new ArrayList<String>();
        for (var room : rooms) ids.add(AdminOfRooms.id(connection, room));
        var asked =
            new Bots.CreateBotToken(
                name, !readOnly, ids.isEmpty() ? Optional.empty() : Optional.of(ids));
        var made = connection.send("POST", path(bot(), "tokens"), asked).as(Bots.BotToken.class);
        out().println(made.token().orElseThrow());
      }
    }
  }

  @Command(
      name = "end-token",
      description = "Ends a token of a bot at once.",
      mixinStandardHelpOptions = true)
  static final class EndToken extends AboutBot {
    @Parameters(
        index = "1",
        paramLabel = "TOKEN",
        description = "The id of the token, as the list shows it.")
    private String token = "";

    @Override
    void run() throws Refused, InterruptedException {
      node().ask("DELETE", path(bot(), "tokens", token), null);
    }
  }

  @Command(
      name = "join",
      description = {"Adds a bot to a room: to a public one, or with an invitation of that room."},
      mixinStandardHelpOptions = true)
  static final class Join extends AboutBotInRoom {
    @Option(
        names = "--invitation",
        paramLabel = "TOKEN",
        description = "An invitation that a moderator of the room made.")
    private Optional<String> invitation = Optional.empty();

    @Override
    void run() throws Refused, InterruptedException {
      ask("PUT", new JoinRoom(Optional.empty(), invitation), "%s is a member of %s.");
    }
  }

  @Command(
      name = "leave",
      description = "Takes a bot out of a room.",
      mixinStandardHelpOptions = true)
  static final class Leave extends AboutBotInRoom {
    @Override
    void run() throws Refused, InterruptedException {
      ask("DELETE", null, "%s is not a member of %s.");
    }
  }

  @Command(
      name = "delete",
      description =
          "Deletes a bot of the server: its tokens end, and it leaves its rooms. Its messages stay,"
              + " and its name stays taken.",
      mixinStandardHelpOptions = true)
  static final class DeleteBot extends AboutBot {
    @Override
    void run() throws Refused, InterruptedException {
      node().ask("DELETE", path(bot()), null);
      out().printf("%s is deleted.%n", bot());
    }
  }
}
