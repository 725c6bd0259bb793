package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.NodeSettings;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class SafeHeadersTest {
  private static final String HSTS = "Strict-Transport-Security";

  private static HttpResponse answer(String host, HttpResponse response, String... settings) {
    var changed = new HashMap<String, String>();
    for (var i = 0; i < settings.length; i += 2) changed.put(settings[i], settings[i + 1]);
    var http = NodeSettings.read(Optional.empty(), Map.copyOf(changed)).http();
    return new SafeHeaders(http).add(HttpRequest.GET("http://" + host + "/"), response);
  }

  private static HttpResponse html() {
    return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, ""));
  }

  private static Optional<String> header(HttpResponse response, String name) {
    return response.getHeader(name).map(HttpHeader::value);
  }

  @Test
  void jsonAnswersAreNotCachedAndTypesAreNotGuessed() {
    var refusal = answer("kith", Problems.response(Code.UNKNOWN_ROOM));
    var page = answer("kith", html());

    assertThat(header(refusal, "Cache-Control")).hasValue("no-store");
    assertThat(header(refusal, "X-Content-Type-Options")).hasValue("nosniff");
    assertThat(header(page, "Cache-Control")).isEmpty();
    assertThat(header(page, "X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void hstsIsSentOnlyForHttpsHosts() {
    assertThat(header(answer("chat.example.org", html()), HSTS)).isEmpty();
    var secure = answer("chat.example.org", html(), "kith.http.secure-cookies", "true");
    assertThat(header(secure, HSTS)).hasValue("max-age=31536000");
    assertThat(header(answer("localhost", html(), "kith.http.secure-cookies", "true"), HSTS))
        .isEmpty();
    assertThat(
            header(
                answer(
                    "chat.example.org",
                    html(),
                    "kith.http.secure-cookies",
                    "true",
                    "kith.http.strict-transport",
                    "false"),
                HSTS))
        .isEmpty();
  }
}
