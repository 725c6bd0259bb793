package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.delete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onSuccess;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.put;
import static org.apache.pekko.http.javadsl.server.PathMatchers.longSegment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerAct;
import kith.node.feature.administration.ServerCondition.BannedNetwork;
import kith.node.gateway.http.AdministratorGate;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Permitted.Caller;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Subnet;
import kith.protocol.Code;
import kith.protocol.Lengths;
import kith.protocol.Limits;
import kith.protocol.Names;
import kith.protocol.rest.Administration.Announce;
import kith.protocol.rest.Administration.Announcements;
import kith.protocol.rest.Administration.BanNetwork;
import kith.protocol.rest.Administration.ChangeMaintenance;
import kith.protocol.rest.Administration.FilterAnswer;
import kith.protocol.rest.Administration.MadeAnnouncement;
import kith.protocol.rest.Administration.Maintenance;
import kith.protocol.rest.Administration.NetworkBan;
import kith.protocol.rest.Administration.NetworkBanPage;
import kith.protocol.rest.Administration.ServerLimits;
import kith.protocol.rest.Administration.TryFilter;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/admin/maintenance`, `/v1/admin/bans`, `/v1/admin/announcements`, `/v1/admin/filter` and
/// `/v1/admin/limits`: the whole server.
final class ConditionRoutes {
  private static final String TOO_MANY_BANS =
      "Too many networks are banned (kith.administration.network-bans).";

  private final ConditionWatch.Copy copy;
  private final TextFilter filter;
  private final AdministratorGate gate;
  private final Bodies bodies;
  private final int mostOnAPage;
  private final Limits limits;
  private final Clock clock;

  ConditionRoutes(
      ConditionWatch.Copy copy,
      TextFilter filter,
      AdministratorGate gate,
      Bodies bodies,
      int mostOnAPage,
      Limits limits,
      Clock clock) {
    this.copy = copy;
    this.filter = filter;
    this.gate = gate;
    this.bodies = bodies;
    this.mostOnAPage = mostOnAPage;
    this.limits = limits;
    this.clock = clock;
  }

  Route route() {
    return pathPrefix(
        "v1",
        () ->
            pathPrefix(
                "admin",
                () ->
                    concat(
                        path("maintenance", this::maintenance),
                        path("bans", this::bans),
                        pathPrefix("announcements", this::announcements),
                        path("filter", () -> post(this::tried)),
                        path("limits", () -> get(() -> read("limits", _ -> limits()))))));
  }

  private Route tried() {
    return read(
        "filter",
        _ ->
            bodies.read(
                TryFilter.class,
                asked -> {
                  var found = filter.find(asked.text());
                  return complete(
                      Bodies.json(
                          200,
                          new FilterAnswer(
                              found.isEmpty(), found.map(it -> it.text()), filter.isDryRun())));
                }));
  }

  private Route limits() {
    return complete(Bodies.json(200, new ServerLimits(limits)));
  }

  private Route read(String what, Function<Caller, Route> inner) {
    return gate.run(
        ServerAct.READ_SERVER,
        caller ->
            gate.recorded(
                caller,
                AuditAct.ADMIN_READ,
                Optional.empty(),
                Optional.of(what),
                () -> inner.apply(caller)));
  }

  /// Records an act, then makes the change on the database and on this node.
  private <T> Route change(
      Caller caller,
      AuditAct act,
      String detail,
      Supplier<CompletionStage<T>> change,
      Function<T, HttpResponse> answer) {
    return gate.recorded(
        caller,
        act,
        Optional.empty(),
        Optional.of(detail),
        () -> onSuccess(copy.after(change), result -> complete(answer.apply(result))));
  }

  private static HttpResponse done() {
    return HttpResponse.create().withStatus(204);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  // maintenance

  private Route maintenance() {
    return concat(
        get(() ->
            read(
                "maintenance",
                _ -> onSuccess(copy.refresh(), _ -> complete(Bodies.json(200, shown()))))),
        put(() ->
            gate.run(
                ServerAct.MAINTAIN_SERVER,
                caller -> bodies.read(ChangeMaintenance.class, asked -> maintain(caller, asked)))));
  }

  private Maintenance shown() {
    return copy.now()
        .maintenance()
        .map(it ->
            new Maintenance(true, Optional.of(it.since()), Optional.of(it.by()), it.message()))
        .orElseGet(
            () -> new Maintenance(false, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Route maintain(Caller caller, ChangeMaintenance asked) {
    var message = asked.message().filter(text -> !text.isEmpty());
    if (message.isPresent() && !isText(message.get())) return WrongFields.route("message");
    var wanted =
        asked.on()
            ? Optional.of(new ServerCondition.Maintenance(now(), caller.name(), message))
            : Optional.<ServerCondition.Maintenance>empty();
    return change(
        caller,
        AuditAct.ADMIN_MAINTENANCE,
        asked.on() ? "on" : "off",
        () -> copy.table().change(wanted),
        _ -> done());
  }

  private static boolean isText(String text) {
    return !Names.isBlank(text)
        && Lengths.isWithin(text, Lengths.VERSION_1.reason())
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  /// Not as far away as a mistake, or as the end of the database's calendar.
  private boolean isUntil(Instant until) {
    var now = now();
    return until.isAfter(now) && until.isBefore(now.plus(Intervals.LONGEST_CONDITION));
  }

  // bans

  private Route bans() {
    return concat(
        get(() ->
            QueryFields.read(
                Set.of("limit"),
                query ->
                    read(
                        "bans",
                        _ ->
                            onSuccess(
                                copy.refresh(), _ -> complete(Bodies.json(200, page(query))))))),
        post(() ->
            gate.run(
                ServerAct.BAN_NETWORKS,
                caller -> bodies.read(BanNetwork.class, asked -> ban(caller, asked)))),
        delete(() ->
            gate.run(
                ServerAct.BAN_NETWORKS,
                caller ->
                    QueryFields.read(Set.of(), query -> unban(caller, query.text("network"))))));
  }

  private NetworkBanPage page(QueryFields query) {
    var after = query.text("after");
    var text = query.text("query").orElse("");
    var limit = query.limit(mostOnAPage);
    var found =
        copy.now().bans().stream()
            .filter(ban -> after.isEmpty() || ban.text().compareTo(after.get()) > 0)
            .filter(ban -> ban.text().contains(text) || ban.reason().orElse("").contains(text))
            .sorted(Comparator.comparing(BannedNetwork::text))
            .limit(limit + 1L)
            .map(ban ->
                new NetworkBan(ban.text(), ban.created(), ban.by(), ban.until(), ban.reason()))
            .toList();
    return found.size() <= limit
        ? new NetworkBanPage(found, Optional.empty())
        : new NetworkBanPage(found.subList(0, limit), Optional.of(found.get(limit - 1).network()));
  }

  private Route ban(Caller caller, BanNetwork asked) {
    var network = network(asked.network());
    if (network.isEmpty()) return WrongFields.route("network");
    if (asked.reason().filter(text -> !text.isEmpty() && !isText(text)).isPresent())
      return WrongFields.route("reason");
    if (asked.until().filter(until -> !isUntil(until)).isPresent())
      return WrongFields.route("until");
    var ban =
        new BannedNetwork(
            network.get(),
            network.get().text(),
            now(),
            caller.name(),
            asked.until(),
            asked.reason().filter(text -> !text.isEmpty()));
    return change(
        caller,
        AuditAct.ADMIN_BAN_NETWORK,
        ban.text(),
        () -> copy.table().ban(ban),
        isDone ->
            isDone
                ? done()
                : Problems.response(Code.TOO_MANY_BANS, TOO_MANY_BANS, OptionalLong.empty()));
  }

  private Route unban(Caller caller, Optional<String> asked) {
    var network = asked.flatMap(ConditionRoutes::network);
    if (network.isEmpty()) return WrongFields.route("network");
    return change(
        caller,
        AuditAct.ADMIN_UNBAN_NETWORK,
        network.get().text(),
        () -> copy.table().unban(network.get().text()),
        _ -> done());
  }

  /// The network without the bits behind its prefix, so that one network has one spelling.
  private static Optional<Subnet> network(String text) {
    try {
      return Optional.of(Subnet.of(text).masked());
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  // announcements

  private Route announcements() {
    return concat(
        pathEnd(() ->
            concat(
                get(() ->
                    QueryFields.read(
                        Set.of("before", "limit"),
                        query ->
                            read(
                                "announcements",
                                _ ->
                                    onSuccess(
                                        copy.refresh(),
                                        _ -> complete(Bodies.json(200, announced(query))))))),
                post(() ->
                    gate.run(
                        ServerAct.ANNOUNCE,
                        caller -> bodies.read(Announce.class, asked -> announce(caller, asked)))))),
        path(
            longSegment(),
            number -> delete(() -> gate.run(ServerAct.ANNOUNCE, it -> withdraw(it, number)))));
  }

  private Announcements announced(QueryFields query) {
    var before = query.number("before").orElse(Long.MAX_VALUE);
    var text = query.text("query").orElse("");
    var limit = query.limit(mostOnAPage);
    var now = now();
    var found =
        copy.now().announcements().reversed().stream()
            .filter(it -> now.isBefore(it.until()) && it.number() < before)
            .filter(it -> it.text().contains(text))
            .limit(limit + 1L)
            .map(it -> new MadeAnnouncement(it.number(), it.at(), it.until(), it.text(), it.by()))
            .toList();
    return found.size() <= limit
        ? new Announcements(found, OptionalLong.empty())
        : new Announcements(
            found.subList(0, limit), OptionalLong.of(found.get(limit - 1).number()));
  }

  private Route announce(Caller caller, Announce asked) {
    if (!isText(asked.text())) return WrongFields.route("text");
    var now = now();
    var until = asked.until().orElseGet(() -> now.plus(Intervals.ANNOUNCEMENT));
    if (!isUntil(until)) return WrongFields.route("until");
    return change(
        caller,
        AuditAct.ADMIN_ANNOUNCE,
        "until " + until,
        () -> copy.table().announce(asked.text(), caller.name(), now, until),
        number ->
            number
                .map(it ->
                    Bodies.json(
                        201, new MadeAnnouncement(it, now, until, asked.text(), caller.name())))
                .orElseGet(() -> Problems.response(Code.TOO_MANY_ANNOUNCEMENTS)));
  }

  private Route withdraw(Caller caller, long number) {
    return change(
        caller,
        AuditAct.ADMIN_WITHDRAW,
        "announcement " + number,
        () -> copy.table().withdraw(number),
        _ -> done());
  }
}
