package kith.node.feature.reminders;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.ReadableMessages;
import kith.node.core.room.Tally;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Ids;
import kith.protocol.Lengths;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Reminders.AccountReminder;
import kith.protocol.rest.Reminders.AccountReminders;
import kith.protocol.rest.Reminders.PutReminder;
import kith.protocol.rest.Reminders.RemindedMessage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// The reminders of an account, for the account itself.
final class ReminderRoutes {
  private final ReminderTable table;
  private final Consumer<String> changed;
  private final ReadableMessages messages;
  private final MemberReads reads;
  private final Edge edge;
  private final Clock clock;

  /// @param changed receives the account whose reminders were changed
  ReminderRoutes(ReminderTable table, Consumer<String> changed, Edge edge, Clock clock) {
    this.table = table;
    this.changed = changed;
    this.messages = new ReadableMessages(edge.rooms());
    this.reads = new MemberReads(edge.rooms(), edge.accounts());
    this.edge = edge;
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                segment("account").slash("reminders"),
                () ->
                    concat(
                        pathEnd(() -> get(() -> edge.authenticated().caller(this::list))),
                        path(segment(), this::ofReminder))));
  }

  private Route ofReminder(String id) {
    return concat(
        put(() -> edge.authenticated().caller(caller -> remind(caller, id))),
        delete(() -> edge.authenticated().caller(caller -> remove(caller, id))));
  }

  private Route list(Access caller) {
    return reads.withBlocked(caller, blocked -> list(caller.user(), blocked));
  }

  private Route list(String user, Set<String> blocked) {
    return onSuccess(
        table
            .list(user)
            .thenCompose(found ->
                messages
                    .find(user, seqsByRoom(found), blocked)
                    .thenApply(readable -> listed(found, readable))),
        listed -> complete(Bodies.json(200, listed)));
  }

  private static Map<String, Set<Long>> seqsByRoom(List<Reminder> found) {
    return found.stream()
        .flatMap(it -> it.message().stream())
        .collect(
            Collectors.groupingBy(
                Reminder.Message::room,
                Collectors.mapping(Reminder.Message::seq, Collectors.toSet())));
  }

  private AccountReminders listed(List<Reminder> found, ReadableMessages.Found readable) {
    var now = clock.instant();
    return new AccountReminders(
        found.stream()
            .map(it ->
                new AccountReminder(
                    it.id(),
                    it.at(),
                    !it.at().isAfter(now),
                    it.text(),
                    it.message().map(Reminder.Message::room),
                    it.message()
                        .map(message -> OptionalLong.of(message.seq()))
                        .orElse(OptionalLong.empty()),
                    it.message().flatMap(message -> shown(message, readable))))
            .toList());
  }

  /// A message that cannot be read is absent, also if its room does not answer: the reminder is
  /// shown, so that the user can remove it.
  private static Optional<RemindedMessage> shown(
      Reminder.Message place, ReadableMessages.Found readable) {
    return readable
        .message(place.room(), place.seq())
        .filter(message -> message.redaction().isEmpty())
        .map(message ->
            new RemindedMessage(
                message.at(),
                message.by(),
                message
                    .edit()
                    .map(Entry.LatestEdit::body)
                    .or(message::body)
                    .map(Tally::beginning)
                    .orElse("")));
  }

  private Route remind(Access caller, String id) {
    return edge.bodies()
        .read(
            PutReminder.class,
            asked -> {
              var wrong = wrong(id, asked);
              if (wrong.isPresent()) return WrongFields.route(wrong.get());
              var reminder =
                  new Reminder(
                      caller.user(),
                      id,
                      asked.at(),
                      asked.text(),
                      asked
                          .room()
                          .map(room -> new Reminder.Message(room, asked.seq().getAsLong())));
              return reminder
                  .message()
                  .map(message ->
                      reads.ifReadable(
                          caller, message.room(), message.seq(), () -> store(reminder)))
                  .orElseGet(() -> store(reminder));
            });
  }

  /// The first field that is wrong.
  private Optional<String> wrong(String id, PutReminder asked) {
    var now = clock.instant();
    if (!Ids.isId(id)) return Optional.of("reminder");
    if (!isTime(asked.at(), now)) return Optional.of("at");
    if (asked.text().filter(text -> !isText(text)).isPresent()) return Optional.of("text");
    if (asked.text().isEmpty() && asked.room().isEmpty()) return Optional.of("text");
    if (asked.seq().isPresent() && asked.room().isEmpty()) return Optional.of("room");
    if (asked.room().isPresent() && asked.seq().orElse(0) < 1) return Optional.of("seq");
    return Optional.empty();
  }

  /// A client may be slow, or its clock wrong: a time that has just passed is not an error.
  private static boolean isTime(Instant at, Instant now) {
    return at.isAfter(now.minus(Intervals.PAST_REMINDER))
        && at.isBefore(now.plus(Intervals.LONGEST_REMINDER));
  }

  private static boolean isText(String text) {
    return !text.isBlank()
        && Lengths.isWithin(text, Portions.REMINDER_TEXT)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.indexOf('\0') < 0;
  }

  private Route store(Reminder reminder) {
    return onSuccess(
        table.put(reminder),
        isWithin -> {
          if (!isWithin) return Problems.route(Code.TOO_MANY_REMINDERS);
          changed.accept(reminder.account());
          return done();
        });
  }

  private Route remove(Access caller, String id) {
    return onSuccess(
        table.remove(caller.user(), id),
        hasChanged -> {
          if (hasChanged) changed.accept(caller.user());
          return done();
        });
  }

  private static Route done() {
    return complete(HttpResponse.create().withStatus(204));
  }
}
