package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages in a real browser use a node with cookies: the node's own page, a page of a listed origin,
/// and pages that may not. Skipped without a Chromium, unless `KITH_TEST_BROWSER` is `required`.
@Tag("story")
class BrowserStoryTest {
  /// The beginning of each script. Refusals of the browser itself are answers, too.
  private static final String TOOLS =
      """
      const json = {'content-type': 'application/json'};
      const ask = async (method, path, body, more = {}) => {
        try {
          const answer = await fetch(node + path, {method, credentials: 'include',
            headers: body ? json : {}, body: body ? JSON.stringify(body) : undefined, ...more});
          return {status: answer.status, retryAfter: answer.headers.get('retry-after'),
            body: await answer.json().catch(() => ({}))};
        } catch (refused) { return {status: 'blocked', body: {}}; }
      };
      const hello = () => new Promise(done => {
        const socket = new WebSocket(node.replace('http', 'ws') + '/v1/socket', 'kith.v1');
        socket.onopen = () => socket.send(JSON.stringify({type: 'hello'}));
        socket.onmessage = frame => { done(JSON.parse(frame.data)); socket.close(); };
        socket.onerror = () => done({type: 'blocked'});
      });
      const signUp = user => ask('POST', '/v1/accounts',
        {user, password: 'correct horse battery', cookies: true});
      """;

  @TempDir static Path profile;

