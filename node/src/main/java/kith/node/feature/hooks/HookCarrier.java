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
import kith.node.feature.courier.CourierTable.Place;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.Target;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.Webhooks;

/// Sends the entries of a room to a webhook, one in each request; or those of all rooms that its
/// maker owns. Whether the maker is still an owner of the room is asked when the request has its
/// slot, in the moment of sending.
final class HookCarrier implements Carrier {
  static final String KIND = "webhook";
  static final String KIND_OF_ACCOUNT = "account-webhook";
  static final String ROOM_DELETED = "The room was deleted.";

  private static final int GONE = 410;

  private final String kind;
  private final Rooms rooms;
  private final Accounts accounts;
  private final RoomLog log;
  private final OutboundRequests outbound;
  private final CourierTable table;
  private final WrappedSecrets secrets;
  private final Clock clock;

  HookCarrier(
      String kind,
      Rooms rooms,
      Accounts accounts,
      OutboundRequests outbound,
      CourierTable table,
      WrappedSecrets secrets,
      Clock clock) {
    this.kind = kind;
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
    return kind;
  }

  @Override
  public CompletionStage<Step> step(Target target) {
    return isOfAccount()
        ? table
            .nextPlace(target.id())
            .thenCompose(found ->
                found.map(place -> step(target, place)).orElseGet(() -> done(new UpToDate())))
        : step(target, new Place(target.room(), target.position()));
  }

  private boolean isOfAccount() {
    return kind.equals(KIND_OF_ACCOUNT);
  }

  private CompletionStage<Step> step(Target target, Place place) {
    return log.after(place.room(), place.seq(), Portions.DELIVERED_ENTRIES)
        .thenCompose(page -> step(target, place, page));
  }

  private CompletionStage<Step> step(Target target, Place place, RoomLog.Page page) {
    if (page.entries().isEmpty()) return done(new UpToDate());
    return page.entries().stream()
        .filter(entry -> target.kinds().contains(HookKinds.of(entry)))
        .findFirst()
        .map(entry -> send(target, place, entry, page.gapFrom()))
        .orElseGet(() -> moved(target, place, new Passed(page.entries().getLast().seq())));
  }

  private CompletionStage<Step> send(
      Target target, Place place, Entry entry, OptionalLong gapFrom) {
    return outbound
        .<Step>send(
            target.url(),
            () -> mayStillReceive(target, place, entry, gapFrom),
            outcome -> step(outcome, entry.seq()))
        .thenCompose(step -> step instanceof Delivered ? moved(target, place, step) : done(step));
  }

  /// A webhook of an account has a position in each room, which is moved here; its courier has only
  /// one, which stays.
  private CompletionStage<Step> moved(Target target, Place place, Step step) {
    if (!isOfAccount()) return done(step);
    return switch (step) {
      case Passed(var to) ->
          table
              .movePlace(target.id(), place, to)
              .thenApply(isMoved -> isMoved ? new Passed(target.position()) : new Changed());
      case Delivered(var to) ->
          table
              .movePlace(target.id(), place, to)
              .thenApply(isMoved -> isMoved ? new Delivered(target.position()) : new Changed());
      case Step other -> done(other);
    };
  }

  private CompletionStage<OutboundRequests.Decision<Step>> mayStillReceive(
      Target target, Place place, Entry entry, OptionalLong gapFrom) {
    return table
        .isCurrent(target)
        .thenCompose(
            isCurrent -> isCurrent ? ifOwner(target, place, entry, gapFrom) : skip(new Changed()));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifOwner(
      Target target, Place place, Entry entry, OptionalLong gapFrom) {
    return rooms
        .look(place.room(), new RoomView.Description(target.account()))
        .thenCompose(answer ->
            switch (answer) {
              case RoomView.Described(_, var role, _, _)
                  when role.filter(it -> it.isAtLeast(Role.OWNER)).isPresent() ->
                  ifEnabled(target, place, entry, gapFrom);
              case RoomView.Denied(var code) when code == Code.UNAVAILABLE ->
                  CompletableFuture.failedFuture(
                      new IllegalStateException("The room did not answer"));
              case RoomView.Answer ignored when isOfAccount() ->
                  table
                      .leavePlace(target.id(), place)
                      .thenApply(_ -> new OutboundRequests.Skip<>(new Passed(target.position())));
              case RoomView.Denied(var code) when code == Code.ROOM_DELETED ->
                  skip(new Ended(ROOM_DELETED));
              case RoomView.Answer ignored ->
                  skip(new Ended("Its maker is no owner of the room any more."));
            });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifEnabled(
      Target target, Place place, Entry entry, OptionalLong gapFrom) {
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
              : request(target, place, entry, gapFrom);
        });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> request(
      Target target, Place place, Entry entry, OptionalLong gapFrom) {
    return secrets
        .unwrap(target.id(), target.secret())
        .map(secret ->
            CompletableFuture.<OutboundRequests.Decision<Step>>completedFuture(
                new OutboundRequests.Send<>(
                    delivery(target, place.room(), entry, gapFrom, secret))))
        .orElseGet(() ->
            CompletableFuture.completedFuture(
                new OutboundRequests.Skip<>(
                    Failed.because("No secret of this node decrypts the secret of the webhook."))));
  }

  private Delivery delivery(
      Target target, String room, Entry entry, OptionalLong gapFrom, byte[] secret) {
    var id = room + "_" + entry.seq();
    var event =
        new Webhooks.WebhookEvent(
            HookKinds.of(entry),
            entry.at(),
            new Webhooks.EventData(id, room, entry.seq(), gapFrom, entry));
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
