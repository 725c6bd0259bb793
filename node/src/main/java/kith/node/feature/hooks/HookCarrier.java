package kith.node.feature.hooks;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import kith.node.auth.WrappedSecrets;
import kith.node.core.room.RoomLog;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.CourierTable.Place;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.Target;
import kith.node.feature.courier.WebhookSignature;
import kith.node.platform.config.Portions;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.Webhooks;

/// Sends the entries of a room to a webhook, one in each request; or those of all rooms that its
/// creator owns. It reads a page of them, and asks afterwards, when the requests have their slot,
/// whether the creator still owns the room: so later entries are never sent.
final class HookCarrier implements Carrier {
  static final String KIND = "webhook";
  static final String KIND_OF_ACCOUNT = "account-webhook";
  static final String ROOM_DELETED = "The room was deleted.";

  private final String kind;
  private final RoomLog log;
  private final HookPlaces places;
  private final HookRights rights;
  private final OutboundRequests outbound;
  private final WrappedSecrets secrets;
  private final Clock clock;

  HookCarrier(
      String kind,
      RoomLog log,
      HookPlaces places,
      HookRights rights,
      OutboundRequests outbound,
      WrappedSecrets secrets,
      Clock clock) {
    this.kind = kind;
    this.log = log;
    this.places = places;
    this.rights = rights;
    this.outbound = outbound;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public CompletionStage<Step> step(Target target, BooleanSupplier isInterrupted) {
    return places
        .next(target)
        .thenCompose(found ->
            found
                .map(place -> step(target, place, isInterrupted))
                .orElseGet(() -> done(new UpToDate())));
  }

  private CompletionStage<Step> step(Target target, Place place, BooleanSupplier isInterrupted) {
    return log.after(place.room(), place.seq(), Portions.DELIVERED_ENTRIES)
        .thenApply(page -> page.oldestWithin(Portions.DELIVERED_BYTES))
        .thenCompose(page -> step(target, place, page, isInterrupted))
        .thenCompose(step -> places.moved(target, place, step));
  }

  private CompletionStage<Step> step(
      Target target, Place place, RoomLog.Page page, BooleanSupplier isInterrupted) {
    if (page.entries().isEmpty()) return done(new UpToDate());
    var last = page.entries().getLast().seq();
    var wanted =
        page.entries().stream()
            .filter(entry -> target.kinds().contains(HookKinds.of(entry)))
            .toList();
    if (wanted.isEmpty()) return done(new Passed(last));
    return outbound.send(
        target.url(),
        () ->
            rights
                .objection(target, place)
                .thenApply(objection ->
                    objection
                        .<OutboundRequests.Decision<Step>>map(OutboundRequests.Skip::new)
                        .orElseGet(
                            () -> run(target, place, wanted, last, page.gapFrom(), isInterrupted))),
        outcome -> HookRun.step(outcome, place.seq()));
  }

  private OutboundRequests.Decision<Step> run(
      Target target,
      Place place,
      List<Entry> wanted,
      long last,
      OptionalLong gapFrom,
      BooleanSupplier isInterrupted) {
    var secret = secrets.unwrap(target.id(), target.secret());
    if (secret.isEmpty())
      return new OutboundRequests.Skip<>(
          Failed.because("This node has no secret that decrypts the secret of the webhook."));
    var run =
        new HookRun(
            wanted,
            last,
            entry ->
                delivery(
                    target,
                    place.room(),
                    entry,
                    entry == wanted.getFirst() ? gapFrom : OptionalLong.empty(),
                    secret.get()),
            isInterrupted,
            clock);
    return new OutboundRequests.Series<>(run::over);
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

  private static CompletionStage<Step> done(Step step) {
    return CompletableFuture.completedFuture(step);
  }
}
