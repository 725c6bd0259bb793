package kith.node.feature.slash;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import kith.node.auth.BotTokens;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomView;
import kith.node.feature.courier.Couriers;
import kith.node.feature.courier.ReceiverUrl;
import kith.node.feature.courier.WebhookSignature;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.node.gateway.http.WrongFields;
import kith.protocol.Code;
import kith.protocol.rest.SlashCommands.CommandList;
import kith.protocol.rest.SlashCommands.NewCommand;
import kith.protocol.rest.SlashCommands.RegisterCommands;
import kith.protocol.rest.SlashCommands.RegisteredCommands;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/rooms/{room}/commands`: members read the commands of a room, bots register theirs.
final class CommandRoutes {
  private final CommandTable table;
  private final Couriers couriers;
  private final Edge edge;
  private final RoomReplies replies;
  private final int perRoom;

  CommandRoutes(CommandTable table, Couriers couriers, Edge edge, int perRoom) {
    this.table = table;
    this.couriers = couriers;
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
                        asked
                            .url()
                            .map(url -> registerPosted(room, caller, seen, asked.commands(), url))
                            .orElseGet(() ->
                                register(
                                    room,
                                    caller.user(),
                                    asked.commands(),
                                    Optional.empty(),
                                    seen.room().lastSeq(),
                                    () -> HttpResponse.create().withStatus(204)))));
  }

  /// Calls are posted to a URL if the server sends requests to it.
  private Route registerPosted(
      String room, Access caller, RoomView.Described seen, List<NewCommand> commands, String text) {
    var url = ReceiverUrl.of(text);
    if (url.isEmpty()) return WrongFields.route("url");
    return onSuccess(
        couriers.outbound().refusal(url.get()),
        refusal -> {
          if (refusal.isPresent()) return refused(Code.ADDRESS_NOT_ALLOWED, refusal.get());
          var secret = WebhookSignature.newSecret();
          var wrapped =
              couriers.secrets().wrap(CommandTable.secretName(room, caller.user()), secret);
          return register(
              room,
              caller.user(),
              commands,
              Optional.of(new CommandTable.Address(url.get(), wrapped)),
              seen.room().lastSeq(),
              () -> Bodies.json(200, new RegisteredCommands(WebhookSignature.shown(secret))));
        });
  }

  private Route register(
      String room,
      String bot,
      List<NewCommand> commands,
      Optional<CommandTable.Address> address,
      long seq,
      Supplier<HttpResponse> done) {
    return onSuccess(
        table.register(room, bot, commands, address, seq),
        result ->
            switch (result) {
              case CommandTable.Registered _ -> complete(done.get());
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
