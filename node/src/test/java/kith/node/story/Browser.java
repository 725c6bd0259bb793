package kith.node.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kith.node.person.Patience;
import kith.node.person.Rest;
import org.jspecify.annotations.Nullable;

/// A headless Chromium, driven over its DevTools protocol.
final class Browser implements AutoCloseable {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final String LISTENS = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final BlockingQueue<String> loaded = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> downloads = new LinkedBlockingQueue<>();

  /// The program, if this machine has one.
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(directory ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param profile an empty directory
  Browser(Path program, Path profile) throws IOException {
    var starting =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                // its sandbox does not run as root, nor in most containers
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // for its sockets, which are deleted with the profile
    starting.environment().put("TMPDIR", profile.toString());
    process = starting.start();
    socket =
        Rest.CLIENT
            .newWebSocketBuilder()
            .buildAsync(address(process.errorReader()), new Ears())
            .orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }

  private static URI address(BufferedReader output) throws IOException {
    var said = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENS)) {
        // read on, so that the browser never waits for this test
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return URI.create(line.substring(LISTENS.length()).strip());
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("the browser did not start:\n" + said);
  }

  /// A new user of this browser, with cookies of its own.
  Person newPerson() {
    var context =
        call(Optional.empty(), "Target.createBrowserContext", TREES.createObjectNode())
            .path("browserContextId")
            .asText();
    return new Person(context);
  }

  final class Person {
    private final String context;

    private Person(String context) {
      this.context = context;
    }

    /// Opens a page in a new tab.
    Tab opens(URI page) {
      var created =
          call(
              Optional.empty(),
              "Target.createTarget",
              TREES.createObjectNode().put("url", "about:blank").put("browserContextId", context));
      var target = created.path("targetId").asText();
      var session =
          call(
                  Optional.empty(),
                  "Target.attachToTarget",
                  TREES.createObjectNode().put("targetId", target).put("flatten", true))
              .path("sessionId")
              .asText();
      call(Optional.of(session), "Page.enable", TREES.createObjectNode());
      loaded.clear();
      call(
          Optional.of(session),
          "Page.navigate",
          TREES.createObjectNode().put("url", page.toString()));
      awaitLoaded(session);
      return new Tab(session, context);
    }
  }

  /// A download.
  ///
  /// @param name that the browser suggests for it
  record Saved(String name, Path file) {}

  final class Tab {
    private final String session;
    private final String context;

    private Tab(String session, String context) {
      this.session = session;
      this.context = context;
    }

    /// Opens an address that this tab does not show, but saves.
    Saved saves(URI address, Path directory) {
      call(
          Optional.empty(),
          "Browser.setDownloadBehavior",
          TREES
              .createObjectNode()
              .put("behavior", "allowAndName")
              .put("browserContextId", context)
              .put("downloadPath", directory.toString())
              .put("eventsEnabled", true));
      downloads.clear();
      call(
          Optional.of(session),
          "Page.navigate",
          TREES.createObjectNode().put("url", address.toString()));
      var name = "";
      while (true) {
        var next = next(downloads, "the download did not end");
        name = next.path("suggestedFilename").asText(name);
        if (next.path("state").asText().equals("canceled")) throw new AssertionError(next);
        if (next.path("state").asText().equals("completed"))
          return new Saved(name, directory.resolve(next.path("guid").asText()));
      }
    }

    /// The result of a script of the page: the body of an async function.
    JsonNode runs(String script) {
      var result =
          call(
              Optional.of(session),
              "Runtime.evaluate",
              TREES
                  .createObjectNode()
                  .put("expression", "(async () => {" + script + "})()")
                  .put("awaitPromise", true)
                  .put("returnByValue", true));
      if (result.has("exceptionDetails")) throw new AssertionError(result.toPrettyString());
      return result.path("result").path("value");
    }
  }

  private void awaitLoaded(String session) {
    while (!next(loaded, "the page was not loaded").equals(session)) {}
  }

  private static <T> T next(BlockingQueue<T> events, String otherwise) {
    try {
      var next = events.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) throw new AssertionError(otherwise);
      return next;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private JsonNode call(Optional<String> session, String method, ObjectNode parameters) {
    var id = calls.incrementAndGet();
    var message = TREES.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    session.ifPresent(it -> message.put("sessionId", it));
    var answer = new CompletableFuture<JsonNode>();
    open.put(id, answer);
    socket.sendText(message.toString(), true).join();
    return answer.orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private void hear(String text) {
    try {
      var message = TREES.readTree(text);
      var answered = open.remove(message.path("id").asInt());
      if (answered != null && message.has("error"))
        answered.completeExceptionally(new AssertionError(text));
      else if (answered != null) answered.complete(message.path("result"));
      else if (message.path("method").asText().equals("Page.loadEventFired"))
        loaded.add(message.path("sessionId").asText());
      else if (message.path("method").asText().startsWith("Browser.download"))
        downloads.add(message.path("params"));
    } catch (JsonProcessingException fault) {
      throw new AssertionError(text, fault);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    // its profile is deleted next
    process.onExit().orTimeout(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean isLast) {
      partial.append(data);
      if (isLast) {
        hear(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
