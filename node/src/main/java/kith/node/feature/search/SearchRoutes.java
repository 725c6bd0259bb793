package kith.node.feature.search;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import kith.node.auth.Tokens.Access;
import kith.node.gateway.http.Authenticated;
import kith.node.gateway.http.Bodies;
import kith.node.gateway.http.Problems;
import kith.node.gateway.http.QueryFields;
import kith.node.gateway.http.WrongFields;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/// Answers searches, a few of each account at the same time.
final class SearchRoutes {
  private final MessageSearch search;
  private final RunningSearches running;
  private final int pageEntries;
  private final SearchMetrics metrics;
  private final Authenticated authenticated;

  SearchRoutes(
      MessageSearch search,
      RunningSearches running,
      int pageEntries,
      SearchMetrics metrics,
      Authenticated authenticated) {
    this.search = search;
    this.running = running;
    this.pageEntries = pageEntries;
    this.metrics = metrics;
    this.authenticated = authenticated;
  }

  Route route() {
    return pathPrefix(
        "v1", () -> path("search", () -> get(() -> authenticated.caller(this::read))));
  }

  private Route read(Access caller) {
    return QueryFields.read(
        Set.of("limit"),
        fields -> {
          var zone = zone(fields);
          if (zone.isEmpty()) return WrongFields.route("zone");
          var place = fields.text("before");
          var before = place.flatMap(SearchCursor::of);
          if (place.isPresent() && before.isEmpty()) return WrongFields.route("before");
          var text = fields.text("q").orElse("");
          return switch (QueryParser.parse(text, caller.user(), zone.get())) {
            case QueryParser.Wrong(var sentence) -> refused(Code.BAD_SEARCH, sentence);
            case QueryParser.Valid(var query) ->
                answer(caller.user(), query, before, fields.limit(pageEntries));
          };
        });
  }

  private static Optional<ZoneId> zone(QueryFields fields) {
    try {
      return Optional.of(fields.text("zone").<ZoneId>map(ZoneId::of).orElse(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private Route answer(String user, SearchQuery query, Optional<SearchCursor> before, int limit) {
    var began = System.nanoTime();
    var started = running.start(user, () -> search.search(user, query, before, limit));
    if (started.isEmpty()) return later();
    return onComplete(
        started.get().whenComplete((outcome, _) -> metrics.searched(result(outcome), began)),
        end -> {
          if (end.isSuccess()) return response(end.get());
          var fault = end.failed().get();
          var cause = fault instanceof CompletionException ? fault.getCause() : fault;
          return cause instanceof RejectedExecutionException ? later() : Directives.failWith(fault);
        });
  }

  private static SearchMetrics.Result result(MessageSearch.@Nullable Outcome end) {
    return switch (end) {
      case null -> SearchMetrics.Result.FAILED;
      case MessageSearch.Found found ->
          found.inTime() ? SearchMetrics.Result.ANSWERED : SearchMetrics.Result.OUT_OF_TIME;
      case MessageSearch.Refused _ -> SearchMetrics.Result.REFUSED;
    };
  }

  private static Route response(MessageSearch.Outcome outcome) {
    return switch (outcome) {
      case MessageSearch.Found found -> complete(Bodies.json(200, found.page()));
      case MessageSearch.Refused(var code, var detail) -> refused(code, detail);
    };
  }

  private static Route refused(Code code, String detail) {
    return complete(Problems.response(code, detail, OptionalLong.empty()));
  }

  private static Route later() {
    return complete(busy());
  }

  private static HttpResponse busy() {
    return Problems.response(Code.RATE_LIMITED, OptionalLong.of(Intervals.QUEUE_FULL.toMillis()));
  }
}
