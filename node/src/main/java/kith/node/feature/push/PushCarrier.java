package kith.node.feature.push;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.WrappedSecrets;
import kith.node.core.account.Account;
import kith.node.core.account.Accounts;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.CourierTable;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.OutboundRequests;
import kith.node.feature.courier.Target;
import kith.node.feature.push.PushTable.Event;
import kith.node.feature.reminders.DueReminders;
import kith.node.platform.config.CourierIntervals;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;

/// Sends notifications to devices. Whether a message or a reminder still calls for one is decided
/// at the moment of sending, when the request has its slot.
final class PushCarrier implements Carrier {
  private static final int TOO_MANY_REQUESTS = 429;

  private final PushService service;
  private final Rooms rooms;
  private final Accounts accounts;
  private final PushTable push;
  private final DueReminders reminders;
  private final CourierTable table;
  private final OutboundRequests outbound;
  private final WrappedSecrets secrets;
  private final PushSettings settings;
  private final Clock clock;

  PushCarrier(
      PushService service,
      Rooms rooms,
      Accounts accounts,
      PushTable push,
      DueReminders reminders,
      CourierTable table,
      OutboundRequests outbound,
      WrappedSecrets secrets,
      PushSettings settings,
      Clock clock) {
    this.service = service;
    this.rooms = rooms;
    this.accounts = accounts;
    this.push = push;
    this.reminders = reminders;
    this.table = table;
    this.outbound = outbound;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return service.kind();
  }

  @Override
  public CompletionStage<Step> step(Target target, BooleanSupplier isInterrupted) {
    return push.withdrawable(target.id())
        .thenCompose(read ->
            read.map(it ->
                    withdraw(
                        target,
                        Notification.tag(target.id(), it.room(), it.seq()),
                        () -> push.withdrawn(target.id(), it)))
                .orElseGet(() -> withdrawReminder(target)));
  }

  private CompletionStage<Step> withdrawReminder(Target target) {
    return reminders
        .withdrawable(target.id(), clock.instant().minus(settings.lifetime()))
        .thenCompose(gone ->
            gone.map(it ->
                    withdraw(
                        target,
                        Notification.tagOfReminder(target.id(), it.reminder(), it.at()),
                        () -> reminders.withdrawn(target.id(), it)))
                .orElseGet(() -> remind(target)));
  }

