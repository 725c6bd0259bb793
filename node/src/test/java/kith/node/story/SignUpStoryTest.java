package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import kith.node.InviteCommand;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Administration.CreateInvitation;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.ServerDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The people who may sign up, under each policy.
@Tag("story")
class SignUpStoryTest {
  private static final String PASSWORD = "a long enough secret";

  @SuppressWarnings("NullAway.Init")
  private static TestNode invited;

  @BeforeAll
  static void start() {
    invited =
        TestNode.start(
            Map.of(
                "kith.accounts.sign-up.policy", "invited",
                "kith.accounts.sign-up.reserved-names", "boss"));
  }

  @AfterAll
  static void stop() {
    invited.close();
  }

  @Test
  void anInvitedServerRefusesThoseWithoutAnInvitation() {
    assertRefused(signUp("ann", Optional.empty()), 403, Code.INVITATION_REQUIRED);
    assertRefused(signUp("ann", Optional.of("guess")), 404, Code.UNKNOWN_INVITATION);
  }

  @Test
  void anInvitationIsGoodForOneAccountAndItsRepeatedSignUp() {
    var token = invites();

    assertThat(signUp("bob", Optional.of(token)).status()).isEqualTo(201);
    assertThat(signUp("bob", Optional.of(token)).status()).isEqualTo(201);
    assertRefused(signUp("bill", Optional.of(token)), 404, Code.UNKNOWN_INVITATION);
    assertRefused(
        post("bob", "another good secret", Optional.of(token)), 409, Code.USER_NAME_TAKEN);
    assertRefused(signUp("bill", Optional.of(token)), 404, Code.UNKNOWN_INVITATION);
  }

  @Test
  void aRefusedSignUpLeavesTheInvitationUnused() {
    var token = invites();
    var first = invites();
    assertThat(signUp("cem", Optional.of(first)).status()).isEqualTo(201);

    assertRefused(signUp("cem", Optional.of(token)), 409, Code.USER_NAME_TAKEN);
    assertRefused(signUp("boss", Optional.of(token)), 409, Code.USER_NAME_TAKEN);
    assertRefused(post("carla", "short", Optional.of(token)), 400, Code.PASSWORD_TOO_SHORT);

    assertThat(signUp("carla", Optional.of(token)).status()).isEqualTo(201);
  }

  @Test
  void concurrentSignUpsCannotShareOneUse() throws InterruptedException {
    var token = invites();

    try (var workers = Executors.newFixedThreadPool(8)) {
      var attempts =
          List.of("d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8").stream()
              .<Callable<Integer>>map(name -> () -> signUp(name, Optional.of(token)).status())
              .toList();
      var statuses = workers.invokeAll(attempts).stream().map(it -> it.resultNow()).toList();

      assertThat(statuses).containsOnlyOnce(201);
    }
  }

  @Test
  void aRevokedInvitationCannotBeUsed() {
    var token = invites();
    var id = Pattern.compile("Invitation (\\S+),").matcher(lastPrinted);
    assertThat(id.find()).isTrue();

    assertThat(kithInvite("--revoke", id.group(1))).contains("revoked");

    assertRefused(signUp("erin", Optional.of(token)), 404, Code.UNKNOWN_INVITATION);
  }

  @Test
  void anInvitationForNobodyIsRefusedWithTheAllowedRanges() {
    var operator = new Rest(invited.uri("/"), Optional.empty());

    var answer = operator.post("/invitations", new CreateInvitation(0, 60_000));

    assertRefused(answer, 400, Code.BAD_FIELD);
    assertThat(answer.text()).contains("1 to 100000 accounts", "1 minute to 365 days");
  }

  @Test
  void onlyTheNodesOwnMachineMakesInvitations() throws Exception {
    var request =
        HttpRequest.newBuilder(invited.uri("/invitations"))
            .header("x-forwarded-for", "203.0.113.7")
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"uses\":1,\"validMillis\":60000}"))
            .build();

    var answer = Rest.CLIENT.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("token");
  }

  @Test
  void aClosedServerAcceptsNobody() {
    try (var closed = TestNode.start(Map.of("kith.accounts.sign-up.policy", "closed"))) {
      assertRefused(post(closed, "ann", PASSWORD, Optional.empty()), 403, Code.SIGN_UP_CLOSED);
    }
  }

  @Test
  void reservedNamesAreTakenOnAnOpenServer() {
    try (var open = TestNode.start()) {
      for (var name : List.of("room", "Room", "admin"))
        assertRefused(post(open, name, PASSWORD, Optional.empty()), 409, Code.USER_NAME_TAKEN);
      assertThat(post(open, "ann", PASSWORD, Optional.of("ignored")).status()).isEqualTo(201);
    }
  }

  private String lastPrinted = "";

  private String invites() {
    lastPrinted = kithInvite();
    return lastPrinted.lines().findFirst().orElseThrow();
  }

  /// The output of `kith invite`.
  private static String kithInvite(String... options) {
    var printed = new StringWriter();
    var arguments = new ArrayList<>(List.of("--port", String.valueOf(invited.port())));
    arguments.addAll(List.of(options));
    var status =
        new CommandLine(new InviteCommand())
            .setOut(new PrintWriter(printed))
            .execute(arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return printed.toString();
  }

  private static Rest.Answer signUp(String user, Optional<String> invitation) {
    return post(user, PASSWORD, invitation);
  }

  private static Rest.Answer post(String user, String password, Optional<String> invitation) {
    return post(invited, user, password, invitation);
  }

  private static Rest.Answer post(
      TestNode node, String user, String password, Optional<String> invitation) {
    return new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/accounts",
            new Accounts.SignUp(
                user,
                password,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                invitation));
  }

  private static void assertRefused(Rest.Answer answer, int status, Code code) {
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void theFirstTwoPeopleOfAServerAreInTheSameRoom() {
    var settings =
        Map.of("kith.lobby", "The Hall", "kith.identity.address", "https://chat.example.org");
    try (var fresh = TestNode.start(settings)) {
      var ann = Person.signsUp(fresh.uri("/"), "ann");
      var bob = Person.signsUp(fresh.uri("/"), "bob");

      ann.awaitsInboxOverRest(rooms -> hasHall(rooms));
      bob.awaitsInboxOverRest(rooms -> hasHall(rooms));
      assertThat(ann.inboxOverRest().getFirst().room())
          .isEqualTo(bob.inboxOverRest().getFirst().room());

      var server = ann.rest().get("/v1/server").as(ServerDescription.class);
      assertThat(server.address()).contains("https://chat.example.org");
    }
  }

  private static boolean hasHall(List<InboxRoom> rooms) {
    return rooms.size() == 1 && rooms.getFirst().title().equals(Optional.of("The Hall"));
  }
}
