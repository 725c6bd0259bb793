package kith.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import kith.node.account.Accounts;
import kith.node.account.LoginThrottle;
import kith.node.account.Passwords;
import kith.node.account.TestClock;
import kith.node.account.TestRooms;
import kith.node.account.TestSettings;
import kith.node.account.Tokens;
import kith.node.config.NodeSettings;
import kith.node.config.NodeSettings.Throttle;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The REST side of accounts through real sockets, on a cluster of one.
class AccountRoutesTest {

  private static final String PASSWORD = "correct horse battery";
  private static final Throttle ADDRESS = new Throttle(10, Duration.ofMinutes(1));

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "accounts",
          ConfigFactory.parseString(
                  """
                  pekko.actor.provider = cluster
                  pekko.actor.serialization-bindings { "kith.node.CborSerializable" = jackson-cbor }
                  pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  pekko.cluster.downing-provider-class =
                    "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                  pekko.cluster.jmx.enabled = off
                  pekko.cluster.min-nr-of-members = 1
                  pekko.cluster.sharding.distributed-data.durable.keys = []
                  pekko.http.server.remote-address-attribute = on
                  """)
              .withFallback(PersistenceTestKitPlugin.config())
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.load()));

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
        Accounts.start(system, settings, Passwords.create(settings), new TestRooms(), CLOCK);
    var tokens = new Tokens(new byte[32], settings);
    var http =
        new NodeSettings.Http(
            "127.0.0.1", 0, List.of("https://chat.example.org"), false, 100, 10_000);
    var authenticated =
        new Authenticated(accounts, tokens, new Origins(http.allowedOrigins()), CLOCK);
    var throttle = new LoginThrottle(ADDRESS, CLOCK);
    var routes =
        Problems.sealed(
            Directives.concat(
                new TokenRoutes(accounts, tokens, throttle, http, CLOCK).route(),
                new AccountRoutes(accounts, authenticated, new Bodies(10_000), false).route()));
    ServerBinding binding =
        Http.get(system)
            .newServerAt("127.0.0.1", 0)
            .bind(routes)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    node = "127.0.0.1:" + binding.localAddress().getPort();
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    KIT.shutdownTestKit();
  }

  @Test
  void whoSignsUpHasAnAccount() throws Exception {
    var tokens = signUp("Ann");

    assertThat(tokens.statusCode()).isEqualTo(201);
    assertThat(field(tokens, "user")).isEqualTo("ann");
    assertThat(asked("GET", "/v1/account", "", "authorization", bearer(tokens)).body())
        .isEqualTo(
            """
            {"user":"ann","created":"2026-11-21T12:00:00Z","rooms":[]}\
            """);
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
