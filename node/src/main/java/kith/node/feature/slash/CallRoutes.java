package kith.node.feature.slash;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.slash.CommandTable.Offered;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.protocol.rest.SlashCommands.AnsweredCall;
import kith.protocol.rest.SlashCommands.CallCommand;
import kith.protocol.rest.SlashCommands.MadeCall;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/rooms/{room}/calls`: a member calls a command, and the bot answers.
final class CallRoutes {
  private static final String GONE = "The bot of this command is no longer in the room.";

  private final CommandTable commands;
  private final CallTable table;
  private final Calls calls;
  private final PostedCalls posted;
  private final CallAnswers answers;
  private final Edge edge;
  private final RoomReplies replies;
  private final int openCalls;
  private final Duration callTime;

  CallRoutes(
      CommandTable commands,
      CallTable table,
      Calls calls,
      PostedCalls posted,
      CallAnswers answers,
      Edge edge,
      int openCalls,
      Duration callTime) {
    this.commands = commands;
    this.table = table;
    this.calls = calls;
    this.posted = posted;
    this.answers = answers;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
    this.openCalls = openCalls;
    this.callTime = callTime;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("rooms").slash(segment()).slash("calls"),
        room ->
            concat(
                pathEnd(() -> post(() -> edge.authenticated().caller(it -> read(room, it)))),
                path(
                    segment().slash("answer"),
                    call ->
                        post(() -> edge.authenticated().caller(it -> answer(room, call, it))))));
  }

  // a member calls

  private Route read(String room, Access caller) {
    return edge.bodies()
        .read(
            CallCommand.class,
            asked ->
                !CommandFields.isName(asked.command())
                    ? Problems.route(Code.UNKNOWN_COMMAND)
                    : answers.isTooLong(asked.text().orElse(""))
                        ? refused(answers.tooLong("text"))
                        : ifMember(room, caller.user(), () -> find(room, caller.user(), asked)));
  }

  private Route ifMember(String room, String user, Supplier<Route> inner) {
    return replies.look(
        room,
        new RoomView.Description(user),
        RoomView.Described.class,
        seen -> seen.role().isPresent() ? inner.get() : Problems.route(Code.NOT_A_MEMBER));
  }

  private Route find(String room, String caller, CallCommand asked) {
    return onSuccess(
        commands.find(room, asked.command()),
        found ->
            found
                .filter(it -> asked.bot().map(it.command().bot()::equals).orElse(true))
                .map(offered -> read(room, caller, offered, asked.text().orElse("").strip()))
                .orElseGet(() -> Problems.route(Code.UNKNOWN_COMMAND)));
  }

  private Route read(String room, String caller, Offered offered, String text) {
    return switch (Arguments.read(offered.command().arguments(), text)) {
      case Arguments.Wrong(var sentence) -> refused(Code.BAD_FIELD, sentence);
      case Arguments.Read(var arguments) ->
          ifThere(
              room,
              caller,
              offered.command().bot(),
              () -> call(room, caller, offered, new CallTable.Content(text, arguments)));
    };
  }

  private Route ifThere(String room, String caller, String bot, Supplier<Route> inner) {
    return replies.look(
        room,
        new RoomView.Those(caller, Set.of(bot)),
        RoomView.AreMembers.class,
        there ->
            there.users().contains(bot)
                ? ifUsable(bot, inner)
                : onSuccess(
                    commands.removeAll(room, bot), _ -> refused(Code.UNKNOWN_COMMAND, GONE)));
  }

  private Route ifUsable(String bot, Supplier<Route> inner) {
    return onSuccess(
        edge.accounts().serverRole(bot),
        role -> {
          if (role.isEmpty()) return Problems.route(Code.UNAVAILABLE);
          return role.get().exists() && !role.get().disabled()
              ? inner.get()
              : refused(Code.UNKNOWN_COMMAND, "The bot of this command is disabled.");
        });
  }

  private Route call(String room, String caller, Offered offered, CallTable.Content content) {
    var command = offered.command();
    var now = calls.now().truncatedTo(ChronoUnit.MILLIS);
    var call =
        new CallTable.Call(
            Rooms.newId(),
            room,
            command.bot(),
            command.name(),
            caller,
            content,
            now,
            now.plus(callTime));
    return onSuccess(
        table.add(call, offered.address().isPresent(), openCalls),
        number -> {
          if (number.isEmpty()) return Problems.route(Code.TOO_MANY_CALLS);
          offered.address().ifPresentOrElse(it -> pass(call, it), () -> calls.made(call));
          return complete(
              Bodies.json(201, new MadeCall(call.id(), call.bot(), call.command(), call.until())));
        });
  }

  /// The caller does not wait for it.
  private void pass(CallTable.Call call, CommandTable.Address address) {
    calls.posted();
    var _ = posted.post(call, address);
  }

  // the bot answers

  private Route answer(String room, String call, Access bot) {
    return edge.bodies()
        .read(
            AnswerCall.class,
            asked ->
                answers
                    .objection(asked)
                    .map(CallRoutes::refused)
                    .orElseGet(() ->
                        ifMember(
                            room,
                            bot.user(),
                            () ->
                                onSuccess(
                                    answers.answer(room, call, bot.user(), asked),
                                    CallRoutes::answered))));
  }

  private static Route answered(CallAnswers.Result result) {
    return switch (result) {
      case CallAnswers.Said(var seq) -> complete(Bodies.json(200, new AnsweredCall(seq)));
      case CallAnswers.Refused refused -> refused(refused);
    };
  }

  private static Route refused(CallAnswers.Refused refused) {
    return complete(
        Problems.response(refused.code(), refused.sentence(), refused.retryAfterMillis()));
  }

  private static Route refused(Code code, String sentence) {
    return complete(Problems.response(code, sentence, OptionalLong.empty()));
  }
}
