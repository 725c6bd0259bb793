package kith.terminal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.terminal.net.Rest;
import kith.terminal.net.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountLinesTest {
  private static final String ACCOUNT =
      """
      {"user":"ann","rooms":["q3kfz7m2xw9pahd5tbnc"],"created":"2026-11-21T12:00:00Z"}
      """;

  private final Map<String, String> answers = new HashMap<>(Map.of("/v1/account", ACCOUNT));
  private HttpServer server;

  @BeforeEach
  void starts() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var answer = Optional.ofNullable(answers.get(exchange.getRequestURI().getPath()));
          var bytes =
              answer
                  .orElse("{\"title\":\"This path does not exist.\",\"code\":\"not-found\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stops() {
    server.stop(0);
  }

  private List<String> account() {
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var rest = new Rest(List.of(url), _ -> new TokenSource.Token("token"));
    return AccountLines.run(rest, new InputLine.Account(Optional.empty()));
  }

  @Test
  void theAccountShowsTheSizeOfItsFilesAndTheLimit() {
    answers.put(
        "/v1/account/files", "{\"usedBytes\":319488,\"quotaBytes\":2147483648,\"ownQuota\":false}");

    assertThat(account()).contains("user     ann", "files    312 KB of 2.0 GB");
  }

  @Test
  void aServerWithoutFilesShowsTheRestOfTheAccount() {
    assertThat(account()).contains("user     ann").noneMatch(line -> line.startsWith("files"));
  }
}
