package kith.node.feature.slash;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Post;
import kith.node.core.room.Program;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.RoomReplies;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.protocol.rest.SlashCommands.AnsweredCall;
import kith.protocol.rest.SlashCommands.CallCommand;
import kith.protocol.rest.SlashCommands.Command;
import kith.protocol.rest.SlashCommands.MadeCall;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/rooms/{room}/calls`: a member calls a command, and the bot answers.
///
/// The answer for everybody is a message whose id follows from the call, so a repeated answer is
/// one message, also after a crash.
final class CallRoutes {
  private static final String GONE = "The bot of this command is not in the room any more.";

  private final CommandTable commands;
  private final CallTable table;
  private final Calls calls;
  private final Edge edge;
  private final RoomReplies replies;
  private final int openCalls;
  private final Duration callTime;
  private final int bodyBytes;

  /// @param bodyBytes the longest text of a call or an answer
  CallRoutes(
      CommandTable commands,
      CallTable table,
      Calls calls,
      Edge edge,
      int openCalls,
      Duration callTime,
      int bodyBytes) {
    this.commands = commands;
    this.table = table;
    this.calls = calls;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
    this.openCalls = openCalls;
    this.callTime = callTime;
    this.bodyBytes = bodyBytes;
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
                isTooLong(asked.text().orElse(""))
                    ? tooLong("text")
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
                .filter(it -> asked.bot().map(it.bot()::equals).orElse(true))
                .map(command -> read(room, caller, command, asked.text().orElse("").strip()))
                .orElseGet(() -> Problems.route(Code.UNKNOWN_COMMAND)));
  }

  private Route read(String room, String caller, Command command, String text) {
    return switch (Arguments.read(command.arguments(), text)) {
      case Arguments.Wrong(var sentence) -> refused(Code.BAD_FIELD, sentence);
      case Arguments.Read(var arguments) ->
          ifThere(
              room,
              caller,
              command.bot(),
              () -> call(room, caller, command, new CallTable.Content(text, arguments)));
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

  private Route call(String room, String caller, Command command, CallTable.Content content) {
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
        table.add(call, openCalls),
        number -> {
          if (number.isEmpty()) return Problems.route(Code.TOO_MANY_CALLS);
          calls.made(call);
          return complete(
              Bodies.json(201, new MadeCall(call.id(), call.bot(), call.command(), call.until())));
        });
  }

  // the bot answers

  private Route answer(String room, String call, Access bot) {
    return edge.bodies()
        .read(
            AnswerCall.class,
            asked -> {
              if (Names.isBlank(asked.body())) return Problems.route(Code.EMPTY_BODY);
              if (isTooLong(asked.body())) return tooLong("body");
              return ifMember(room, bot.user(), () -> answer(room, call, bot.user(), asked));
            });
  }

  private Route answer(String room, String id, String bot, AnswerCall asked) {
    boolean isOnly = asked.only().orElse(false);
    var kind = isOnly ? CallTable.Answer.ONLY : CallTable.Answer.ALL;
    return onSuccess(
        table.answer(id, room, bot, kind, calls.now()),
        result ->
            switch (result) {
              case CallTable.Unknown() -> Problems.route(Code.UNKNOWN_CALL);
              case CallTable.Over() -> Problems.route(Code.CALL_OVER);
              case CallTable.Open(var call) ->
                  isOnly ? answerOnly(call, asked.body()) : answerAll(call, asked.body());
            });
  }

  private Route answerAll(CallTable.Call call, String body) {
    var message =
        new Post.Say(
            call.bot(),
            "call-" + call.id(),
            body,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Program.answering(new Program.Call(call.id(), call.command(), call.by()))));
    return onSuccess(
        edge.rooms().submit(call.room(), message),
        verdict ->
            switch (verdict) {
              case Post.Accepted accepted -> {
                calls.answered();
                yield complete(Bodies.json(200, new AnsweredCall(OptionalLong.of(accepted.seq()))));
              }
              case Post.Refused refused ->
                  complete(
                      Problems.response(
                          refused.code(), refused.sentence(), refused.retryAfterMillis()));
            });
  }

  private Route answerOnly(CallTable.Call call, String body) {
    return replies.look(
        call.room(),
        new RoomView.Those(call.bot(), Set.of(call.by())),
        RoomView.AreMembers.class,
        there -> {
          if (!there.users().contains(call.by()))
            return refused(Code.CALL_OVER, "The caller is not in the room any more.");
          return onSuccess(
              deliver(call, body),
              reply -> {
                if (reply.isEmpty()) return Problems.route(Code.UNAVAILABLE);
                if (!reply.get().isTaken()) return Problems.route(Code.CALLER_AWAY);
                calls.answered();
                return complete(Bodies.json(200, new AnsweredCall(OptionalLong.empty())));
              });
        });
  }

  /// Empty if the account of the caller does not answer in time.
  private CompletionStage<Optional<AccountCalls.Delivered>> deliver(
      CallTable.Call call, String body) {
    return edge.accounts()
        .askAgain(
            call.by(),
            replyTo -> new AccountCalls.Deliver(Calls.answer(call, Optional.of(body)), replyTo));
  }

  private boolean isTooLong(String text) {
    return text.length() > bodyBytes || text.getBytes(StandardCharsets.UTF_8).length > bodyBytes;
  }

  private Route tooLong(String field) {
    return refused(
        Code.BODY_TOO_LONG, "The field '%s' has more than %d bytes.".formatted(field, bodyBytes));
  }

  private static Route refused(Code code, String sentence) {
    return complete(Problems.response(code, sentence, OptionalLong.empty()));
  }
}
