package kith.node.feature.slash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.account.Accounts;
import kith.node.core.room.Post;
import kith.node.core.room.Program;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.rest.SlashCommands.AnswerCall;

/// Answers calls, however the bot has sent the answer.
///
/// The answer for everybody is a message whose id follows from the call, so a repeated answer is
/// one message, also after a crash.
final class CallAnswers {
  sealed interface Result {}

  /// @param seq of the message; absent if only the caller sees the answer
  record Said(OptionalLong seq) implements Result {}

  record Refused(Code code, String sentence, OptionalLong retryAfterMillis) implements Result {
    Refused(Code code, String sentence) {
      this(code, sentence, OptionalLong.empty());
    }

    Refused(Code code) {
      this(code, code.sentence());
    }
  }

  private final CallTable table;
  private final Calls calls;
  private final Rooms rooms;
  private final Accounts accounts;
  private final int bodyBytes;

  /// @param bodyBytes the longest text of an answer
  CallAnswers(CallTable table, Calls calls, Rooms rooms, Accounts accounts, int bodyBytes) {
    this.table = table;
    this.calls = calls;
    this.rooms = rooms;
    this.accounts = accounts;
    this.bodyBytes = bodyBytes;
  }

  /// The reason to refuse the text of an answer, for any call.
  Optional<Refused> objection(AnswerCall asked) {
    if (Names.isBlank(asked.body())) return Optional.of(new Refused(Code.EMPTY_BODY));
    return isTooLong(asked.body()) ? Optional.of(tooLong("body")) : Optional.empty();
  }

  boolean isTooLong(String text) {
    return text.length() > bodyBytes || text.getBytes(StandardCharsets.UTF_8).length > bodyBytes;
  }

  Refused tooLong(String field) {
    return new Refused(
        Code.BODY_TOO_LONG, "The field '%s' has more than %d bytes.".formatted(field, bodyBytes));
  }

  CompletionStage<Result> answer(String room, String id, String bot, AnswerCall asked) {
    boolean isOnly = asked.only().orElse(false);
    var kind = isOnly ? CallTable.Answer.ONLY : CallTable.Answer.ALL;
    return table
        .answer(id, room, bot, kind, calls.now())
        .thenCompose(result ->
            switch (result) {
              case CallTable.Unknown() -> done(new Refused(Code.UNKNOWN_CALL));
              case CallTable.Over() -> done(new Refused(Code.CALL_OVER));
              case CallTable.Open(var call) ->
                  isOnly ? answerOnly(call, asked.body()) : answerAll(call, asked.body());
            });
  }

  private CompletionStage<Result> answerAll(CallTable.Call call, String body) {
    var message =
        new Post.Say(
            call.bot(),
            "call-" + call.id(),
            body,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Program.answering(new Program.Call(call.id(), call.command(), call.by()))));
    return rooms
        .submit(call.room(), message)
        .thenApply(verdict ->
            switch (verdict) {
              case Post.Accepted accepted -> {
                calls.answered();
                yield new Said(OptionalLong.of(accepted.seq()));
              }
              case Post.Refused refused ->
                  new Refused(refused.code(), refused.sentence(), refused.retryAfterMillis());
            });
  }

  private CompletionStage<Result> answerOnly(CallTable.Call call, String body) {
    return rooms
        .look(call.room(), new RoomView.Those(call.bot(), Set.of(call.by())))
        .thenCompose(answer ->
            switch (answer) {
              case RoomView.AreMembers there when there.users().contains(call.by()) ->
                  deliver(call, body);
              case RoomView.Denied(var code) -> done(new Refused(code));
              case RoomView.Answer ignored ->
                  done(new Refused(Code.CALL_OVER, "The caller is no longer in the room."));
            });
  }

  /// There is no reply if the account of the caller does not answer in time.
  private CompletionStage<Result> deliver(CallTable.Call call, String body) {
    return accounts
        .<AccountCalls.Delivered>askAgain(
            call.by(),
            replyTo -> new AccountCalls.Deliver(Calls.answer(call, Optional.of(body)), replyTo))
        .thenApply(reply -> {
          if (reply.isEmpty()) return new Refused(Code.UNAVAILABLE);
          if (!reply.get().isTaken()) return new Refused(Code.CALLER_AWAY);
          calls.answered();
          return new Said(OptionalLong.empty());
        });
  }

  private static CompletionStage<Result> done(Result result) {
    return CompletableFuture.completedFuture(result);
  }
}
