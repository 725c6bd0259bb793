package kith.node.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kith.node.audit.Audit;
import kith.node.auth.FirstAccount;
import kith.node.auth.LoginThrottle;
import kith.node.auth.Passwords;
import kith.node.auth.RequestThrottle;
import kith.node.auth.ServerInvitations;
import kith.node.auth.TestTokens;
import kith.node.core.account.Account;
import kith.node.core.account.AccountErasure;
import kith.node.core.account.Accounts;
import kith.node.core.account.TestClock;
import kith.node.core.account.TestRooms;
import kith.node.core.account.TestSettings;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.Subnet;
import kith.node.platform.config.Throttle;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The REST API of accounts through real sockets, on a cluster of one node.
@Tag("story")
class AccountRoutesTest {

  private static final String PASSWORD = "correct horse battery";
  private static final Throttle ADDRESS = new Throttle(10, Duration.ofMinutes(1));

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "accounts",
          ConfigFactory.parseString(
                  """
                  pekko.remote.artery { transport = tcp, canonical { hostname = "127.0.0.1", port = 0 } }
                  pekko.persistence.journal.auto-start-journals = []
                  pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
                  """)
              .withFallback(PersistenceTestKitPlugin.config())
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.load()));

  private static final Jdbc NO_DATABASE = new Jdbc(new HikariDataSource(), Runnable::run);

  // sign-up is open, so no invitation is read
  private static final ServerInvitations NO_INVITATIONS = new ServerInvitations(NO_DATABASE);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final TestClock CLOCK = new TestClock();
  private static String node = "";

  @BeforeAll
  static void start() throws ExecutionException, InterruptedException, TimeoutException {
    var system = KIT.system();
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var settings = TestSettings.ACCOUNTS;
    var accounts =
        Accounts.start(
            system,
            settings,
            Passwords.create(settings, new Metrics().passwords()),
            new TestRooms(),
            List.of(),
            new AccountErasure(
                NO_DATABASE, SerializationExtension.get(system), List.of(), () -> {}),
            CLOCK);
    var tokens = TestTokens.ofOneKey(new byte[32], settings);
    var http =
        new HttpSettings(
            "127.0.0.1",
            0,
            List.of("https://chat.example.org"),
            List.of(),
            List.of(new Subnet(InetAddress.ofLiteral("127.0.0.0"), 8)),
            false,
            true,
            100,
            HttpSettings.Transport.AUTO,
            10_000,
            new HttpSettings.Requests(1000, 1000, 1000, 1000),
            HttpSettings.Readers.LOOPBACK,
            HttpSettings.Readers.LOOPBACK,
            Optional.empty(),
            Optional.empty());
    var authenticated =
        new Authenticated(
            accounts,
            tokens,
            http,
            new RequestLimits(
                new RequestThrottle(http.requests(), CLOCK),
                new ClientAddress(http.trustedProxies())),
            CLOCK);
    var plenty = new Throttle(100, Duration.ofSeconds(1));
    var throttling =
        new Throttling(
            new LoginThrottle(ADDRESS, plenty, plenty, CLOCK),
            new ClientAddress(http.trustedProxies()));
    var audit =
        Audit.start(system, NO_DATABASE, new Metrics().audit(), Duration.ofDays(1), 100, CLOCK);
    var routes =
        Problems.sealed(
            Directives.concat(
                new TokenRoutes(
                        accounts,
                        tokens,
                        throttling,
                        new SignUpAdmission(
                            settings.signUp(),
                            NO_INVITATIONS,
                            new FirstAccount(NO_DATABASE),
                            accounts,
                            audit),
                        new Admissions(tokens, http, settings.refreshLifetime(), audit, CLOCK),
                        _ -> CompletableFuture.completedFuture(Optional.empty()),
                        true,
                        http,
                        CLOCK)
                    .route(),
                new AccountRoutes(
                        accounts,
                        authenticated,
                        throttling,
                        new Bodies(10_000),
                        false,
                        ConversationsFrom.ROOMS,
                        audit)
                    .route()));
    ServerBinding binding =
        Http.get(system)
            .newServerAt("127.0.0.1", 0)
            .bind(routes)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    node = "127.0.0.1:" + binding.localAddress().getPort();
  }

  @Test
  void theSecondPartOfAChangeIsSkippedWhenTheFirstIsRefused() {
    Account.ReadReply refused = Account.Refused.because(Code.UNAVAILABLE);

    var reply =
        AccountRoutes.whereDone(
            CompletableFuture.completedFuture(refused),
            () -> {
              throw new AssertionError("goes on");
            });

    assertThat(reply.toCompletableFuture().join()).isEqualTo(refused);
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void anHourPasses() {
    // refills the throttle of the one address that all tests share
    CLOCK.advance(Duration.ofHours(1));
  }

  @Test
  void signingUpCreatesAnAccount() throws Exception {
    var tokens = signUp("Ann");

    assertThat(tokens.statusCode()).isEqualTo(201);
    assertThat(field(tokens, "user")).isEqualTo("ann");
    assertThat(tokens.headers().firstValue("cache-control")).contains("no-store");
    var account = asked("GET", "/v1/account", "", "authorization", bearer(tokens));
    assertThat(account.body())
        .isEqualTo(
            """
            {"user":"ann","created":"%s","rooms":[],\
            "privacy":{"lastSeen":"everyone","receipts":"everyone","typing":true,\
            "conversations":"rooms"}}\
            """
                .formatted(CLOCK.instant()));
  }

  @Test
  void anInvalidSignUpIsRefusedWithAReason() throws Exception {
    signUp("taken");

    assertProblem(
        409,
        "user-name-taken",
        asked("POST", "/v1/accounts", credentials("TAKEN", "another horse battery")));
    assertProblem(400, "bad-user-name", signUp("a b"));
    assertProblem(400, "bad-user-name", signUp("p\\u0430ypal"));
    assertProblem(
        400, "password-too-short", asked("POST", "/v1/accounts", credentials("new", "short")));
    assertProblem(
        400, "password-too-common", asked("POST", "/v1/accounts", credentials("new", "iloveyou")));
    assertProblem(
        400,
        "bad-field",
        asked(
            "POST",
            "/v1/accounts",
            "{\"user\":\"new\",\"password\":\"correct horse\",\"email\":\"nobody\"}"));
  }

  @Test
  void loggingInAsAnUnknownUserIsAnsweredLikeAWrongPassword() throws Exception {
    signUp("bob");

    var wrong = asked("POST", "/v1/tokens", credentials("bob", "wrong horse"));

    assertProblem(401, "wrong-credentials", wrong);
    for (var nobody : List.of("nobody", "not a name"))
      assertThat(asked("POST", "/v1/tokens", credentials(nobody, "wrong horse")).body())
          .isEqualTo(wrong.body());
    assertThat(asked("POST", "/v1/tokens", credentials("Bob", PASSWORD)).statusCode())
        .isEqualTo(201);
  }

  @Test
  void anAddressThatTriesTooOftenHasToWait() throws Exception {
    for (int i = 0; i < 10; i++)
      asked("POST", "/v1/tokens", credentials("nobody" + i, "wrong horse"));

    var refused = asked("POST", "/v1/tokens", credentials("nobody", "wrong horse"));

    assertProblem(429, "too-many-attempts", refused);
    assertThat(refused.body()).contains("\"retryAfterMillis\":60000");
    assertThat(refused.headers().firstValue("retry-after")).contains("60");
  }

  @Test
  void anAddressThatTriesManyNamesHasToWait() throws Exception {
    signUp("mallet");
    CLOCK.advance(Duration.ofHours(1));
    for (int i = 0; i < 10; i++) assertProblem(409, "user-name-taken", signUp("mallet"));

    assertProblem(429, "too-many-attempts", signUp("mallet"));
    assertProblem(429, "too-many-attempts", signUp("nobody"));
  }

  @Test
  void changingAPasswordCountsForTheAddress() throws Exception {
    var here = signUp("oscar");
    for (int i = 0; i < 9; i++)
      assertProblem(401, "wrong-credentials", changePassword(here, "wrong horse"));

    assertProblem(429, "too-many-attempts", changePassword(here, PASSWORD));
  }

  @Test
  void strangersAtTheSameAddressDoNotLockOutAKnownDevice() throws Exception {
    var tokens = signUp("vera");
    var browser =
        asked(
            "POST",
            "/v1/tokens",
            "{\"user\":\"vera\",\"password\":\"" + PASSWORD + "\",\"cookies\":true}");
    var jar = cookieHeader(browser.headers().allValues("set-cookie"));
    as(tokens, "DELETE", "/v1/devices", "");
    for (int i = 0; i < 10; i++) tried("vera", "203.0.113.66");
    assertProblem(429, "too-many-attempts", tried("vera", "203.0.113.66"));

    assertThat(fromThere(knownBy(tokens, "vera")).statusCode()).isEqualTo(201);
    assertThat(fromThere(credentials("vera", PASSWORD), "cookie", jar).statusCode()).isEqualTo(201);
    assertProblem(429, "too-many-attempts", fromThere(knownBy(signUp("otto"), "vera")));
    assertProblem(429, "too-many-attempts", fromThere(credentials("vera", PASSWORD)));
  }

  /// A log-in with an earlier refresh token, whose device has ended.
  private static String knownBy(HttpResponse<String> tokens, String user) {
    return "{\"user\":\"%s\",\"password\":\"%s\",\"refreshToken\":\"%s\"}"
        .formatted(user, PASSWORD, field(tokens, "refreshToken"));
  }

  private static HttpResponse<String> fromThere(String body, String... headers) throws Exception {
    var all = new ArrayList<>(List.of("x-forwarded-for", "203.0.113.66"));
    all.addAll(List.of(headers));
    return asked("POST", "/v1/tokens", body, all.toArray(String[]::new));
  }

  @Test
  void clientsBehindAProxyAreThrottledSeparately() throws Exception {
    for (int i = 0; i < 10; i++) tried("nobody" + i, "203.0.113.7");

    assertProblem(429, "too-many-attempts", tried("nobody", "203.0.113.7"));
    assertProblem(429, "too-many-attempts", tried("nobody", "192.0.2.1, 203.0.113.7"));
    assertProblem(401, "wrong-credentials", tried("nobody", "203.0.113.8"));
  }

  private static HttpResponse<String> tried(String user, String client) throws Exception {
    return asked("POST", "/v1/tokens", credentials(user, "wrong horse"), "x-forwarded-for", client);
  }

  @Test
  void aRefreshCanBeRetriedAfterItsAnswerWasLost() throws Exception {
    var first = signUp("carol");
    CLOCK.advance(Duration.ofMinutes(15));
    assertProblem(401, "unauthenticated", account(first));

    var second = refresh(first);
    var again = refresh(first);

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(second.body());
    assertThat(account(second).statusCode()).isEqualTo(200);
  }

  @Test
  void anOldRefreshTokenEndsTheDevice() throws Exception {
    var first = signUp("dave");
    var third = refresh(refresh(first));

    assertProblem(401, "device-ended", refresh(first));

    assertProblem(401, "device-ended", refresh(third));
    assertProblem(401, "device-ended", account(third));
  }

  @Test
  void anAccessTokenRefreshesNothing() throws Exception {
    var tokens = signUp("erin");

    assertProblem(
        401,
        "unauthenticated",
        asked(
            "POST",
            "/v1/tokens/refresh",
            "{\"refreshToken\":\"" + field(tokens, "accessToken") + "\"}"));
    assertProblem(401, "unauthenticated", asked("POST", "/v1/tokens/refresh", ""));
    assertProblem(
        401,
        "unauthenticated",
        asked(
            "GET", "/v1/account", "", "authorization", "Bearer " + field(tokens, "refreshToken")));
  }

  @Test
  void devicesAreListedAndLoggedOut() throws Exception {
    var phone = signUp("frank");
    var laptop = asked("POST", "/v1/tokens", credentials("frank", PASSWORD));
    var tablet = asked("POST", "/v1/tokens", credentials("frank", PASSWORD));
    assertProblem(
        409, "too-many-devices", asked("POST", "/v1/tokens", credentials("frank", PASSWORD)));

    assertThat(as(phone, "GET", "/v1/devices", "").body())
        .contains("\"device\":\"" + field(laptop, "device") + "\"")
        .containsOnlyOnce("\"current\":true");
    assertThat(as(phone, "DELETE", "/v1/devices/" + field(laptop, "device"), "").statusCode())
        .isEqualTo(204);
    assertProblem(401, "device-ended", account(laptop));
    assertProblem(404, "unknown-device", as(phone, "DELETE", "/v1/devices/d-none", ""));
    assertThat(as(phone, "DELETE", "/v1/devices/current", "").statusCode()).isEqualTo(204);
    assertProblem(401, "device-ended", account(phone));
    assertThat(as(tablet, "DELETE", "/v1/devices", "").statusCode()).isEqualTo(204);
    assertProblem(401, "device-ended", account(tablet));
  }

  @Test
  void thePasswordIsChanged() throws Exception {
    var here = signUp("grace");
    var there = asked("POST", "/v1/tokens", credentials("grace", PASSWORD));

    assertProblem(401, "wrong-credentials", changePassword(here, "wrong horse"));
    assertThat(changePassword(here, PASSWORD).statusCode()).isEqualTo(204);

    assertThat(account(here).statusCode()).isEqualTo(200);
    assertProblem(401, "device-ended", account(there));
    assertProblem(
        401, "wrong-credentials", asked("POST", "/v1/tokens", credentials("grace", PASSWORD)));
  }

  @Test
  void otherUsersSeeOnlyTheProfileOfAnAccount() throws Exception {
    var heidi = signUp("heidi");
    var change =
        "{\"displayName\":\"Heidi\",\"email\":\"heidi@example.org\",\"picture\":\"https://example.org/h.png\"}";
    assertThat(as(heidi, "PATCH", "/v1/account", change).body()).contains("heidi@example.org");
    var ivan = signUp("ivan");

    assertThat(as(ivan, "GET", "/v1/users/Heidi", "").body())
        .isEqualTo(
            "{\"user\":\"heidi\",\"displayName\":\"Heidi\",\"picture\":\"https://example.org/h.png\"}");
    assertProblem(404, "unknown-user", as(ivan, "GET", "/v1/users/nobody", ""));
    assertProblem(404, "unknown-user", as(ivan, "GET", "/v1/users/no%20body", ""));
    assertProblem(401, "unauthenticated", asked("GET", "/v1/users/heidi", ""));
    assertProblem(
        400,
        "bad-field",
        as(ivan, "PATCH", "/v1/account", "{\"picture\":\"javascript:alert(1)\"}"));
  }

  @Test
  void aDisplayNameThatHidesOrImitatesAnotherIsRefused() throws Exception {
    var mimi = signUp("mimi");

    for (var name : List.of("\\u2800", "Mimi\\u202egnp", "Mi\\u200dmi", "M\\u0456mi")) {
      var profile = "\"displayName\":\"" + name + "\"}";
      assertProblem(400, "bad-field", as(mimi, "PATCH", "/v1/account", "{" + profile));
      var account = "{\"user\":\"momo\",\"password\":\"correct horse\"," + profile;
      assertProblem(400, "bad-field", asked("POST", "/v1/accounts", account));
    }
    assertThat(as(mimi, "PATCH", "/v1/account", "{\"displayName\":\"Mimi 🎉 Ми\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDeletedAccountIsUnknownAndItsNameStaysTaken() throws Exception {
    var judy = signUp("judy");

    assertProblem(
        401,
        "wrong-credentials",
        as(judy, "DELETE", "/v1/account", "{\"password\":\"wrong horse\"}"));
    assertThat(
            as(judy, "DELETE", "/v1/account", "{\"password\":\"" + PASSWORD + "\"}").statusCode())
        .isEqualTo(204);

    assertProblem(401, "device-ended", account(judy));
    assertProblem(409, "user-name-taken", signUp("judy"));
  }

  @Test
  void aBrowserCarriesItsTokensInCookiesThatPagesCannotRead() throws Exception {
    var tokens =
        asked(
            "POST",
            "/v1/accounts",
            "{\"user\":\"kim\",\"password\":\"" + PASSWORD + "\",\"cookies\":true}");
    var cookies = tokens.headers().allValues("set-cookie");

    assertThat(tokens.body()).doesNotContain("accessToken", "refreshToken");
    assertThat(cookies)
        .hasSize(2)
        .allSatisfy(
            it -> assertThat(it).contains("HttpOnly", "SameSite=Strict").doesNotContain("Secure"))
        .anySatisfy(it -> assertThat(it).startsWith("kith_access=").contains("Max-Age=900"))
        .anySatisfy(it ->
            assertThat(it)
                .startsWith("kith_refresh=")
                .contains("Path=/v1/tokens;", "Max-Age=7776000"));

    var jar = cookieHeader(cookies);
    for (var origin : List.of("http://" + node, "https://chat.example.org"))
      assertThat(asked("GET", "/v1/account", "", "cookie", jar, "origin", origin).statusCode())
          .isEqualTo(200);
    for (var origin : List.of("https://evil.example.org", "null", "http://127.0.0.1"))
      assertProblem(
          403,
          "origin-not-allowed",
          asked("GET", "/v1/account", "", "cookie", jar, "origin", origin));
    assertThat(asked("GET", "/v1/account", "", "cookie", jar).statusCode()).isEqualTo(200);
    for (var site : List.of("same-site", "cross-site"))
      assertProblem(
          403,
          "origin-not-allowed",
          asked("GET", "/v1/account", "", "cookie", jar, "sec-fetch-site", site));
    assertProblem(
        403, "origin-not-allowed", asked("POST", "/v1/tokens/refresh", "", "cookie", jar));

    var refreshed =
        asked("POST", "/v1/tokens/refresh", "", "cookie", jar, "origin", "http://" + node);
    assertThat(refreshed.statusCode()).isEqualTo(200);
    assertThat(refreshed.headers().allValues("set-cookie")).hasSize(2);
    var out = asked("DELETE", "/v1/devices/current", "", "cookie", jar, "origin", "http://" + node);
    assertThat(out.headers().allValues("set-cookie"))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).contains("Max-Age=0"));
  }

  @Test
  void invalidRequestsAreAnsweredWithAProblem() throws Exception {
    assertProblem(404, "not-found", asked("GET", "/v1/nothing", ""));
    assertProblem(404, "not-found", asked("GET", "/", ""));
    assertProblem(405, "method-not-allowed", asked("DELETE", "/v1/accounts", ""));
    assertProblem(405, "method-not-allowed", asked("POST", "/v1/account", "{}"));
    assertProblem(400, "malformed-json", asked("POST", "/v1/accounts", "{\"user\":"));
    assertProblem(400, "bad-field", asked("POST", "/v1/accounts", "{\"user\":\"x\"}"));
    assertProblem(400, "malformed-json", asked("POST", "/v1/accounts", "[]"));
    assertProblem(413, "body-too-large", asked("POST", "/v1/accounts", "x".repeat(10_001)));
    assertProblem(
        415,
        "unsupported-media-type",
        asked("POST", "/v1/accounts", credentials("x", PASSWORD), "content-type", "text/plain"));
    assertProblem(415, "unsupported-media-type", asked("POST", "/v1/accounts", ""));
    assertProblem(401, "unauthenticated", asked("GET", "/v1/account", ""));
    assertProblem(
        401, "unauthenticated", asked("GET", "/v1/account", "", "authorization", "Basic eDp4"));
  }

  @Test
  void aBodyWithoutALengthIsAlsoBounded() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + node + "/v1/accounts"))
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream("x".repeat(50_000).getBytes(UTF_8))))
            .setHeader("content-type", "application/json");

    assertProblem(413, "body-too-large", CLIENT.send(request.build(), BodyHandlers.ofString()));
  }

  @Test
  void textThatIsNotUtf8IsMalformed() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + node + "/v1/accounts"))
            .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))
            .setHeader("content-type", "application/json");

    assertProblem(400, "malformed-json", CLIENT.send(request.build(), BodyHandlers.ofString()));
  }

  private static void assertProblem(int status, String code, HttpResponse<String> response) {
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
  }

  private static HttpResponse<String> account(HttpResponse<String> tokens) throws Exception {
    return as(tokens, "GET", "/v1/account", "");
  }

  private static HttpResponse<String> refresh(HttpResponse<String> tokens) throws Exception {
    return asked(
        "POST",
        "/v1/tokens/refresh",
        "{\"refreshToken\":\"" + field(tokens, "refreshToken") + "\"}");
  }

  private static HttpResponse<String> changePassword(HttpResponse<String> tokens, String current)
      throws Exception {
    return as(
        tokens,
        "PUT",
        "/v1/account/password",
        "{\"current\":\"" + current + "\",\"replacement\":\"battery staple\"}");
  }

  private static HttpResponse<String> as(
      HttpResponse<String> tokens, String method, String path, String body) throws Exception {
    return asked(method, path, body, "authorization", bearer(tokens));
  }

  private static String cookieHeader(List<String> cookies) {
    return cookies.stream()
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .collect(Collectors.joining("; "));
  }

  private static HttpResponse<String> signUp(String user) throws Exception {
    return asked("POST", "/v1/accounts", credentials(user, PASSWORD));
  }

  private static String credentials(String user, String password) {
    return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
  }

  private static String bearer(HttpResponse<String> tokens) {
    return "Bearer " + field(tokens, "accessToken");
  }

  private static String field(HttpResponse<String> response, String name) {
    var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(response.body());
    assertThat(found.find()).describedAs("%s in %s", name, response.body()).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> asked(
      String method, String path, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + node + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) request.setHeader("content-type", "application/json");
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
