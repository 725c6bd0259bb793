package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.auth.ServerAct;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.protocol.rest.Administration.AuditCheck;
import kith.protocol.rest.Administration.AuditPage;
import kith.protocol.rest.Administration.AuditRecord;
import org.apache.pekko.http.javadsl.server.Route;

/// `GET /v1/admin/audit` and `/v1/admin/audit/check`.
final class AuditRoutes {
  private final Audit audit;
  private final AdministratorGate gate;
  private final int mostOnAPage;

  AuditRoutes(Audit audit, AdministratorGate gate, int mostOnAPage) {
    this.audit = audit;
    this.gate = gate;
    this.mostOnAPage = mostOnAPage;
  }

  Route route() {
    return pathPrefix(
        segment("v1").slash("admin").slash("audit"),
        () ->
            concat(
                pathEnd(() -> get(() -> gate.run(ServerAct.READ_AUDIT, this::list))),
                path("check", () -> get(() -> gate.run(ServerAct.READ_AUDIT, this::check)))));
  }

  private Route list(Caller caller) {
    return QueryFields.read(
        Set.of("limit", "before"),
        query -> {
          for (var name : List.of("since", "until"))
            if (query.text(name).filter(text -> time(text).isEmpty()).isPresent())
              return WrongFields.route(name);
          return gate.recorded(
              caller,
              AuditAct.ADMIN_READ,
              Optional.empty(),
              Optional.of("audit"),
              () ->
                  onSuccess(
                      audit.list(
                          wanted(query),
                          query.text("since").flatMap(AuditRoutes::time),
                          query.number("before").orElse(Long.MAX_VALUE),
                          query.limit(mostOnAPage)),
                      page -> complete(Bodies.json(200, page(page)))));
        });
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException wrong) {
      return Optional.empty();
    }
  }

  /// An account matches as the subject and as the author of an act.
  private static Predicate<AuditEntry> wanted(QueryFields query) {
    var account = query.text("account");
    var room = query.text("room");
    var act = query.text("act");
    var until = query.text("until").flatMap(AuditRoutes::time);
    return entry ->
        (account.isEmpty() || entry.account().equals(account) || entry.by().equals(account.get()))
            && (room.isEmpty() || entry.room().equals(room))
            && (act.isEmpty() || entry.act().equals(act.get()))
            && (until.isEmpty() || entry.at().isBefore(until.get()));
  }

  private static AuditPage page(Audit.Page page) {
    return new AuditPage(
        page.entries().stream()
            .map(it ->
                new AuditRecord(
                    it.number(),
                    it.entry().at(),
                    it.entry().act(),
                    Optional.of(it.entry().by()).filter(by -> !by.isEmpty()),
                    it.entry().account(),
                    it.entry().room(),
                    it.entry().address(),
                    it.entry().detail()))
            .toList(),
        page.next().map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  private Route check(Caller caller) {
    return QueryFields.read(
        Set.of("next"),
        query -> {
          var next = query.number("next");
          var after =
              next.isPresent()
                  ? Optional.of(
                      new Audit.Checked(
                          next.getAsLong(), query.text("hash").orElse(""), false, Optional.empty()))
                  : Optional.<Audit.Checked>empty();
          return onSuccess(
              audit.check(after),
              found ->
                  complete(
                      Bodies.json(
                          200,
                          new AuditCheck(
                              found.next(), found.hash(), found.isWhole(), found.fault()))));
        });
  }
}
