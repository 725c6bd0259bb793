package kith.node.gateway.http;

import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.Intervals;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.CacheControl;
import org.apache.pekko.http.javadsl.model.headers.CacheDirectives;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// The headers that make browsers careful with a node's answers.
final class SafeHeaders {
  private static final HttpHeader NOT_GUESSED =
      RawHeader.create("X-Content-Type-Options", "nosniff");
  private static final HttpHeader NOT_STORED = CacheControl.create(CacheDirectives.NO_STORE);
  private static final HttpHeader ONLY_HTTPS =
      RawHeader.create("Strict-Transport-Security", "max-age=" + Intervals.HTTPS_ONLY.toSeconds());

  private final boolean onlyHttps;

  SafeHeaders(HttpSettings settings) {
    this.onlyHttps = settings.secureCookies() && settings.strictTransport();
  }

  HttpResponse add(HttpRequest request, HttpResponse response) {
    // an upgrade to a WebSocket has no content
    if (response.status().intValue() == 101) return response;
    var safe = has(response, NOT_GUESSED) ? response : response.addHeader(NOT_GUESSED);
    if (isJson(response.entity().getContentType()) && !has(response, NOT_STORED))
      safe = safe.addHeader(NOT_STORED);
    // browsers ignore it for addresses; for localhost it would apply to other programs' ports
    return onlyHttps && request.getUri().host().address().contains(".")
        ? safe.addHeader(ONLY_HTTPS)
        : safe;
  }

  private static boolean has(HttpResponse response, HttpHeader header) {
    return response.getHeader(header.name()).isPresent();
  }

  private static boolean isJson(ContentType type) {
    var kind = type.mediaType();
    return kind.isApplication()
        && (kind.subType().equals("json") || kind.subType().endsWith("+json"));
  }
}
