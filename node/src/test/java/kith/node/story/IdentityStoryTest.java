package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.node.AdminCommand;
import kith.node.TestNode;
import kith.node.feature.identity.TestProvider;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.RoomRequests;
import kith.protocol.rest.SignIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People who sign in with the provider of their company, at two nodes.
@Tag("story")
class IdentityStoryTest {
  private static final String SECRET = "a secret of an operator: 32 bytes";

  @SuppressWarnings("NullAway.Init")
  private static TestProvider provider;

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static TestNode other;

  @BeforeAll
  static void start() {
    provider = TestProvider.start();
    var settings = new HashMap<>(provider.settings("company"));
    settings.put("kith.accounts.token-keys.secret", SECRET);
    settings.put("kith.identity.address", "http://127.0.0.1:1");
    node = TestNode.start(settings);
    other = node.another();
  }

  @AfterAll
  static void stop() {
    other.close();
    node.close();
    provider.close();
  }

  @AfterEach
  void theProviderWorksAgain() {
    provider.change = UnaryOperator.identity();
    provider.signs = true;
    provider.isDown = false;
  }

  private static Rest rest(TestNode at) {
    return new Rest(at.uri("/"), Optional.empty());
  }

  private static SignIn.BegunSignIn begins(TestNode at) {
    return rest(at)
        .post(
            "/v1/identity/company/device",
            new SignIn.BeginSignIn(Optional.of("laptop"), Optional.empty()))
        .as(SignIn.BegunSignIn.class);
  }

  private static Rest.Answer asks(TestNode at, SignIn.BegunSignIn begun, String... name) {
    return rest(at)
        .post(
            "/v1/identity/tokens",
            new SignIn.FinishSignIn(begun.signIn(), List.of(name).stream().findFirst()));
  }

  /// Asks until the provider has been asked, at most once in its interval.
  private static Rest.Answer finishes(TestNode at, SignIn.BegunSignIn begun, String... name) {
    return awaits(
        () -> asks(at, begun, name), answer -> !answer.refusal().equals("409 sign-in-pending"));
  }

