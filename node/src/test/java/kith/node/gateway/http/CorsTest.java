package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.NodeSettings;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String PAGE = "https://chat.example.org";

  private final Cors cors = cors(PAGE);

  private static Cors cors(String listed) {
    var settings = NodeSettings.read(Optional.empty(), Map.of("kith.http.allowed-origins", listed));
    return new Cors(new Origins(settings.http()));
  }

  private static HttpRequest asked(String path, String origin) {
    return HttpRequest.GET("http://node.example.org" + path)
        .addHeader(RawHeader.create("Host", "node.example.org"))
        .addHeader(RawHeader.create("Origin", origin));
  }

  private static HttpRequest preflight(String path, String origin) {
    return asked(path, origin)
        .withMethod(HttpMethods.OPTIONS)
        .addHeader(RawHeader.create("Access-Control-Request-Method", "PATCH"));
  }

  private static Optional<String> header(HttpResponse response, String name) {
    return response.getHeader(name).map(HttpHeader::value);
  }

  @Test
  void aListedPageReceivesItsPermissions() {
    var answer = cors.preflight(preflight("/v1/account", PAGE)).orElseThrow();

    assertThat(answer.status().intValue()).isEqualTo(204);
    assertThat(header(answer, "Access-Control-Allow-Methods"))
        .hasValue("GET, POST, PUT, PATCH, DELETE");
    assertThat(header(answer, "Access-Control-Allow-Headers"))
        .hasValue("Authorization, Content-Type");
    assertThat(header(answer, "Access-Control-Max-Age")).hasValue("600");
  }

  @Test
  void otherPagesAreRefused() {
    for (var origin : new String[] {"https://evil.example", "http://chat.example.org", "null"}) {
      var answer = cors.preflight(preflight("/v1/account", origin)).orElseThrow();
      var permitted = cors.permit(asked("/v1/account", origin), HttpResponse.create());

      assertThat(Problems.code(answer)).hasValue(Code.ORIGIN_NOT_ALLOWED);
      assertThat(header(permitted, "Access-Control-Allow-Origin")).isEmpty();
      assertThat(header(permitted, "Vary")).hasValue("Origin");
    }
  }

  @Test
  void aListedPageReadsAnswersAndRefusals() {
    var refusal = Problems.response(Code.TOO_MANY_ATTEMPTS, OptionalLong.of(1000));

    var permitted = cors.permit(asked("/v1/tokens", PAGE), refusal);

    assertThat(header(permitted, "Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(header(permitted, "Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(header(permitted, "Access-Control-Expose-Headers")).hasValue("Retry-After");
    assertThat(header(permitted, "Vary")).hasValue("Origin");
  }

  @Test
  void noPageMayCallOperatorsEndpoints() {
    for (var path : new String[] {"/cluster", "/metrics", "/invitations", "/ready"}) {
      assertThat(cors.preflight(preflight(path, PAGE))).isEmpty();
      assertThat(cors.permit(asked(path, PAGE), HttpResponse.create()).getHeaders()).isEmpty();
    }
  }

  @Test
  void withoutAListNoHeaderIsAdded() {
    var response = cors("").permit(asked("/v1/account", PAGE), HttpResponse.create());

    assertThat(response.getHeaders()).isEmpty();
  }

  @Test
  void onlyAPreflightIsAnsweredAsOne() {
    var options = asked("/v1/account", PAGE).withMethod(HttpMethods.OPTIONS);

    assertThat(cors.preflight(options)).isEmpty();
    assertThat(cors.preflight(asked("/v1/account", PAGE))).isEmpty();
  }
}
