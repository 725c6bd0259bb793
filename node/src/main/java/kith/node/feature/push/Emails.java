package kith.node.feature.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.auth.WrappedSecrets;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.OutboundRequests.Decision;
import kith.node.feature.courier.Target;
import kith.protocol.rest.Notifications.PushTest;

/// Sends e-mail within the bounds of requests to receivers.
final class Emails {
  static final String KIND = "email";

  private final OutboundRequests outbound;
  private final Smtp smtp;
  private final WrappedSecrets secrets;
  private final Optional<URI> address;
  private final Duration interval;

  /// @param address the URL at which recipients reach this server
  /// @param interval between two digests of an account, at least
  Emails(
      OutboundRequests outbound,
      Smtp smtp,
      WrappedSecrets secrets,
      Optional<URI> address,
      Duration interval) {
    this.outbound = outbound;
    this.smtp = smtp;
    this.secrets = secrets;
    this.address = address;
    this.interval = interval;
  }

  Duration interval() {
    return interval;
  }

  /// Sends an e-mail when it has its slot.
  ///
  /// @param late decides at that moment on the e-mail, or on none
  <T> CompletionStage<T> send(
      Supplier<CompletionStage<Decision<T>>> late, OutboundRequests.Result<T> result) {
    return outbound.send(smtp.server(), late, result);
  }

  <T> Decision<T> exchange(Mail mail) {
    return new OutboundRequests.Exchange<>(() -> smtp.send(mail));
  }

  /// Empty if the mail server has accepted the code, otherwise the reason why not.
  CompletionStage<Optional<String>> sendCode(MailAddress to, String account, String code) {
    var text =
        """
        %s is the code that sends the unread messages of the account %s to this address:

          kith push confirm %s

        If this is not your account, ignore this e-mail: nothing further is sent.
        """
            .formatted(code, account, code);
    return sent(new Mail(to.text(), "Your code for Kith", text, unique(), Optional.empty()));
  }

  CompletionStage<PushTest> test(Target target) {
    var mail =
        new Mail(
            MailAddress.of(target.url()),
            "A test of Kith",
            "This is a test.\n\n" + end(target),
            unique(),
            stop(target));
    return sent(mail).thenApply(refusal -> new PushTest(refusal.isEmpty(), refusal));
  }

  private static String unique() {
    return UUID.randomUUID().toString();
  }

  private CompletionStage<Optional<String>> sent(Mail mail) {
    return send(() -> CompletableFuture.completedFuture(exchange(mail)), Emails::refusal);
  }

  static Optional<String> refusal(Delivery.Outcome outcome) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() -> Optional.empty();
      case Delivery.Answered(var status, _, _) ->
          Optional.of("The mail server refuses the address (%d).".formatted(status));
      case Delivery.Unanswered(var reason) -> Optional.of(reason);
      case Delivery.Postponed _ -> Optional.of("The mail server failed several times; try later.");
    };
  }

  /// The instructions for ending the digests, as the last lines of each one.
  String end(Target target) {
    return "You get this because you confirmed this address. To end it:\n"
        + stop(target).map(link -> "  " + link + "\n").orElse("")
        + "  kith push remove "
        + target.id()
        + "\n";
  }

  /// A link that ends the digests; absent if the server's own address is not configured.
  Optional<URI> stop(Target target) {
    return address.flatMap(base ->
        secrets
            .unwrap(target.id(), target.secret())
            .map(secret -> {
              var token = target.id() + "." + new String(secret, StandardCharsets.UTF_8);
              return URI.create(base.toString().replaceFirst("/+$", "") + "/v1/email/" + token);
            }));
  }
}
