package kith.node.feature.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kith.node.platform.config.Portions;
import org.jspecify.annotations.Nullable;

/// Requests to providers, with a limit on the time of the whole answer and on its size. Blocks, and
/// follows no redirects.
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {
  private final Duration time;
  private @Nullable HttpClient client;

  ProviderHttp(Duration time) {
    this.time = time;
  }

  /// Built for the first request, because it loads the authorities of the Java runtime, which would
  /// delay the start of a node.
  private synchronized HttpClient client() {
    if (client == null)
      client = HttpClient.newBuilder().connectTimeout(time).followRedirects(Redirect.NEVER).build();
    return client;
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    var body = Optional.ofNullable(request.getBody());
    var sent =
        HttpRequest.newBuilder(request.getURI())
            .timeout(time)
            .method(
                request.getMethod().name(),
                body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
    var answer = answer(sent.build());
    var response = new HTTPResponse(answer.status());
    try {
      if (answer.type().isPresent()) response.setContentType(answer.type().get());
    } catch (ParseException wrong) {
      throw new IOException("The provider's answer has no valid content type", wrong);
    }
    response.setBody(answer.body());
    return response;
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    try {
      var answer =
          answer(
              HttpRequest.newBuilder(url.toURI())
                  .timeout(time)
                  .header("accept", "application/json")
                  .build());
      if (answer.status() != 200)
        throw new IOException(host(url.toURI()) + " answered " + answer.status());
      return new Resource(answer.body(), answer.type().orElse("application/json"));
    } catch (URISyntaxException wrong) {
      throw new IOException(wrong);
    }
  }

  private record Answer(int status, Optional<String> type, String body) {}

  private Answer answer(HttpRequest request) throws IOException {
    var response =
        client()
            .sendAsync(
                request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), Portions.PROVIDER_ANSWER_BYTES));
    try {
      // the timeout of the request ends with its headers
      return answer(response.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      response.cancel(true);
      throw new IOException(host(request.uri()) + " did not answer in time", late);
    } catch (ExecutionException fault) {
      throw new IOException(host(request.uri()) + " cannot be reached", fault.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("content-type"),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost());
  }
}
