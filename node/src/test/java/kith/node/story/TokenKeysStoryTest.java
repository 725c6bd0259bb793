package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.RotateKeysCommand;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.config.StartFailure;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The keys that sign tokens are replaced while people use the cluster.
@Tag("story")
class TokenKeysStoryTest {
  private static final String PASSWORD = "a long enough secret";
  private static final String SECRET = "kith.accounts.token-keys.secret";

  @Test
  void usersStayLoggedInThroughARotationOnAllNodes() throws SQLException {
    try (var first = TestNode.start();
        var second = first.another()) {
      var old = signsUp(first, "ann");

      assertThat(rotateKeys(first)).contains("signs from", "until its tokens have expired");
      assertThat(signersOf(first, old)).isEqualTo(signersOf(first, logsIn(first, "ann")));
      adoptNewestKey(first);
      // no message informs the second node: it reads the key because of the token
      var fresh = logsIn(first, "ann");

      assertThat(header(fresh)).isNotEqualTo(header(old));
      for (var node : List.of(first, second)) {
        assertThat(reads(node, old)).isEqualTo(200);
        assertThat(reads(node, fresh)).isEqualTo(200);
      }
      assertThat(refreshes(second, old).status()).isEqualTo(200);
      assertThat(refreshes(second, fresh).status()).isEqualTo(200);
    }
  }

  @Test
  void tokensOfADiscardedKeyAreRefused() throws SQLException {
    try (var node = TestNode.start()) {
      var old = signsUp(node, "ann");

      assertThat(rotateKeys(node, "--discard")).contains("ends at");
      change(node, "UPDATE token_key SET ends = now() WHERE ends IS NOT NULL");
      adoptNewestKey(node);
      node.restart();

      assertThat(reads(node, old)).isEqualTo(401);
      assertThat(refreshes(node, old).code()).isEqualTo(Code.UNAUTHENTICATED);
      assertThat(reads(node, logsIn(node, "ann"))).isEqualTo(200);
    }
  }

  @Test
  void anOpenSocketSurvivesARotation() throws SQLException {
    try (var node = TestNode.start()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("lobby", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);

      rotateKeys(node);
      adoptNewestKey(node);
      ann.says(room, "still here");

      ann.sees(room, "still here");
      ann.close();
    }
  }

  @Test
  void onlyTheNodesOwnMachineRotatesKeys() throws Exception {
    try (var node = TestNode.start()) {
      var request =
          HttpRequest.newBuilder(node.uri("/token-keys"))
              .header("x-forwarded-for", "203.0.113.7")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"discard\":true}"))
              .build();

      assertThat(Rest.CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aNodeWithoutTheClustersSecretReportsItAndDoesNotStart() {
    var secret = Map.of(SECRET, "a secret that nobody can guess, ever");
    try (var node = TestNode.start(secret)) {
      var tokens = signsUp(node, "ann");

      assertThatThrownBy(() -> node.another(Map.of()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("set kith.accounts.token-keys.secret-file as on the other nodes");
      try (var second = node.another(secret)) {
        assertThat(reads(second, tokens)).isEqualTo(200);
      }
    }
  }

  /// Makes the newest key sign now, instead of a few minutes later.
  private static void adoptNewestKey(TestNode node) throws SQLException {
    change(
        node,
        """
        UPDATE token_key SET signs_from = now() - interval '1 second'
        WHERE signs_from = (SELECT max(signs_from) FROM token_key)
        """);
    // the node reads the keys because of a token of a key that it cannot know
    var unknown =
        "eyJhbGciOiJIUzI1NiIsImtpZCI6Im5vbmUiLCJ0eXAiOiJhdCtqd3QifQ.eyJzdWIiOiJhbm4ifQ."
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    new Rest(node.uri("/"), Optional.of(unknown)).get("/v1/account");
  }

  private static void change(TestNode node, String sql) throws SQLException {
    var database = node.database();
    try (var connection =
            DriverManager.getConnection(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String signersOf(TestNode node, Accounts.Tokens tokens) {
    assertThat(reads(node, tokens)).isEqualTo(200);
    return header(tokens);
  }

  /// The part of a token that names its key.
  private static String header(Accounts.Tokens tokens) {
    return tokens.accessToken().orElseThrow().split("\\.", 2)[0];
  }

  private static int reads(TestNode node, Accounts.Tokens tokens) {
    return new Rest(node.uri("/"), tokens.accessToken()).get("/v1/account").status();
  }

  private static Rest.Answer refreshes(TestNode node, Accounts.Tokens tokens) {
    return new Rest(node.uri("/"), Optional.empty())
        .post("/v1/tokens/refresh", new Accounts.Refresh(tokens.refreshToken()));
  }

  private static Accounts.Tokens signsUp(TestNode node, String user) {
    return new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/accounts",
            new Accounts.SignUp(
                user,
                PASSWORD,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .as(Accounts.Tokens.class);
  }

  private static Accounts.Tokens logsIn(TestNode node, String user) {
    return new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/tokens",
            new Accounts.LogIn(
                user, PASSWORD, Optional.empty(), Optional.empty(), Optional.empty()))
        .as(Accounts.Tokens.class);
  }

  /// The output of `kith rotate-keys`.
  private static String rotateKeys(TestNode node, String... options) {
    var printed = new StringWriter();
    var arguments = new ArrayList<>(List.of("--port", String.valueOf(node.port())));
    arguments.addAll(List.of(options));
    var status =
        new CommandLine(new RotateKeysCommand())
            .setOut(new PrintWriter(printed))
            .execute(arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return printed.toString();
  }
}