  private CompletionStage<Step> withdraw(
      Target target, String tag, Supplier<CompletionStage<Integer>> withdrawn) {
    return outbound
        .<Step>send(
            target.url(),
            () -> withdrawal(target, tag),
            outcome -> withdrawn(outcome, target.position()))
        .thenCompose(step ->
            step instanceof Delivered
                ? withdrawn.get().thenApply(_ -> step)
                : CompletableFuture.completedFuture(step));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> withdrawal(Target target, String tag) {
    return table
        .isCurrent(target)
        .thenApply(isCurrent ->
            isCurrent
                ? sent(target, secret -> service.withdrawal(target.url(), secret, tag))
                : new OutboundRequests.Skip<>(new Changed()));
  }

  /// A server that cannot withdraw notifications is not asked again. The position stays.
  private Step withdrawn(Delivery.Outcome outcome, long position) {
    return outcome instanceof Delivery.Answered answered
            && answered.status() / 100 == 4
            && answered.status() != TOO_MANY_REQUESTS
            && !service.isGone(answered)
        ? new Delivered(position)
        : step(outcome, position);
  }

  private OutboundRequests.Decision<Step> sent(Target target, Function<byte[], Delivery> request) {
    return secrets
        .unwrap(target.id(), target.secret())
        .<OutboundRequests.Decision<Step>>map(
            secret -> new OutboundRequests.Send<>(request.apply(secret)))
        .orElseGet(() ->
            new OutboundRequests.Skip<>(
                Failed.because("This node has no secret that decrypts the keys of the receiver.")));
  }

  private CompletionStage<Step> remind(Target target) {
    var now = clock.instant();
    var receiver = new DueReminders.Receiver(target.id(), target.account(), target.created());
    return reminders
        .next(receiver, now.minus(settings.lifetime()), now.minus(settings.delay()))
        .thenCompose(due -> due.map(it -> remind(target, it)).orElseGet(() -> notify(target)));
  }

  private CompletionStage<Step> remind(Target target, DueReminders.Due due) {
    return push.rules(target.account())
        .thenCompose(rules ->
            verdict(target, due, rules)
                .thenCompose(verdict ->
                    switch (verdict) {
                      case ReminderDecision.Never _ -> unsent(target, due);
                      case ReminderDecision.Later(var wait) ->
                          notify(target).thenApply(step -> later(step, wait, rules));
                      case ReminderDecision.Now _ -> sendReminder(target, due);
                    }));
  }

  /// Messages do not wait for a reminder, unless they have to wait for the user to be away, too.
  private static Step later(Step step, Duration wait, PushRules rules) {
    return step instanceof UpToDate && rules.away().isPresent() ? new Postponed(wait) : step;
  }

  private CompletionStage<ReminderDecision.Verdict> verdict(
      Target target, DueReminders.Due due, PushRules rules) {
    return push.active(target.account())
        .thenApply(active -> {
          var now = clock.instant();
          return ReminderDecision.of(
              new ReminderDecision.Facts(
                  due.at(),
                  active,
                  rules.quiet().filter(it -> it.contains(now)).isPresent(),
                  rules.away()),
              CourierIntervals.ACTIVITY_KNOWN,
              settings.lifetime(),
              now);
        });
  }

  private CompletionStage<Step> unsent(Target target, DueReminders.Due due) {
    return reminders.settle(target.id(), due, false).thenApply(_ -> new Passed(target.position()));
  }

  private CompletionStage<Step> sendReminder(Target target, DueReminders.Due due) {
    return outbound
        .<Step>send(
            target.url(),
            () -> ifCurrent(target, () -> ifReminderDue(target, due)),
            outcome -> step(outcome, target.position()))
        .thenCompose(step ->
            step instanceof Delivered
                ? reminders.settle(target.id(), due, true).thenApply(_ -> step)
                : CompletableFuture.completedFuture(step));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifReminderDue(
      Target target, DueReminders.Due due) {
    return accounts
        .serverRole(target.account())
        .thenCompose(role -> {
          if (role.isEmpty()) return silent("account");
          if (role.get().disabled())
            return unsent(target, due).thenApply(OutboundRequests.Skip::new);
          return reminders
              .isDue(due)
              .thenCompose(
                  isDue -> isDue ? reminder(target, due) : skip(new Passed(target.position())));
        });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> reminder(
      Target target, DueReminders.Due due) {
    return push.rules(target.account())
        .thenCompose(rules ->
            verdict(target, due, rules)
                .thenCompose(verdict ->
                    switch (verdict) {
                      case ReminderDecision.Never _ ->
                          unsent(target, due).thenApply(OutboundRequests.Skip::new);
                      case ReminderDecision.Later(var wait) -> skip(new Postponed(wait));
                      case ReminderDecision.Now _ ->
                          CompletableFuture.completedFuture(reminder(target, due, rules));
                    }));
  }

  private OutboundRequests.Decision<Step> reminder(
      Target target, DueReminders.Due due, PushRules rules) {
    var notification =
        Notification.ofReminder(rules.contents().atMost(settings.contents()), due.text())
            .tagged(Notification.tagOfReminder(target.id(), due.reminder(), due.at()));
    return sent(target, secret -> service.delivery(target.url(), secret, notification));
  }

  private CompletionStage<Step> notify(Target target) {
    return push.next(target.account(), target.position())
        .thenCompose(event ->
            event
                .map(it -> step(target, it))
                .orElseGet(() -> CompletableFuture.completedFuture(new UpToDate())));
  }

  private CompletionStage<Step> step(Target target, Event event) {
    // the user may be reading it
    var wait = Duration.between(clock.instant(), event.at().plus(settings.delay()));
    if (wait.isPositive()) return CompletableFuture.completedFuture(new Postponed(wait));
    return outbound
        .<Step>send(
            target.url(),
            () -> ifCurrent(target, () -> ifWanted(target, event)),
            outcome -> step(outcome, event.id()))
        .thenCompose(step ->
            step instanceof Delivered
                ? push.shown(target.id(), event).thenApply(_ -> step)
                : CompletableFuture.completedFuture(step));
  }

  /// @param wanted asked if the target has not changed and its device exists
  private CompletionStage<OutboundRequests.Decision<Step>> ifCurrent(
      Target target, Supplier<CompletionStage<OutboundRequests.Decision<Step>>> wanted) {
    return table
        .isCurrent(target)
        .thenCompose(isCurrent -> isCurrent ? ifDevice(target, wanted) : skip(new Changed()));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifDevice(
      Target target, Supplier<CompletionStage<OutboundRequests.Decision<Step>>> wanted) {
    return accounts
        .devices(target.account())
        .thenCompose(reply ->
            switch (reply) {
              case Account.DeviceList(var devices) ->
                  devices.stream().anyMatch(it -> Optional.of(it.device()).equals(target.device()))
                      ? wanted.get()
                      : skip(new Ended("Its device was logged out."));
              case Account.Refused(var code, _) when code == Code.UNAVAILABLE -> silent("account");
              case Account.Refused _ -> skip(new Ended("Its account does not exist."));
            });
  }

  private static <T> CompletionStage<T> silent(String what) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("The " + what + " did not answer"));
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifWanted(Target target, Event event) {
    return rooms
        .look(event.room(), new RoomView.Description(target.account()))
        .thenCompose(answer ->
            switch (answer) {
              case RoomView.Described seen when seen.role().isPresent() ->
                  ifWanted(target, event, seen);
              case RoomView.Denied(var code) when code == Code.UNAVAILABLE -> silent("room");
              case RoomView.Answer ignored -> skip(new Passed(event.id()));
            });
  }

  private CompletionStage<OutboundRequests.Decision<Step>> ifWanted(
      Target target, Event event, RoomView.Described room) {
    var account = target.account();
    var messages = rooms.log().messages(event.room(), Set.of(event.seq()));
    var reading = push.reading(account, event.room());
    var rules = push.rules(account);
    var relations = accounts.relations(account);
    return accounts
        .serverRole(account)
        .thenCompose(role -> {
          if (role.isEmpty()) return silent("account");
          // an administrator may enable it again, but the message is old then
          if (role.get().disabled()) return skip(new Passed(event.id()));
          return messages.thenCompose(found ->
              reading.thenCompose(read ->
                  rules.thenCombine(
                      relations,
                      (wanted, others) ->
                          decide(target, event, room, found, read, wanted, others.blocked()))));
        });
  }

  private OutboundRequests.Decision<Step> decide(
      Target target,
      Event event,
      RoomView.Described room,
      List<Entry> found,
      PushTable.Reading reading,
      PushRules rules,
      Set<String> blocked) {
    var message =
        found.stream()
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .filter(it -> it.redaction().isEmpty())
            .findFirst();
    if (message.isEmpty()) return new OutboundRequests.Skip<>(new Passed(event.id()));
    var now = clock.instant();
    var isDirect = room.room().visibility() == Visibility.DIRECT;
    var facts =
        new PushDecision.Facts(
            event.at(),
            rules.wants(
                target.account(),
                event.room(),
                isDirect,
                message.get().body().orElse(""),
                message.get().mentions().orElse(List.of())),
            reading.read() >= event.seq(),
            reading.muted(),
            blocked.contains(message.get().by()),
            rules.quiet().filter(it -> it.contains(now)).isPresent());
    if (PushDecision.reasonAgainst(facts, settings.lifetime(), now).isPresent())
      return new OutboundRequests.Skip<>(new Passed(event.id()));
    // if it is not read meanwhile, the user is notified after being away for that time
    var wait = PushDecision.wait(rules.away(), reading.active(), now);
    if (wait.isPresent()) return new OutboundRequests.Skip<>(new Postponed(wait.get()));
    var shown = rules.contents().atMost(settings.contents());
    var notification =
        Notification.of(shown, room.room().name(), isDirect, message.get())
            .tagged(Notification.tag(target.id(), event.room(), event.seq()));
    return sent(target, secret -> service.delivery(target.url(), secret, notification));
  }

  private Step step(Delivery.Outcome outcome, long id) {
    return switch (outcome) {
      case Delivery.Answered answered when answered.isAccepted() -> new Delivered(id);
      case Delivery.Answered answered ->
          new Failed(service.reason(answered), answered.retryAfter(), service.isGone(answered));
      case Delivery.Unanswered(var reason) -> Failed.because(reason);
      case Delivery.Postponed(var delay) -> new Postponed(delay);
    };
  }

  private static CompletionStage<OutboundRequests.Decision<Step>> skip(Step step) {
    return CompletableFuture.completedFuture(new OutboundRequests.Skip<>(step));
  }
}
