package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.TestNode;
import kith.node.feature.secondfactor.TotpApp;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Visibility;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.ProblemDetails;
import kith.protocol.rest.SecondFactors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Users who log in with a password and a code of their app, at nodes of one cluster.
@Tag("story")
class SecondFactorStoryTest {
  private static final String FIRST_SECRET = "the first secret of an operator: 32";
  private static final String SECRET = "another secret of the operator: 32 ";

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @SuppressWarnings("NullAway.Init")
  private static Person host;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            Map.of(
                "kith.accounts.token-keys.secret",
                FIRST_SECRET,
                "kith.accounts.sign-up.first-is-owner",
                "true"));
    host = Person.signsUp(node.uri("/"), "host");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Rest.Answer send(Person person, String method, String path, Record body) {
    return person
        .rest()
        .send(method, "/v1/account/second-factor" + path, Optional.of(Json.restText(body)));
  }

  private static TotpApp begins(Person person) {
    var begun =
        send(person, "POST", "", new SecondFactors.SecondFactorBegin(person.password()))
            .as(SecondFactors.SecondFactorBegun.class);
    assertThat(begun.uri())
        .startsWith("otpauth://totp/Kith%20127.0.0.1:" + person.name())
        .contains("secret=" + begun.secret());
    return new TotpApp(begun.secret());
  }

  private static Rest.Answer logsIn(TestNode at, Person person) {
    return new Rest(at.uri("/"), Optional.empty())
        .post(
            "/v1/tokens",
            new Accounts.LogIn(
                person.name(),
                person.password(),
                Optional.of("laptop"),
                Optional.empty(),
                Optional.empty()));
  }

  private static String ticket(Rest.Answer answer) throws Exception {
    assertThat(answer.refusal()).isEqualTo("401 second-factor-required");
    return Json.rest(answer.body(), ProblemDetails.class).ticket().orElseThrow();
  }

  private static Rest.Answer continues(TestNode at, String ticket, String code) {
    return new Rest(at.uri("/"), Optional.empty())
        .post("/v1/tokens/second-factor", new SecondFactors.SecondFactorLogIn(ticket, code));
  }

  @Test
  void aTicketOfOneNodeIsCompletedAtAnotherThatHasANewSecret() throws Exception {
    var ann = Person.signsUp(node.uri("/"), "ann");
    var app = begins(ann);
    assertThat(send(ann, "PUT", "", new SecondFactors.SecondFactorTurnOn("000000")).refusal())
        .isEqualTo("401 wrong-code");
    var codes =
        send(ann, "PUT", "", new SecondFactors.SecondFactorTurnOn(app.code()))
            .as(SecondFactors.RecoveryCodes.class);
    assertThat(codes.codes()).hasSize(10);
    var ticket = ticket(logsIn(node, ann));
    assertThat(ticket).doesNotContain(ann.password());

    try (var other =
        node.another(
            Map.of(
                "kith.accounts.token-keys.secret", SECRET,
                "kith.accounts.token-keys.previous-secret", FIRST_SECRET))) {
      var laptop = continues(other, ticket, app.nextCode()).as(Accounts.Tokens.class);

      assertThat(laptop.user()).isEqualTo("ann");
      assertThat(continues(other, ticket, app.nextCode()).refusal()).isEqualTo("401 wrong-code");
      assertThat(continues(other, ticket, codes.codes().getFirst()).status()).isEqualTo(201);
      assertThat(continues(other, "no ticket", app.nextCode()).refusal())
          .isEqualTo("401 ticket-expired");
      var standing =
          ann.rest().get("/v1/account/second-factor").as(SecondFactors.SecondFactorStanding.class);
      assertThat(standing.on()).isTrue();
      assertThat(standing.recoveryCodes()).isEqualTo(9);
      var path = "/v1/admin/accounts/ann/second-factor";
      assertThat(host.rest().get(path).as(SecondFactors.SecondFactorStanding.class))
          .isEqualTo(standing);
      assertThat(ann.rest().get(path).refusal()).isEqualTo("403 not-allowed");
      assertThat(host.rest().get(path.replace("ann", "nobody")).refusal())
          .isEqualTo("404 unknown-user");
    }
  }

  @Test
  void theExportHasNoSecrets() {
    var eve = Person.signsUp(node.uri("/"), "eve");
    var app = begins(eve);
    var codes =
        send(eve, "PUT", "", new SecondFactors.SecondFactorTurnOn(app.code()))
            .as(SecondFactors.RecoveryCodes.class);

    var lines = new StringBuilder();
    var next = Optional.<String>empty();
    do {
      var page =
          eve.rest()
              .get("/v1/account/export" + next.map(it -> "?next=" + it).orElse(""))
              .as(Accounts.ExportPage.class);
      page.lines().forEach(line -> lines.append(line.json()).append('\n'));
      next = page.next();
    } while (next.isPresent());

    assertThat(lines.toString())
        .contains("\"secret\":\"(not exported)\"", "\"recoveryHashes\":\"(not exported)\"")
        .doesNotContain(codes.codes());
  }

  @Test
  void newRecoveryCodesReplaceTheOldOnesAndTheFactorCanBeTurnedOff() throws Exception {
    var cem = Person.signsUp(node.uri("/"), "cem");
    var app = begins(cem);
    var old =
        send(cem, "PUT", "", new SecondFactors.SecondFactorTurnOn(app.code()))
            .as(SecondFactors.RecoveryCodes.class)
            .codes();
    assertThat(send(cem, "POST", "", new SecondFactors.SecondFactorBegin(cem.password())).refusal())
        .isEqualTo("409 second-factor-on");

    var fresh =
        send(
                cem,
                "POST",
                "/codes",
                new SecondFactors.SecondFactorProof(cem.password(), old.getFirst()))
            .as(SecondFactors.RecoveryCodes.class)
            .codes();

    var ticket = ticket(logsIn(node, cem));
    assertThat(continues(node, ticket, old.getLast()).refusal()).isEqualTo("401 wrong-code");
    assertThat(
            send(
                    cem,
                    "DELETE",
                    "",
                    new SecondFactors.SecondFactorProof("not the password", fresh.getFirst()))
                .refusal())
        .isEqualTo("401 wrong-credentials");
    assertThat(
            send(
                    cem,
                    "DELETE",
                    "",
                    new SecondFactors.SecondFactorProof(cem.password(), fresh.getFirst()))
                .status())
        .isEqualTo(204);
    assertThat(logsIn(node, cem).status()).isEqualTo(201);
  }

  @Test
  void aServerThatRequiresASecondFactorRefusesOtherRequestsBeforeItsSetUp() {
    try (var strict = TestNode.start(Map.of("kith.accounts.second-factor", "required"))) {
      var dan = Person.signsUp(strict.uri("/"), "dan");
      for (var path : List.of("/v1/rooms", "/v1/account/inbox", "/v1/contacts", "/v1/bots"))
        assertThat(dan.rest().get(path).refusal()).isEqualTo("403 second-factor-setup-required");
      assertThat(dan.rest().get("/v1/account").status()).isEqualTo(200);
      assertThat(dan.rest().get("/v1/devices").status()).isEqualTo(200);

      var app = begins(dan);
      send(dan, "PUT", "", new SecondFactors.SecondFactorTurnOn(app.code()))
          .as(SecondFactors.RecoveryCodes.class);

      assertThat(dan.makesRoom("den", Visibility.PRIVATE)).isNotEmpty();
      dan.connects();
      dan.close();
    }
  }
}
