package kith.node.gateway.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/// Rules for every request and answer of a listener, before and after the routes: its host names,
/// the pages that may read its answers, and the headers that restrict browsers.
final class WebRules {
  private final Hosts hosts;
  private final Cors cors;
  private final SafeHeaders headers;

  WebRules(Hosts hosts, Cors cors, SafeHeaders headers) {
    this.hosts = hosts;
    this.cors = cors;
    this.headers = headers;
  }

  Function<HttpRequest, CompletionStage<HttpResponse>> around(
      Function<HttpRequest, CompletionStage<HttpResponse>> routes) {
    return request ->
        answer(routes, request)
            .thenApply(response -> headers.add(request, cors.permit(request, response)));
  }

  private CompletionStage<HttpResponse> answer(
      Function<HttpRequest, CompletionStage<HttpResponse>> routes, HttpRequest request)
      throws Exception {
    if (!hosts.allow(request))
      return CompletableFuture.completedFuture(Problems.response(Code.HOST_NOT_ALLOWED));
    if (!isReadable(request))
      return CompletableFuture.completedFuture(Problems.response(Code.MALFORMED_REQUEST));
    var preflight = cors.preflight(request);
    return preflight.isPresent()
        ? CompletableFuture.completedFuture(preflight.get())
        : routes.apply(request);
  }

  /// False if a segment of the path has a control character. Nothing has a name with one, and the
  /// database cannot even look for some of them.
  private static boolean isReadable(HttpRequest request) {
    for (var segment : request.getUri().pathSegments())
      if (segment.codePoints().anyMatch(Character::isISOControl)) return false;
    return true;
  }
}
