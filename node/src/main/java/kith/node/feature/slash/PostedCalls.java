package kith.node.feature.slash;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kith.node.auth.WrappedSecrets;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.WebhookSignature;
import kith.node.feature.slash.CommandTable.Address;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.protocol.rest.SlashCommands.CallData;
import kith.protocol.rest.SlashCommands.PostedCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts calls to the addresses of their bots. The response of the address is the answer to the
/// call; if the request fails, the caller is notified at once. A call is posted at most once.
final class PostedCalls {
  private static final Logger LOG = LoggerFactory.getLogger(PostedCalls.class);

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(Intervals.RETRY.toMillis(), TimeUnit.MILLISECONDS);

  /// Whether a posted call was accepted.
  private sealed interface Verdict {}

  private record Accepted() implements Verdict {}

  /// @param reason for the caller
  /// @param isBegun true if the receiver answered, but its answer was refused
  private record Failed(String reason, boolean isBegun) implements Verdict {}

  private final OutboundRequests outbound;
  private final WrappedSecrets secrets;
  private final CallAnswers answers;
  private final Calls calls;
  private final Semaphore free = new Semaphore(Portions.POSTED_CALLS);

  PostedCalls(OutboundRequests outbound, WrappedSecrets secrets, CallAnswers answers, Calls calls) {
    this.outbound = outbound;
    this.secrets = secrets;
    this.answers = answers;
    this.calls = calls;
  }

  /// @return completes when the call is finished
  CompletionStage<Void> post(CallTable.Call call, Address address) {
    return verdict(call, address)
        .exceptionally(fault -> {
          LOG.warn("call={} fault=\"{}\"", call.id(), fault.toString());
          return new Failed("The node could not post the call.", false);
        })
        .thenCompose(verdict ->
            switch (verdict) {
              case Accepted() -> CompletableFuture.completedFuture(null);
              case Failed(var reason, var isBegun) -> calls.failed(call, reason, isBegun);
            });
  }

  private CompletionStage<Verdict> verdict(CallTable.Call call, Address address) {
    var secret = secrets.unwrap(CommandTable.secretName(call.room(), call.bot()), address.secret());
    if (secret.isEmpty())
      return failed("This node has no secret that decrypts the secret of the bot.");
    if (!free.tryAcquire()) return failed("Too many calls are posted at present.");
    return outbound
        .<Delivery.Outcome>send(
            address.url(),
            () -> CompletableFuture.completedFuture(decision(call, address, secret.get())),
            outcome -> outcome)
        .thenCompose(outcome -> follow(call, outcome))
        .whenComplete((_, _) -> free.release());
  }

  /// A call whose time was over before it had a slot is not posted: its caller has been notified.
  private OutboundRequests.Decision<Delivery.Outcome> decision(
      CallTable.Call call, Address address, byte[] secret) {
    return calls.now().isBefore(call.until())
        ? new OutboundRequests.Call<>(
            delivery(call, address, secret), Portions.POSTED_CALL_ANSWER_BYTES)
        : new OutboundRequests.Skip<>(new Delivery.Unanswered("The call has expired."));
  }

  private Delivery delivery(CallTable.Call call, Address address, byte[] secret) {
    var event =
        new PostedCall(
            "call",
            call.at(),
            new CallData(
                call.id(),
                call.room(),
                call.bot(),
                call.command(),
                call.content().text(),
                call.content().arguments(),
                call.by(),
                call.at(),
                call.until()));
    var body = Json.restText(event).getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<>(WebhookSignature.headers(secret, call.id(), calls.now(), body));
    headers.put("content-type", "application/json");
    return new Delivery(address.url(), headers, body);
  }

  private CompletionStage<Verdict> follow(CallTable.Call call, Delivery.Outcome outcome) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() ->
          answered
              .body()
              .map(body -> body.isBlank() ? accepted() : answer(call, body))
              .orElseGet(() -> failed("The answer of the bot is too long."));
      case Delivery.Answered(var status, _, _) -> failed("The receiver answered " + status + ".");
      case Delivery.Unanswered(var reason) -> failed(reason);
      case Delivery.Postponed _ -> failed("The receiver did not answer several times in a row.");
    };
  }

  private CompletionStage<Verdict> answer(CallTable.Call call, String body) {
    AnswerCall answer;
    try {
      answer = Json.rest(body, AnswerCall.class);
    } catch (Malformed wrong) {
      return failed("The bot's response is not a valid answer.");
    }
    var objection = answers.objection(answer);
    return objection.isPresent() ? failed(objection.get().sentence()) : answer(call, answer);
  }

  /// A room that does not answer is asked again: the repeated answer is the same message.
  private CompletionStage<Verdict> answer(CallTable.Call call, AnswerCall answer) {
    return answers
        .answer(call.room(), call.id(), call.bot(), answer)
        .thenCompose(result ->
            switch (result) {
              case CallAnswers.Said _ -> accepted();
              case CallAnswers.Refused refused
                  when refused.code() == Code.UNAVAILABLE && calls.now().isBefore(call.until()) ->
                  CompletableFuture.supplyAsync(() -> answer(call, answer), LATER)
                      .thenCompose(it -> it);
              case CallAnswers.Refused refused ->
                  CompletableFuture.completedFuture(
                      new Failed(refused.sentence(), refused.code() != Code.CALL_OVER));
            });
  }

  private static CompletionStage<Verdict> accepted() {
    return CompletableFuture.completedFuture(new Accepted());
  }

  private static CompletionStage<Verdict> failed(String reason) {
    return CompletableFuture.completedFuture(new Failed(reason, false));
  }

  /// Wraps a secret again if it can be unwrapped.
  Optional<WrappedSecrets.Wrapped> anew(String name, WrappedSecrets.Wrapped old) {
    return secrets.unwrap(name, old).map(plain -> secrets.wrap(name, plain));
  }
}
