package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kith.protocol.ConversationsFrom;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server without some features.
class FeaturesTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Rest rest;

  @BeforeEach
  void starts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          asked.add(exchange.getRequestMethod() + " " + path);
          boolean isList = path.equals("/v1/server");
          var answer =
              isList
                  ? "{\"protocols\":[\"kith.v1\"],\"features\":[\"inbox\"],\"signUp\":\"open\"}"
                  : "{\"type\":\"about:blank\",\"title\":\"This path does not exist.\",\"status\":404,"
                      + "\"code\":\"not-found\"}";
          var bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(isList ? 200 : 404, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    rest =
        new Rest(
            List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            _ -> new TokenSource.Token("token"));
  }

  @AfterEach
  void stops() {
    server.stop(0);
  }

  @Test
  void aSettingThatTheServerWouldIgnoreIsNotSent() {
    var privacy =
        new Accounts.Privacy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ConversationsFrom.CONTACTS));
    var change =
        new Accounts.ChangeProfile(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(privacy));

    assertThatThrownBy(() -> rest.changeProfile(change))
        .isInstanceOf(Refused.class)
        .hasMessage("This server does not offer requests to begin a conversation.");
    assertThat(asked).containsExactly("GET /v1/server");
  }

  @Test
  void aMissingPathIsExplainedByTheMissingFeature() {
    assertThatThrownBy(() -> rest.contacts()).hasMessage("This server does not offer contacts.");
    assertThatThrownBy(() -> rest.fileQuota()).hasMessage("This server does not offer files.");
    assertThatThrownBy(() -> rest.conversation("bob"))
        .hasMessage("This server does not offer direct conversations.");
    assertThatThrownBy(() -> rest.user("bob")).hasMessage("This path does not exist.");
  }

  @Test
  void aServerWithoutAListHasTheKnownFeatures() {
    assertThat(new Features(Optional.empty()).has("requests")).isTrue();
    assertThat(new Features(Optional.of(List.of("inbox"))).has("requests")).isFalse();
  }
}
