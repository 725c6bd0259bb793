package kith.node.feature.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import kith.node.core.account.Account.ServerRoleAnswer;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.OutboundRequests.Decision;
import kith.node.feature.courier.Target;
import kith.node.feature.push.PushTable.Event;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;

/// Sends digests of unread messages by e-mail. The first message that calls for a digest waits for
/// `kith.push.email.interval`, and the digest contains the messages that are still unread then. Its
/// content is decided at the moment of sending, when the e-mail has its slot.
final class EmailCarrier implements Carrier {
  private static final int REFUSED_FOR_EVER = 500;

  private final Emails emails;
  private final Rooms rooms;
  private final Accounts accounts;
  private final PushTable push;
  private final CourierTable table;
  private final PushSettings settings;
  private final Clock clock;

  EmailCarrier(
      Emails emails,
      Rooms rooms,
      Accounts accounts,
      PushTable push,
      CourierTable table,
      PushSettings settings,
      Clock clock) {
    this.emails = emails;
    this.rooms = rooms;
    this.accounts = accounts;
    this.push = push;
    this.table = table;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return Emails.KIND;
  }

  @Override
  public Duration delay() {
    return emails.interval();
  }

  @Override
  public CompletionStage<Step> step(Target target, BooleanSupplier isInterrupted) {
    return push.next(target.account(), target.position(), Portions.DIGEST_MESSAGES)
        .thenCompose(events ->
            events.isEmpty()
                ? CompletableFuture.completedFuture(new UpToDate())
                : step(target, events));
  }

  private CompletionStage<Step> step(Target target, List<Event> events) {
    var now = clock.instant();
    var wait =
        Duration.between(now, due(events.getFirst().at(), target.delivered(), emails.interval()));
    if (wait.isPositive()) return CompletableFuture.completedFuture(new Postponed(wait));
    // the user may be reading the latest ones
    var ripe =
        events.stream().takeWhile(it -> !it.at().plus(settings.delay()).isAfter(now)).toList();
    if (ripe.isEmpty()) return CompletableFuture.completedFuture(new Postponed(settings.delay()));
    var last = ripe.getLast().id();
    return emails.send(() -> decide(target, ripe), outcome -> step(outcome, last));
  }

  /// The time at which a digest is sent, by the time of its first message.
  ///
  /// @param delivered when the account got the digest before
  static Instant due(Instant first, Optional<Instant> delivered, Duration interval) {
    var ofFirst = first.plus(interval);
    return delivered.map(it -> it.plus(interval)).filter(ofFirst::isBefore).orElse(ofFirst);
  }

  private CompletionStage<Decision<Step>> decide(Target target, List<Event> events) {
    return table
        .isCurrent(target)
        .thenCompose(isCurrent -> isCurrent ? ifAccount(target, events) : skip(new Changed()));
  }

  private CompletionStage<Decision<Step>> ifAccount(Target target, List<Event> events) {
    var last = events.getLast().id();
    return accounts
        .serverRole(target.account())
        .thenCompose(answer -> {
          if (answer.isEmpty()) return silent("account");
          ServerRoleAnswer account = answer.get();
          if (!account.exists()) return skip(new Ended("Its account does not exist."));
          // an administrator may enable it again, but the messages are old then
          if (account.disabled()) return skip(new Passed(last));
          return push.rules(target.account()).thenCompose(rules -> ifTime(target, events, rules));
        });
  }

  private CompletionStage<Decision<Step>> ifTime(
      Target target, List<Event> events, PushRules rules) {
    var now = clock.instant();
    var quiet = rules.quiet().filter(it -> it.contains(now));
    if (quiet.isPresent()) return skip(new Postponed(Duration.between(now, quiet.get().end(now))));
    return push.reading(target.account(), events.getFirst().room())
        .thenCompose(reading -> {
          var wait = PushDecision.wait(rules.away(), reading.active(), now);
          return wait.isPresent()
              ? skip(new Postponed(wait.get()))
              : unread(target, events, rules)
                  .thenApply(rooms -> digest(target, events.getLast().id(), rules, rooms));
        });
  }

