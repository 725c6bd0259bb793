package kith.node.feature.hooks;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.auth.WrappedSecrets;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.Target;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.Webhooks;

/// Sends the entries of a room to a webhook, one in each request. Whether its maker is still an
/// owner of the room is asked when the request has its slot, in the moment of sending.
final class HookCarrier implements Carrier {
  static final String KIND = "webhook";
  static final String ROOM_DELETED = "The room was deleted.";

  private static final int GONE = 410;

  private final Rooms rooms;
  private final Accounts accounts;
  private final RoomLog log;
  private final OutboundRequests outbound;
  private final CourierTable table;
  private final WrappedSecrets secrets;
  private final Clock clock;

  HookCarrier(
      Rooms rooms,
      Accounts accounts,
      OutboundRequests outbound,
      CourierTable table,
      WrappedSecrets secrets,
      Clock clock) {
    this.rooms = rooms;
    this.accounts = accounts;
    this.log = rooms.log();
    this.outbound = outbound;
    this.table = table;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public CompletionStage<Step> step(Target target) {
    return log.after(target.room(), target.position(), Portions.DELIVERED_ENTRIES)
        .thenCompose(page -> step(target, page));
  }

  private CompletionStage<Step> step(Target target, RoomLog.Page page) {
    if (page.entries().isEmpty()) return done(new UpToDate());
    return page.entries().stream()
        .filter(entry -> target.kinds().contains(HookKinds.of(entry)))
        .findFirst()
        .map(entry -> send(target, entry, page.gapFrom()))
        .orElseGet(() -> done(new Passed(page.entries().getLast().seq())));
  }

  private CompletionStage<Step> send(Target target, Entry entry, OptionalLong gapFrom) {
    return outbound.send(
        target.url(),
        () -> mayStillReceive(target, entry, gapFrom),
        outcome -> step(outcome, entry.seq()));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> mayStillReceive(
      Target target, Entry entry, OptionalLong gapFrom) {
    return table
        .isCurrent(target)
        .thenCompose(
            isCurrent -> isCurrent ? ifOwner(target, entry, gapFrom) : skip(new Changed()));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifOwner(
      Target target, Entry entry, OptionalLong gapFrom) {
    return rooms
        .look(target.room(), new RoomView.Description(target.account()))
        .thenCompose(answer ->
            switch (answer) {
              case RoomView.Described(_, var role, _, _)
                  when role.filter(it -> it.isAtLeast(Role.OWNER)).isPresent() ->
                  ifEnabled(target, entry, gapFrom);
              case RoomView.Denied(var code) when code == Code.UNAVAILABLE ->
                  CompletableFuture.failedFuture(
                      new IllegalStateException("The room did not answer"));
              case RoomView.Denied(var code) when code == Code.ROOM_DELETED ->
                  skip(new Ended(ROOM_DELETED));
              case RoomView.Answer ignored ->
                  skip(new Ended("Its maker is no owner of the room any more."));
            });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifEnabled(
      Target target, Entry entry, OptionalLong gapFrom) {
    return accounts
        .serverRole(target.account())
        .thenCompose(answer -> {
          if (answer.isEmpty())
            return CompletableFuture.failedFuture(
                new IllegalStateException("The account did not answer"));
          if (!answer.get().exists())
            return skip(new Ended("The account of its maker was deleted."));
          return answer.get().disabled()
              ? skip(Failed.because("The account of its maker is disabled."))
              : request(target, entry, gapFrom);
        });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> request(
      Target target, Entry entry, OptionalLong gapFrom) {
    return secrets
        .unwrap(target.id(), target.secret())
        .map(secret ->
            CompletableFuture.<OutboundRequests.Decision<Step>>completedFuture(
                new OutboundRequests.Send<>(delivery(target, entry, gapFrom, secret))))
        .orElseGet(() ->
            CompletableFuture.completedFuture(
                new OutboundRequests.Skip<>(
                    Failed.because("No secret of this node decrypts the secret of the webhook."))));
  }

  private Delivery delivery(Target target, Entry entry, OptionalLong gapFrom, byte[] secret) {
    var id = target.room() + "_" + entry.seq();
    var event =
        new Webhooks.WebhookEvent(
            HookKinds.of(entry),
            entry.at(),
            new Webhooks.EventData(id, target.room(), entry.seq(), gapFrom, entry));
    var body = Json.restText(event).getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<>(WebhookSignature.headers(secret, id, clock.instant(), body));
    headers.put("content-type", "application/json");
    return new Delivery(target.url(), headers, body);
  }

  private static Step step(Delivery.Outcome outcome, long seq) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() -> new Delivered(seq);
      case Delivery.Answered(var status, var retryAfter) ->
          new Failed(
              status / 100 == 3
                  ? "The receiver answered " + status + "; redirects are not followed."
                  : "The receiver answered " + status + ".",
              retryAfter,
              status == GONE);
      case Delivery.Unanswered(var reason) -> Failed.because(reason);
      case Delivery.Postponed(var delay) -> new Postponed(delay);
    };
  }

  private static CompletionStage<OutboundRequests.Decision<Step>> skip(Step step) {
    return CompletableFuture.completedFuture(new OutboundRequests.Skip<>(step));
  }

  private static CompletionStage<Step> done(Step step) {
    return CompletableFuture.completedFuture(step);
  }
}
