package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.rest.SharedFiles.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads to a server that need not be a node.
class FileTransfersTest {
  private static final Upload SENT = at(10);

  private static Upload at(long offset) {
    return new Upload(
        "f1",
        "a.bin",
        10,
        offset,
        false,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Instant.EPOCH);
  }

  private static final String UNAVAILABLE =
      """
      {"type":"about:blank","title":"Unavailable","status":503,"code":"unavailable",\
      "detail":"Try again."}\
      """;

  private static final String AT_FOUR =
      """
      {"file":"f1","name":"a.bin","size":10,"offset":4,"complete":false,\
      "expires":"2026-11-22T12:00:00.125Z"}\
      """;

  private static final String BEING_CHECKED =
      """
      {"type":"about:blank","title":"File being checked","status":409,\
      "code":"file-being-checked","detail":"Try again.","retryAfterMillis":1500}\
      """;

  private static final String INFECTED =
      """
      {"type":"about:blank","title":"File infected","status":422,"code":"file-infected",\
      "detail":"Refused."}\
      """;

  private static final String COMPLETE =
      """
      {"file":"f1","name":"a.bin","size":10,"offset":10,"complete":true,\
      "type":"text/plain","expires":"2026-11-22T12:00:00.125Z"}\
      """;

  private record Answer(int status, String body) {}

  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private final List<Long> pauses = new ArrayList<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void startAServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/files/f1", this::answer);
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    exchange.getRequestBody().readAllBytes();
    var answer = answers.remove();
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private Upload completes() {
    return transfers().send(Path.of("not-read-again"), SENT, (_, _) -> {});
  }

  private FileTransfers transfers() {
    var nodes = List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    return new FileTransfers(
        nodes, new Rest(nodes, _ -> new TokenSource.Token("token")), pauses::add);
  }

  /// The only node restarts: neither the part, nor the question for the position, is answered.
  @Test
  void anUploadContinuesAfterATimeWithoutAnyNode(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("a.bin"), "0123456789");
    for (var i = 0; i < 4; i++) answers.add(new Answer(503, UNAVAILABLE));
    answers.add(new Answer(200, AT_FOUR));
    answers.add(new Answer(200, AT_FOUR));
    answers.add(new Answer(503, UNAVAILABLE));
    answers.add(new Answer(200, COMPLETE));
    answers.add(new Answer(200, COMPLETE));

    var sent = transfers().send(file, at(0), (_, _) -> {});

    assertThat(sent.complete()).isTrue();
    assertThat(asked)
        .contains(
            "PUT /v1/files/f1/content?offset=0",
            "GET /v1/files/f1",
            "PUT /v1/files/f1/content?offset=4",
            "POST /v1/files/f1/complete");
    assertThat(pauses).hasSizeLessThan(8);
  }

  @Test
  void anUploadWaitsWhileTheServerChecksIt() {
    for (var i = 0; i < 20; i++) answers.add(new Answer(409, BEING_CHECKED));
    answers.add(new Answer(200, COMPLETE));

    assertThat(completes().complete()).isTrue();

    assertThat(pauses).hasSize(20).containsOnly(1500L);
  }

  @Test
  void anInfectedUploadIsRefused() {
    answers.add(new Answer(409, BEING_CHECKED));
    answers.add(new Answer(422, INFECTED));

    assertThatThrownBy(this::completes)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.status()).isEqualTo(422));
  }
}