  private Decision<Step> digest(
      Target target, long last, PushRules rules, List<Digest.Room> rooms) {
    if (rooms.isEmpty()) return new OutboundRequests.Skip<>(new Passed(last));
    var zone = rules.quiet().map(PushRules.Quiet::zone).orElse(ZoneOffset.UTC);
    var digest = Digest.of(rules.contents().atMost(settings.contents()), rooms, zone);
    return emails.exchange(
        new Mail(
            MailAddress.of(target.url()),
            digest.subject(),
            digest.text() + "\n" + emails.end(target),
            Notification.tag(target.id(), "", last),
            emails.stop(target)));
  }

  /// The rooms with messages that are unread and wanted now, read one at a time.
  private CompletionStage<List<Digest.Room>> unread(
      Target target, List<Event> events, PushRules rules) {
    Map<String, Set<Long>> seqsByRoom = new LinkedHashMap<>();
    for (var event : events)
      seqsByRoom.computeIfAbsent(event.room(), _ -> new TreeSet<>()).add(event.seq());
    return accounts
        .relations(target.account())
        .thenCompose(relations -> {
          CompletionStage<List<Digest.Room>> all =
              CompletableFuture.completedFuture(new ArrayList<>());
          for (var each : seqsByRoom.entrySet())
            all =
                all.thenCompose(found ->
                    unread(
                            target.account(),
                            each.getKey(),
                            each.getValue(),
                            rules,
                            relations.blocked())
                        .thenApply(room -> {
                          room.ifPresent(found::add);
                          return found;
                        }));
          return all;
        });
  }

  private CompletionStage<Optional<Digest.Room>> unread(
      String account, String room, Set<Long> seqs, PushRules rules, Set<String> blocked) {
    return rooms
        .look(room, new RoomView.Description(account))
        .thenCompose(answer ->
            switch (answer) {
              case RoomView.Described seen when seen.role().isPresent() ->
                  rooms
                      .log()
                      .messages(room, seqs)
                      .thenCombine(
                          push.reading(account, room),
                          (found, reading) ->
                              unread(account, seen, found, reading, rules, blocked));
              case RoomView.Denied(var code) when code == Code.UNAVAILABLE -> silent("room");
              case RoomView.Answer ignored -> CompletableFuture.completedFuture(Optional.empty());
            });
  }

  private Optional<Digest.Room> unread(
      String account,
      RoomView.Described seen,
      List<Entry> found,
      PushTable.Reading reading,
      PushRules rules,
      Set<String> blocked) {
    var isDirect = seen.room().visibility() == Visibility.DIRECT;
    var messages =
        found.stream()
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .filter(it -> it.redaction().isEmpty())
            .filter(it -> isDue(account, seen.room().room(), isDirect, it, reading, rules, blocked))
            .toList();
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(new Digest.Room(seen.room().name(), isDirect, messages));
  }

  private boolean isDue(
      String account,
      String room,
      boolean isDirect,
      Entry.Message message,
      PushTable.Reading reading,
      PushRules rules,
      Set<String> blocked) {
    var facts =
        new PushDecision.Facts(
            message.at(),
            rules.wants(
                account,
                room,
                isDirect,
                message.body().orElse(""),
                message.mentions().orElse(List.of())),
            reading.read() >= message.seq(),
            reading.muted(),
            blocked.contains(message.by()),
            false);
    return PushDecision.reasonAgainst(facts, PushFeature.kept(settings), clock.instant()).isEmpty();
  }

  /// Only the mail server's answer about the recipient ends the attempts at once.
  static Step step(Delivery.Outcome outcome, long last) {
    if (outcome instanceof Delivery.Postponed(var delay)) return new Postponed(delay);
    return Emails.refusal(outcome)
        .<Step>map(reason ->
            new Failed(
                reason,
                Optional.empty(),
                outcome instanceof Delivery.Answered(var status, _, _)
                    && status >= REFUSED_FOR_EVER))
        .orElseGet(() -> new Delivered(last));
  }

  private static <T> CompletionStage<T> silent(String what) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("The " + what + " did not answer"));
  }

  private static CompletionStage<Decision<Step>> skip(Step step) {
    return CompletableFuture.completedFuture(new OutboundRequests.Skip<>(step));
  }
}