  @SuppressWarnings("NullAway.Init")
  private static HttpServer pages;

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    var program = Browser.program();
    assumeTrue(
        program.isPresent() || "required".equals(System.getenv("KITH_TEST_BROWSER")),
        "no Chromium is installed (apt-get install chromium)");
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        page -> {
          var html = "<!doctype html><title>a page</title>".getBytes(StandardCharsets.UTF_8);
          page.getResponseHeaders().add("content-type", "text/html");
          page.sendResponseHeaders(200, html.length);
          page.getResponseBody().write(html);
          page.close();
        });
    pages.start();
    node = TestNode.start(Map.of("kith.http.allowed-origins", "http://listed.localhost:" + port()));
    browser = new Browser(program.orElseThrow(), profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) browser.close();
    if (node != null) node.close();
    if (pages != null) pages.stop(0);
  }

  private static int port() {
    return pages.getAddress().getPort();
  }

  /// The node as a browser addresses it, under a name of the same site as some of the pages.
  private static String nodeAt(String host) {
    return "http://" + host + ":" + node.port();
  }

  private static URI pageAt(String host) {
    return URI.create("http://" + host + ":" + port() + "/");
  }

  private static String script(String host, String rest) {
    return "const node = '%s';\n".formatted(nodeAt(host)) + TOOLS + rest;
  }

  @Test
  void aPageOfTheNodeLogsInWithCookies() {
    var page = browser.newPerson().opens(URI.create(nodeAt("localhost") + "/docs"));

    var seen =
        page.runs(
            script(
                "localhost",
                """
                const signedUp = await signUp('ann');
                const visible = document.cookie;
                const account = await ask('GET', '/v1/account');
                const room = await ask('POST', '/v1/rooms', {name: 'lobby'});
                const welcome = await hello();
                const refreshed = await ask('POST', '/v1/tokens/refresh');
                const again = await ask('GET', '/v1/account');
                const out = await ask('DELETE', '/v1/devices/current');
                const after = await ask('GET', '/v1/account');
                return {signedUp, visible, account, room, welcome, refreshed, again, out, after};
                """));

    assertThat(seen.at("/signedUp/status").asInt()).as(seen.toPrettyString()).isEqualTo(201);
    assertThat(seen.at("/signedUp/body").has("accessToken")).isFalse();
    assertThat(seen.at("/visible").asText()).isEmpty();
    assertThat(seen.at("/account/status").asInt()).isEqualTo(200);
    assertThat(seen.at("/account/body/user").asText()).isEqualTo("ann");
    assertThat(seen.at("/room/status").asInt()).isEqualTo(201);
    assertThat(seen.at("/welcome/type").asText()).isEqualTo("welcome");
    assertThat(seen.at("/welcome/user").asText()).isEqualTo("ann");
    assertThat(seen.at("/refreshed/status").asInt()).isEqualTo(200);
    assertThat(seen.at("/again/status").asInt()).isEqualTo(200);
    assertThat(seen.at("/out/status").asInt()).isEqualTo(204);
    assertThat(seen.at("/after/status").asInt()).isEqualTo(401);
  }

  @Test
  void aPageOfAListedOriginLogsInWithCookies() {
    var page = browser.newPerson().opens(pageAt("listed.localhost"));

    var seen =
        page.runs(
            script(
                "listed.localhost",
                """
                const signedUp = await signUp('bob');
                const account = await ask('GET', '/v1/account');
                const changed = await ask('PATCH', '/v1/account', {displayName: 'Bob'});
                const welcome = await hello();
                let refused;
                do refused = await ask('POST', '/v1/tokens', {user: 'bob', password: 'wrong horse'});
                while (refused.status == 401);
                return {signedUp, account, changed, welcome, refused};
                """));

    assertThat(seen.at("/signedUp/status").asInt()).as(seen.toPrettyString()).isEqualTo(201);
    assertThat(seen.at("/account/body/user").asText()).isEqualTo("bob");
    assertThat(seen.at("/changed/body/displayName").asText()).isEqualTo("Bob");
    assertThat(seen.at("/welcome/user").asText()).isEqualTo("bob");
    assertThat(seen.at("/refused/status").asInt()).isEqualTo(429);
    assertThat(seen.at("/refused/retryAfter").asInt()).isPositive();
  }

  @Test
  void aPageOfAListedOriginUsesATokenWithoutCookies() {
    var page = browser.newPerson().opens(pageAt("listed.localhost"));

    // 127.0.0.1 is another site than the page's, so the browser sends no cookies
    var seen =
        page.runs(
            script(
                "127.0.0.1",
                """
                const signedUp = await ask('POST', '/v1/accounts',
                  {user: 'carol', password: 'correct horse battery'});
                const token = {authorization: 'Bearer ' + signedUp.body.accessToken};
                return await ask('GET', '/v1/account', undefined, {headers: token});
                """));

    assertThat(seen.at("/body/user").asText()).as(seen.toPrettyString()).isEqualTo("carol");
  }

  /// Sends files of these texts to a new room. Their paths, by name.
  private static final String SENDING =
      """
      const upload = async (name, text) => {
        const bytes = new TextEncoder().encode(text);
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        const sha256 = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
        const file = (await ask('POST', '/v1/files', {name, size: bytes.length, sha256})).body.file;
        await ask('PUT', '/v1/files/' + file + '/content?offset=0', undefined, {body: bytes});
        await ask('POST', '/v1/files/' + file + '/complete');
        return file;
      };
      const post = (room, files) => new Promise((done, fail) => {
        const socket = new WebSocket(node.replace('http', 'ws') + '/v1/socket', 'kith.v1');
        const say = frame => socket.send(JSON.stringify(frame));
        socket.onopen = () => say({type: 'hello'});
        socket.onmessage = event => {
          const frame = JSON.parse(event.data);
          if (frame.type == 'welcome') {
            say({type: 'open', room});
            say({type: 'send', id: 'm1', room, body: '', files});
          }
          if (frame.type == 'ack') { done(frame.seq); socket.close(); }
          if (frame.type == 'error') fail(new Error(event.data));
        };
        socket.onerror = fail;
      });
      const send = async texts => {
        const room = (await ask('POST', '/v1/rooms', {name: 'files'})).body.room;
        const files = [];
        for (const name in texts) files.push([name, await upload(name, texts[name])]);
        const seq = await post(room, files.map(file => file[1]));
        return Object.fromEntries(files.map(([name, file]) =>
          [name, '/v1/rooms/' + room + '/entries/' + seq + '/files/' + file]));
      };
      """;

  private static final String PAGE =
      "<html><script>document.title = 'ran'; window.name = 'ran'</script>a page of a user</html>";
  private static final String DRAWING =
      "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>top.name = 'ran'"
          + "</script></svg>";
  private static final String NOTES = "grüße ".repeat(50_000);

  @Test
  void aBrowserSavesFilesWithItsCookiesAndShowsNone(@TempDir Path directory) throws IOException {
    var person = browser.newPerson();
    var page = person.opens(URI.create(nodeAt("localhost") + "/docs"));
    var texts = Map.of("page.html", PAGE, "drawing.svg", DRAWING, "notes grüße.txt", NOTES);
    var paths =
        page.runs(
            script(
                "localhost",
                SENDING
                    + "await signUp('erin'); return await send("
                    + new ObjectMapper().writeValueAsString(texts)
                    + ");"));

    for (var text : texts.entrySet()) {
      var saved =
          page.saves(
              URI.create(nodeAt("localhost") + paths.path(text.getKey()).asText()), directory);
      assertThat(saved.name()).isEqualTo(text.getKey());
      assertThat(Files.readString(saved.file())).isEqualTo(text.getValue());
    }
    var seen =
        page.runs(
            script(
                "localhost",
                """
                const html = '%s', svg = '%s';
                const answer = await fetch(node + html);
                const shown = (kind, address) => new Promise(done => {
                  const element = document.createElement(kind);
                  element.onload = () => done('shown');
                  element.onerror = () => done('refused');
                  element.src = address;
                  document.body.append(element);
                });
                return {
                  path: location.pathname, title: document.title, name: window.name,
                  text: await answer.text(),
                  disposition: answer.headers.get('content-disposition'),
                  type: answer.headers.get('content-type'),
                  sniffing: answer.headers.get('x-content-type-options'),
                  policy: answer.headers.get('content-security-policy'),
                  image: await shown('img', svg), script: await shown('script', html)};
                """
                    .formatted(
                        paths.path("page.html").asText(), paths.path("drawing.svg").asText())));
    assertThat(seen.at("/path").asText()).as("the tab still shows its page").isEqualTo("/docs");
    assertThat(seen.at("/title").asText()).isNotEqualTo("ran");
    assertThat(seen.at("/name").asText()).isEmpty();
    assertThat(seen.at("/text").asText()).isEqualTo(PAGE);
    assertThat(seen.at("/disposition").asText()).startsWith("attachment; filename=\"page.html\"");
    assertThat(seen.at("/type").asText()).isEqualTo("application/octet-stream");
    assertThat(seen.at("/sniffing").asText()).isEqualTo("nosniff");
    assertThat(seen.at("/policy").asText()).isEqualTo("default-src 'none'; sandbox");
    assertThat(seen.at("/image").asText()).isEqualTo("refused");
    assertThat(seen.at("/script").asText()).isEqualTo("refused");

    var other =
        browser
            .newPerson()
            .opens(URI.create(nodeAt("localhost") + paths.path("page.html").asText()));
    assertThat(other.runs("return document.body.innerText").asText())
        .as("without cookies")
        .contains("unauthenticated")
        .doesNotContain("a page of a user");
  }

  @Test
  void aPageOfTheSameSiteThatIsNotListedGetsNothing() {
    var person = browser.newPerson();
    var own = person.opens(URI.create(nodeAt("localhost") + "/docs"));
    own.runs(script("localhost", "return await signUp('dave');"));
    // the port differs: another origin, but the same site, so the browser adds the cookies
    var other = person.opens(pageAt("localhost"));

    var seen =
        other.runs(
            script(
                "localhost",
                """
                const read = await ask('GET', '/v1/account');
                const changed = await ask('PATCH', '/v1/account', {displayName: 'Mallory'});
                const welcome = await hello();
                // sent without asking the node first, and without reading the answer
                const blind = {mode: 'no-cors'};
                await ask('POST', '/v1/tokens/refresh', undefined, blind);
                await ask('POST', '/v1/tokens/refresh', undefined, blind);
                return {read, changed, welcome};
                """));
    var after =
        own.runs(
            script(
                "localhost",
                """
                const account = await ask('GET', '/v1/account');
                const refreshed = await ask('POST', '/v1/tokens/refresh');
                return {account, refreshed};
                """));

    assertThat(seen.at("/read/status").asText()).isEqualTo("blocked");
    assertThat(seen.at("/changed/status").asText()).isEqualTo("blocked");
    assertThat(seen.at("/welcome/type").asText()).isEqualTo("blocked");
    assertThat(after.at("/account/body/user").asText()).isEqualTo("dave");
    assertThat(after.at("/account/body").has("displayName")).isFalse();
    assertThat(after.at("/refreshed/status").asInt()).isEqualTo(200);
  }
}
