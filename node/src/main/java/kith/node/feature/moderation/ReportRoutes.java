package kith.node.feature.moderation;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.KeyedThrottle;
import kith.node.auth.ServerAct;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.RoomNames;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.RoomReplies;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import kith.protocol.Names;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Moderating.HandleReport;
import kith.protocol.rest.Moderating.Report;
import kith.protocol.rest.Moderating.ReportMessage;
import kith.protocol.rest.Moderating.ReportOutcome;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// Reports of messages. Members make them; the moderators of the room and the administrators of the
/// server read and handle them. No user sees a report of their own message.
final class ReportRoutes {
  private final ReportTable table;
  private final ReportedMessages messages;
  private final KeyedThrottle<String> throttle;
  private final Audit audit;
  private final Clock clock;
  private final Edge edge;
  private final RoomReplies replies;

  ReportRoutes(
      ReportTable table,
      ReportedMessages messages,
      KeyedThrottle<String> throttle,
      Audit audit,
      Clock clock,
      Edge edge) {
    this.table = table;
    this.messages = messages;
    this.throttle = throttle;
    this.audit = audit;
    this.clock = clock;
    this.edge = edge;
    this.replies = new RoomReplies(edge.rooms());
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "rooms",
                () -> pathPrefix(segment(), room -> pathPrefix("reports", () -> ofRoom(room)))));
  }

  Route forAdministrators() {
    return pathPrefix("v1", () -> pathPrefix("admin", () -> pathPrefix("reports", this::ofServer)));
  }

  private Route ofRoom(String room) {
    return concat(
        pathEnd(() ->
            concat(
                post(() -> edge.authenticated().caller(caller -> report(caller, room))),
                get(() -> moderator(room, caller -> list(Optional.of(room), caller.user()))))),
        path(
            segment(),
            id ->
                put(() ->
                    moderator(room, caller -> handle(Optional.of(room), id, caller.user())))));
  }

  private Route ofServer() {
    var gate = edge.administrators();
    return concat(
        pathEnd(() ->
            get(() ->
                gate.run(
                    ServerAct.HANDLE_REPORTS,
                    caller ->
                        gate.recorded(
                            caller,
                            AuditAct.ADMIN_READ,
                            entry -> entry.with("reports"),
                            () -> list(Optional.empty(), caller.name()))))),
        path(
            segment(),
            id ->
                put(() ->
                    gate.run(
                        ServerAct.HANDLE_REPORTS,
                        caller ->
                            gate.recorded(
                                caller,
                                AuditAct.ADMIN_REPORT,
                                entry -> entry.with(id.length() > 64 ? "" : id),
                                () -> handle(Optional.empty(), id, caller.name()))))));
  }

  private Route moderator(String room, Function<Access, Route> inner) {
    return edge.authenticated()
        .caller(caller ->
            replies.look(
                room,
                new RoomView.Description(caller.user()),
                RoomView.Described.class,
                seen ->
                    seen.role()
                        .map(role ->
                            role.isAtLeast(Role.MODERATOR)
                                ? inner.apply(caller)
                                : Problems.route(Code.NOT_ALLOWED))
                        .orElseGet(() -> Problems.route(Code.NOT_A_MEMBER))));
  }

  private Route report(Access caller, String room) {
    return edge.bodies()
        .read(
            ReportMessage.class,
            asked ->
                RoomReplies.checked(
                    firstWrong(asked),
                    () ->
                        replies.look(
                            room,
                            new RoomView.Membership(caller.user()),
                            RoomView.IsMember.class,
                            _ -> limited(caller, () -> report(caller, room, asked)))));
  }

  private static Optional<String> firstWrong(ReportMessage asked) {
    if (asked.seq() < 1) return Optional.of("seq");
    return isReason(asked.reason()) ? Optional.empty() : Optional.of("reason");
  }

  private static boolean isReason(String text) {
    return !Names.isBlank(text) && RoomNames.isReason(text);
  }

  private Route limited(Access caller, Supplier<Route> inner) {
    return throttle
        .take(caller.user())
        .map(wait ->
            complete(
                Problems.response(
                    Code.RATE_LIMITED, OptionalLong.of(Math.max(1, wait.toMillis())))))
        .orElseGet(inner);
  }

  private Route report(Access caller, String room, ReportMessage asked) {
    return onSuccess(
        messages.around(room, asked.seq()),
        entries ->
            ReportedMessages.message(entries, asked.seq())
                .map(message ->
                    message.redaction().isPresent()
                        ? Problems.route(Code.MESSAGE_REDACTED)
                        : add(caller, room, asked, message, entries))
                .orElseGet(() -> Problems.route(Code.UNKNOWN_MESSAGE)));
  }

  private Route add(
      Access caller, String room, ReportMessage asked, Entry.Message message, List<Entry> entries) {
    var report =
        new Report(
            Rooms.newId(),
            room,
            asked.seq(),
            message.by(),
            caller.user(),
            asked.reason(),
            now(),
            ReportedMessages.copies(entries, asked.seq()),
            Optional.empty());
    return onSuccess(
        table.add(report),
        added ->
            switch (added) {
              case TOO_MANY -> Problems.route(Code.TOO_MANY_REPORTS);
              // the answer to the first request may be lost
              case KNOWN -> done();
              case NEW -> {
                edge.rooms().tell(room, new RoomModeration.Recount());
                yield done();
              }
            });
  }

  private Route list(Optional<String> room, String reader) {
    return QueryFields.read(
        Set.of("limit"),
        query -> {
          var state = query.text("state").orElse("open");
          if (!Set.of("open", "handled").contains(state)) return WrongFields.route("state");
          return onSuccess(
              table.list(
                  room.or(() -> query.text("room")),
                  reader,
                  state.equals("handled"),
                  query.text("before"),
                  query.limit(Portions.REPORTS)),
              page -> complete(Bodies.json(200, page)));
        });
  }

  private Route handle(Optional<String> room, String id, String by) {
    return edge.bodies()
        .read(
            HandleReport.class,
            asked ->
                isReason(asked.what())
                    ? onSuccess(
                        table.find(room, id, by),
                        found ->
                            found
                                .map(report -> handle(report, by, asked.what()))
                                .orElseGet(() -> Problems.route(Code.UNKNOWN_REPORT)))
                    : WrongFields.route("what"));
  }

  private Route handle(Report report, String by, String what) {
    return onSuccess(
        table.handle(report.report(), new ReportOutcome(now(), by, what)),
        isFirst -> {
          if (!isFirst) return Problems.route(Code.REPORT_HANDLED);
          edge.rooms().tell(report.room(), new RoomModeration.Recount());
          audit.record(
              audit
                  .entry(AuditAct.ROOM_REPORT_HANDLED, by)
                  .in(report.room())
                  .about(report.author())
                  .with("message " + report.seq() + ": " + what));
          return done();
        });
  }

  private static Route done() {
    return complete(HttpResponse.create().withStatus(204));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
