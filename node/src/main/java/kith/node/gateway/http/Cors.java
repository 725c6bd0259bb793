package kith.node.gateway.http;

import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Lets pages of listed origins call the REST API and read its answers (CORS). Pages of other
/// origins get no permission, so browsers hide the answers from them and send no request that needs
/// permission. This applies only to paths under `/v1/`: no page may call operators' endpoints.
final class Cors {
  private static final HttpHeader VARY = RawHeader.create("Vary", "Origin");
  private static final HttpHeader CREDENTIALS =
      RawHeader.create("Access-Control-Allow-Credentials", "true");
  private static final HttpHeader READABLE =
      RawHeader.create("Access-Control-Expose-Headers", "Retry-After");
  private static final List<HttpHeader> REQUESTS =
      List.of(
          RawHeader.create("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
          RawHeader.create("Access-Control-Allow-Headers", "Authorization, Content-Type"),
          RawHeader.create(
              "Access-Control-Max-Age", Long.toString(Intervals.PREFLIGHT.toSeconds())));

  private final Origins origins;

  Cors(Origins origins) {
    this.origins = origins;
  }

  /// The answer to a browser's preflight request, if this is one.
  Optional<HttpResponse> preflight(HttpRequest request) {
    var isOne =
        isShared(request)
            && request.method().equals(HttpMethods.OPTIONS)
            && Origins.origin(request).isPresent()
            && request.getHeader("Access-Control-Request-Method").isPresent();
    if (!isOne) return Optional.empty();
    return Optional.of(
        origins.listed(request).isPresent()
            ? HttpResponse.create().withStatus(204).addHeaders(REQUESTS)
            : Problems.response(Code.ORIGIN_NOT_ALLOWED));
  }

  /// Adds the header that permits the page to read the answer, if its origin is listed.
  HttpResponse permit(HttpRequest request, HttpResponse response) {
    if (origins.listsNone() || !isShared(request)) return response;
    var varying = response.addHeader(VARY);
    return origins
        .listed(request)
        .map(origin ->
            varying.addHeaders(
                List.of(
                    RawHeader.create("Access-Control-Allow-Origin", origin),
                    CREDENTIALS,
                    READABLE)))
        .orElse(varying);
  }

  private static boolean isShared(HttpRequest request) {
    return request.getUri().path().startsWith("/v1/");
  }
}