  private static Rest.Answer awaits(Supplier<Rest.Answer> ask, Predicate<Rest.Answer> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var now = ask.get();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
      now = ask.get();
    }
    return now;
  }

  private static Accounts.Tokens signsIn(String subject) {
    var begun = begins(node);
    provider.approves(begun.code(), subject);
    return finishes(node, begun).as(Accounts.Tokens.class);
  }

  private static Rest.Answer refresh(TestNode at, Accounts.Tokens tokens) {
    return rest(at).post("/v1/tokens/refresh", new Accounts.Refresh(tokens.refreshToken()));
  }

  private static Rest with(Accounts.Tokens tokens) {
    return new Rest(node.uri("/"), tokens.accessToken());
  }

  @Test
  void aTerminalSignsInAtOneNodeAndGetsItsTokensAtAnother() {
    var begun = begins(node);
    assertThat(begun.addressWithCode())
        .contains(provider.issuer() + "/activate?user_code=" + begun.code());
    assertThat(asks(other, begun).refusal()).isEqualTo("409 sign-in-pending");

    provider.approves(begun.code(), "nora");
    var laptop = finishes(other, begun).as(Accounts.Tokens.class);

    assertThat(laptop.user()).isEqualTo("nora");
    assertThat(with(laptop).get("/v1/account").field("displayName")).isEqualTo("The user nora");
    assertThat(asks(node, begun).refusal()).isEqualTo("401 ticket-expired");
    assertThat(signsIn("nora").user()).isEqualTo("nora");
    assertThat(
            rest(node)
                .post(
                    "/v1/tokens",
                    new Accounts.LogIn(
                        "nora", "", Optional.empty(), Optional.empty(), Optional.empty()))
                .refusal())
        .isEqualTo("401 wrong-credentials");
    awaitsSignUp("nora");
  }

  private static void awaitsSignUp(String user) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!signUps().contains(user))
      if (System.nanoTime() > deadline) throw new AssertionError("still " + signUps());
  }

  /// The sign-ups in the audit log, as an operator sees them.
  private static String signUps() {
    var sockets = Objects.requireNonNull(node.adminSocket().getParent());
    var out = new StringWriter();
    var line = AdminCommand.create().setOut(new PrintWriter(out));
    var port = String.valueOf(node.port());
    var data = String.valueOf(sockets.getParent());
    line.execute("audit", "--act", "sign-up", "--data", data, "--port", port);
    return out.toString();
  }

  @Test
  void aTakenNameIsAskedForAndNobodyGetsTheAccountOfAnother() {
    var bob = Person.signsUp(node.uri("/"), "bob");
    var begun = begins(node);
    provider.approves(begun.code(), "bob");
    assertThat(finishes(node, begun).refusal()).isEqualTo("409 name-needed");
    assertThat(asks(other, begun, "bob").refusal()).isEqualTo("409 user-name-taken");
    assertThat(asks(other, begun, "no name").refusal()).isEqualTo("400 bad-user-name");

    assertThat(asks(other, begun, "bobby").as(Accounts.Tokens.class).user()).isEqualTo("bobby");

    assertThat(signsIn("bob").user()).isEqualTo("bobby");
    assertThat(bob.rest().get("/v1/account/identities").list("identities")).isEmpty();
  }

  @Test
  void aDeniedSignInIsRefused() {
    var begun = begins(node);
    provider.denies(begun.code());

    assertThat(finishes(node, begun).refusal()).isEqualTo("403 sign-in-refused");
    assertThat(asks(node, begun).refusal()).isEqualTo("401 ticket-expired");
  }

  private static SignIn.BegunSignIn beginsLink(Person person, String password) {
    return sendsLink(person, password).as(SignIn.BegunSignIn.class);
  }

  private static Rest.Answer sendsLink(Person person, String password) {
    return person
        .rest()
        .send(
            "POST",
            "/v1/account/identities/company",
            Optional.of(Json.restText(new SignIn.BeginLink(Optional.of(password)))));
  }

  private static Rest.Answer finishesLink(Person person, SignIn.BegunSignIn begun) {
    return awaits(
        () ->
            person
                .rest()
                .send(
                    "PUT",
                    "/v1/account/identities",
                    Optional.of(Json.restText(new SignIn.FinishLink(begun.signIn())))),
        answer -> !answer.refusal().equals("409 sign-in-pending"));
  }

  @Test
  void onlyASignedInUserLinksAnIdentity() {
    var cem = Person.signsUp(node.uri("/"), "cem");
    var dan = Person.signsUp(node.uri("/"), "dan");
    assertThat(sendsLink(cem, "not the password").refusal()).isEqualTo("401 wrong-credentials");
    var begun = beginsLink(cem, cem.password());
    provider.approves(begun.code(), "cem-at-work");
    // the sign-in of a link gives no tokens, and nobody else can use it
    assertThat(finishes(node, begun).refusal()).isEqualTo("401 ticket-expired");
    assertThat(finishesLink(dan, begun).refusal()).isEqualTo("401 ticket-expired");

    assertThat(finishesLink(cem, begun).status()).isEqualTo(204);

    assertThat(signsIn("cem-at-work").user()).isEqualTo("cem");
    var second = beginsLink(dan, dan.password());
    provider.approves(second.code(), "cem-at-work");
    assertThat(finishesLink(dan, second).refusal()).isEqualTo("409 identity-linked");
    assertThat(
            cem.rest()
                .send(
                    "DELETE",
                    "/v1/account/identities/company",
                    Optional.of(Json.restText(new SignIn.EndLink(Optional.of(cem.password())))))
                .status())
        .isEqualTo(204);
    var third = begins(node);
    provider.approves(third.code(), "cem-at-work");
    assertThat(finishes(node, third).as(Accounts.Tokens.class).user()).isEqualTo("cem-at-work");
  }

  /// The provider is asked about a device at most twice in a minute.
  private static void forgetsTheLatestQuestions() {
    database("UPDATE identity_session SET asked = asked - interval '1 hour'");
  }

  @Test
  void aUserDisabledAtTheProviderIsRefusedAtTheNextRefresh() {
    var eve = signsIn("eve");
    var fay = signsIn("fay");
    forgetsTheLatestQuestions();
    provider.isDown = true;
    var still = refresh(other, fay).as(Accounts.Tokens.class);
    provider.isDown = false;
    provider.disabled.add("eve");

    assertThat(refresh(other, eve).refusal()).isEqualTo("401 device-ended");
    assertThat(with(eve).get("/v1/account").refusal()).isEqualTo("401 device-ended");
    forgetsTheLatestQuestions();
    // the provider has given another token each time
    var again = refresh(node, still).as(Accounts.Tokens.class);
    forgetsTheLatestQuestions();
    assertThat(refresh(other, again).status()).isEqualTo(200);
  }

  private static void database(String statement) {
    var database = node.database();
    try (var connection =
            DriverManager.getConnection(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
        var changes = connection.createStatement()) {
      changes.executeUpdate(statement);
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  /// The operator has another secret, and the previous one was taken away too early.
  @Test
  void aTokenThatNoSecretDecryptsEndsItsDeviceWithAReason() {
    var jon = signsIn("jon");
    var kim = signsIn("kim");
    var live = Person.withToken(other.uri("/"), "jon", jon.accessToken().orElseThrow());
    live.connects();
    forgetsTheLatestQuestions();
    database("UPDATE identity_session SET secret_id = 'lost' WHERE account IN ('jon', 'kim')");
    database(
        "UPDATE identity_session SET wrapped = now() - interval '1 day' WHERE account = 'jon'");

    assertThat(refresh(other, jon).refusal()).isEqualTo("401 sign-in-again");

    assertThat(live.isHungUpOn()).isEqualTo(4403);
    assertThat(live.heard())
        .anyMatch(it ->
            it instanceof ServerFrame.Goodbye goodbye
                && goodbye.code().equals(Code.SIGN_IN_AGAIN.wire()));
    assertThat(refresh(other, jon).refusal()).isEqualTo("401 device-ended");
    assertThat(signsIn("jon").user()).isEqualTo("jon");
    // encrypted by a node with a newer secret, while this one still runs
    assertThat(refresh(other, kim).status()).isEqualTo(200);
    live.close();
  }

  @Test
  void theLogOutOfTheProviderEndsDevices() throws Exception {
    var gil = signsIn("gil");
    var hal = signsIn("hal");

    assertThat(logsOut(provider.logoutToken("gil", "somebody else"))).isEqualTo(400);
    assertThat(logsOut("eyJhbGciOiJub25lIn0.e30.")).isEqualTo(400);
    assertThat(with(gil).get("/v1/account").status()).isEqualTo(200);
    assertThat(logsOut(provider.logoutToken("gil", "kith"))).isEqualTo(200);

    assertThat(with(gil).get("/v1/account").refusal()).isEqualTo("401 device-ended");
    assertThat(with(hal).get("/v1/account").status()).isEqualTo(200);
  }

  private static int logsOut(String token) throws Exception {
    return Rest.CLIENT
        .send(
            HttpRequest.newBuilder(other.uri("/v1/identity/company/logout"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void wrongIdTokensAreRefusedAndANewKeyIsNot() {
    refuses("an audience of others", it -> it.audience("somebody else"));
    refuses("another issuer", it -> it.issuer("https://login.example.org"));
    refuses("too old", it -> it.expirationTime(Date.from(Instant.now().minusSeconds(600))));
    provider.signs = false;
    refuses("no signature", UnaryOperator.identity());
    provider.signs = true;

    provider.change = it -> it.expirationTime(Date.from(Instant.now().minusSeconds(60)));
    assertThat(signsIn("ida").user()).as("a clock that is a minute ahead").isEqualTo("ida");
    provider.change = UnaryOperator.identity();
    provider.rotates();
    assertThat(signsIn("ida").user()).isEqualTo("ida");
  }

  private static void refuses(
      String what, UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> change) {
    provider.change = change;
    var begun = begins(node);
    provider.approves(begun.code(), "ida");
    assertThat(finishes(node, begun).refusal()).as(what).isEqualTo("503 provider-unavailable");
  }

  /// Its passcode is not given to anybody.
  private static String aClosedRoom(String name) {
    return Person.signsUp(node.uri("/"), "host")
        .rest()
        .post(
            "/v1/rooms",
            new RoomRequests.CreateRoom(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.of("a passcode that nobody gets"),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()))
        .field("room");
  }

  private static boolean isMember(Accounts.Tokens tokens, String room) {
    return with(tokens).get("/v1/rooms/" + room + "/members").status() == 200;
  }

  private static void becomes(boolean member, Accounts.Tokens tokens, String room) {
    awaits(
        () -> with(tokens).get("/v1/rooms/" + room + "/members"),
        answer -> (answer.status() == 200) == member);
  }

  @Test
  void groupsGiveServerRolesAndRoomsApartFromThoseGivenByHand() {
    provider.groups.put("jan", List.of("admins", "everybody"));
    provider.groups.put("kim", List.of("partners"));
    var room = aClosedRoom("common-room");

    var jan = signsIn("jan");
    var kim = signsIn("kim");

    becomes(true, jan, room);
    assertThat(isMember(kim, room)).isFalse();

    assertThat(with(jan).get("/v1/admin/accounts").status()).isEqualTo(200);
    assertThat(with(kim).get("/v1/rooms").refusal()).isEqualTo("403 not-allowed");
    provider.groups.put("jan", List.of("everybody"));
    forgetsTheLatestQuestions();
    var later = refresh(node, jan).as(Accounts.Tokens.class);
    assertThat(with(later).get("/v1/admin/accounts").refusal()).isEqualTo("403 not-allowed");
    assertThat(isMember(later, room)).isTrue();
    provider.groups.put("jan", List.of());
    forgetsTheLatestQuestions();
    var atLast = refresh(other, later).as(Accounts.Tokens.class);
    becomes(false, atLast, room);
  }

  @Test
  void aBrowserComesBackWithCookiesToThePageThatItLeft() throws Exception {
    var left = browser(node, "/v1/identity/company/browser?return=/chat", "");
    assertThat(left.statusCode()).isEqualTo(303);
    var flow = left.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    var back =
        URI.create(provider.signsIn(left.headers().firstValue("location").orElseThrow(), "lou"));
    var target = back.getRawPath() + "?" + back.getRawQuery();
    assertThat(browser(other, target, "kith_sign_in=another").statusCode()).isEqualTo(401);

    var home = browser(other, target, flow);

    assertThat(home.statusCode()).isEqualTo(303);
    assertThat(home.headers().firstValue("location")).hasValue("/chat");
    assertThat(home.headers().allValues("set-cookie"))
        .anyMatch(it -> it.startsWith("kith_access=ey") && it.contains("HttpOnly"))
        .anyMatch(it -> it.startsWith("kith_refresh=ey"));
    assertThat(browser(node, target, flow).headers().firstValue("location"))
        .as("a code is used once")
        .isNotEqualTo(Optional.of("/chat"));
    assertThat(browser(node, "/v1/identity/company/browser?return=//evil.example", "").statusCode())
        .isEqualTo(400);
  }

  private static HttpResponse<String> browser(TestNode at, String path, String cookie)
      throws Exception {
    return Rest.CLIENT.send(
        HttpRequest.newBuilder(at.uri(path))
            .header("cookie", cookie.isEmpty() ? "a=b" : cookie)
            .build(),
        BodyHandlers.ofString());
  }

  private static void awaitsText(Supplier<String> text, String wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var now = text.get();
    while (!now.contains(wanted)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
      now = text.get();
    }
  }

  /// Runs `kith admin` from elsewhere, for somebody who approves it in a browser.
  private static String administers(TestNode at, String subject, String... command) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line =
        AdminCommand.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    var words = Stream.concat(Stream.of(command), Stream.of("--server", at.uri("/").toString()));
    var done = CompletableFuture.supplyAsync(() -> line.execute(words.toArray(String[]::new)));
    var code = Pattern.compile("enter this code: (\\S+)");
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var shown = code.matcher(err.toString());
    while (!shown.find()) {
      if (System.nanoTime() > deadline || done.isDone()) throw new AssertionError(err.toString());
      Thread.onSpinWait();
      shown = code.matcher(err.toString());
    }
    provider.approves(shown.group(1), subject);
    assertThat(done.orTimeout(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS).join())
        .as(err.toString())
        .isZero();
    return out.toString();
  }

  @Test
  void aServerWithoutPasswordsOffersItsProvidersOnly() {
    var settings = new HashMap<>(provider.settings("company"));
    settings.put("kith.identity.passwords", "false");
    settings.put("kith.identity.providers.company.name", "Example Ltd.");
    try (var strict = TestNode.start(settings)) {
      var described = rest(strict).get("/v1/server").json();
      assertThat(described.path("passwords").asBoolean(true)).isFalse();
      assertThat(described.path("providers").toString())
          .isEqualTo("[{\"provider\":\"company\",\"name\":\"Example Ltd.\"}]");
      for (var path : List.of("/v1/accounts", "/v1/tokens", "/v1/tokens/reset"))
        assertThat(rest(strict).send("POST", path, Optional.of("{}")).refusal())
            .isEqualTo("403 passwords-off");
      var begun = begins(strict);
      provider.approves(begun.code(), "mia");
      assertThat(finishes(strict, begun).as(Accounts.Tokens.class).user()).isEqualTo("mia");
      provider.groups.put("ria", List.of("admins"));
      // the list of accounts is written a moment later
      awaitsText(() -> administers(strict, "ria", "accounts", "--json"), "\"mia\"");
    }
  }
}
