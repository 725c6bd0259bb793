package kith.node.feature.slash;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.List;
import java.util.OptionalLong;
import kith.node.auth.BotTokens;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomView;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.rest.SlashCommands.CommandList;
import kith.protocol.rest.SlashCommands.NewCommand;
import kith.protocol.rest.SlashCommands.RegisterCommands;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/rooms/{room}/commands`: members read the commands of a room, bots register theirs.
final class CommandRoutes {
  private final CommandTable table;
  private final Edge edge;
  private final RoomReplies replies;
  private final int perRoom;

  CommandRoutes(CommandTable table, Edge edge, int perRoom) {
    this.table = table;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
    this.perRoom = perRoom;
  }

  Route route() {
    return path(
        segment("v1").slash("rooms").slash(segment()).slash("commands"),
        room ->
            concat(
                get(() -> member(room, (_, _) -> list(room))),
                put(() -> member(room, (caller, seen) -> register(room, caller, seen)))));
  }

  private interface OfMember {
    Route route(Access caller, RoomView.Described seen);
  }

  private Route member(String room, OfMember inner) {
    return edge.authenticated()
        .caller(caller ->
            replies.look(
                room,
                new RoomView.Description(caller.user()),
                RoomView.Described.class,
                seen ->
                    seen.role().isPresent()
                        ? inner.route(caller, seen)
                        : Problems.route(Code.NOT_A_MEMBER)));
  }

  private Route list(String room) {
    return onSuccess(
        table.ofRoom(room),
        commands -> complete(Bodies.json(200, new CommandList(commands, perRoom))));
  }

  private Route register(String room, Access caller, RoomView.Described seen) {
    if (!BotTokens.isOfBot(caller)) return refused(Code.NOT_ALLOWED, "Only bots have commands.");
    return edge.bodies()
        .read(
            RegisterCommands.class,
            asked ->
                CommandFields.objection(asked.commands())
                    .map(sentence -> refused(Code.BAD_FIELD, sentence))
                    .orElseGet(() ->
                        register(room, caller.user(), asked.commands(), seen.room().lastSeq())));
  }

  private Route register(String room, String bot, List<NewCommand> commands, long seq) {
    return onSuccess(
        table.register(room, bot, commands, seq),
        result ->
            switch (result) {
              case CommandTable.Registered _ -> complete(HttpResponse.create().withStatus(204));
              case CommandTable.Taken(var name, var other) ->
                  refused(
                      Code.COMMAND_TAKEN,
                      "The command '%s' belongs to the bot %s in this room."
                          .formatted(name, other));
              case CommandTable.TooMany _ ->
                  refused(
                      Code.TOO_MANY_COMMANDS,
                      "A room can have %d commands of all bots.".formatted(perRoom));
            });
  }

  private static Route refused(Code code, String sentence) {
    return complete(Problems.response(code, sentence, OptionalLong.empty()));
  }
}
