package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.node.AdminCommand;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Bots;
import kith.protocol.rest.InboundHooks;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomRequests;
import kith.protocol.rest.RoomRequests.ChangeRole;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Bots: their tokens, their rights, and their end with their owners.
@Tag("story")
class BotStoryTest {
  private static TestNode node;
  private static Person owner;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;
  private String bot;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.bots.per-owner", "3",
                "kith.http.requests.per-second", "1",
                "kith.http.requests.burst", "60"));
    owner = Person.signsUp(node.uri("/"), "olga");
    var data = Objects.requireNonNull(node.adminSocket().getParent()).resolveSibling("").toString();
    var status =
        AdminCommand.create()
            .execute(
                "grant", "olga", "owner", "--data", data, "--port", String.valueOf(node.port()));
    assertThat(status).isZero();
  }

  @AfterAll
  static void stopNode() {
    owner.close();
    node.close();
  }

  /// Ann owns the room, bob a bot.
  @BeforeEach
  void annAndBobShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    bot = "weather" + stories;
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    bob.rest().post("/v1/bots", new Bots.CreateBot(bot)).as(Bots.Bot.class);
    ann.connects();
    ann.opens(room, 0);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void aBotSpeaksInTheRoomsOfItsOwner() {
    assertThat(enters().status()).isEqualTo(204);
    var weather = weather(token(true));
    weather.connects();
    weather.opens(room, 0);

    weather.says(room, "rain");

    ann.sees(room, "rain");
    var message = (Entry.Message) ann.log(room).getLast();
    assertThat(message.by()).isEqualTo(bot);
    assertThat(message.program())
        .contains(new Entry.Program("bot", Optional.empty(), Optional.of(bob.name())));
    var members = ann.rest().get("/v1/rooms/" + room + "/members").as(RoomAnswers.MemberPage.class);
    assertThat(members.members())
        .filteredOn(it -> it.botOf().isPresent())
        .singleElement()
        .satisfies(it -> assertThat(it.user()).isEqualTo(bot));
    assertThat(ann.rest().get("/v1/users/" + bot).as(Accounts.Profile.class).botOf())
        .contains(bob.name());
    weather.close();
  }

  @Test
  void aBotRemovedFromItsRoomReceivesNothing() {
    enters();
    var token = token(true);
    var weather = weather(token);
    weather.connects();
    weather.opens(room, 0);
    weather.says(room, "rain");

    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());

    weather.hears(ServerFrame.Closed.class, it -> it.room().equals(room));
    ann.says(room, "a secret");
    var rest = new Rest(node.uri("/"), Optional.of(token));
    assertThat(rest.get("/v1/rooms/" + room + "/entries").code()).isEqualTo(Code.NOT_A_MEMBER);
    weather.says(new ClientFrame.Send("late", room, "sun", OptionalLong.empty()));
    assertThat(weather.isRefused("late").code()).isEqualTo(Code.ROOM_NOT_OPEN.wire());
    assertThat(weather.texts(room)).doesNotContain("a secret");
    assertThat(ann.log(room))
        .filteredOn(it -> it instanceof Entry.Kicked kicked && kicked.user().equals(bot))
        .hasSize(1);
    weather.close();
  }

  @Test
  void aTokenToReadDoesNotWrite() {
    enters();
    var token = token(false);
    var weather = weather(token);
    weather.connects();
    weather.opens(room, 0);
    ann.says(room, "hello");

    weather.sees(room, "hello");
    weather.says(new ClientFrame.Send("no", room, "sun", OptionalLong.empty()));
    assertThat(weather.isRefused("no").code()).isEqualTo(Code.BOT_NOT_ALLOWED.wire());
    var rest = new Rest(node.uri("/"), Optional.of(token));
    assertThat(rest.get("/v1/rooms/" + room + "/entries").status()).isEqualTo(200);
    assertThat(rest.send("POST", "/v1/rooms/" + room + "/leave", Optional.empty()).code())
        .isEqualTo(Code.BOT_NOT_ALLOWED);
    weather.close();
  }

  @Test
  void aTokenForOneRoomShowsNoOther() {
    enters();
    var other = bob.makesRoom("other " + stories, Visibility.PRIVATE);
    assertThat(bob.rest().send("PUT", path("rooms/" + other), Optional.empty()).status())
        .isEqualTo(204);
    var token = token(true, room);
    var rest = new Rest(node.uri("/"), Optional.of(token));

    assertThat(rest.get("/v1/rooms/" + room + "/entries").status()).isEqualTo(200);
    for (var path :
        List.of(
            "/v1/rooms/" + other,
            "/v1/rooms/" + other + "/entries",
            "/v1/rooms",
            "/v1/account/inbox"))
      assertThat(rest.get(path).code()).as(path).isEqualTo(Code.BOT_NOT_ALLOWED);
    var weather = weather(token);
    weather.connects();
    weather.says(new ClientFrame.Open(other, OptionalLong.empty()));
    assertThat(weather.hearsProblem().code()).isEqualTo(Code.BOT_NOT_ALLOWED.wire());
    weather.close();
  }

  @Test
  void aRevokedTokenEndsItsSessions() {
    enters();
    var made = creates(new Bots.CreateBotToken("laptop", true, Optional.empty()));
    var token = made.token().orElseThrow();
    var weather = weather(token);
    weather.connects();
    weather.opens(room, 0);
    assertThat(tokens()).extracting(Bots.BotToken::id).containsExactly(made.id());
    assertThat(tokens().getFirst().lastUsed()).isPresent();
    assertThat(tokens().getFirst().token()).isEmpty();

    var ended = bob.rest().send("DELETE", path("tokens/" + made.id()), Optional.empty());

    assertThat(ended.status()).isEqualTo(204);
    assertThat(weather.isHungUpOn()).isEqualTo(4403);
    assertThat(new Rest(node.uri("/"), Optional.of(token)).get("/v1/account").code())
        .isEqualTo(Code.DEVICE_ENDED);
  }

  @Test
  void aBotIsRefusedWhileItsOwnerIsDisabled() {
    enters();
    var token = token(true);
    var weather = weather(token);
    weather.connects();
    var rest = new Rest(node.uri("/"), Optional.of(token));
    assertThat(rest.get("/v1/account").status()).isEqualTo(200);

    disables("PUT");

    assertThat(rest.get("/v1/account").code()).isEqualTo(Code.ACCOUNT_DISABLED);
    assertThat(weather.isHungUpOn()).isEqualTo(4403);
    disables("DELETE");
    assertThat(rest.get("/v1/account").status()).isEqualTo(200);
  }

  @Test
  void anIncomingWebhookIsRefusedWhileItsMakerIsDisabled() {
    var own = bob.makesRoom("of bob " + stories, Visibility.PRIVATE);
    var hook =
        bob.rest()
            .post("/v1/rooms/" + own + "/inbound", new InboundHooks.CreateInboundHook("monitor"))
            .as(InboundHooks.InboundHook.class);
    var path = "/v1/hooks/" + hook.token().orElseThrow();
    var anybody = new Rest(node.uri("/"), Optional.empty());
    var message = new InboundHooks.HookMessage("the disk is full");
    assertThat(anybody.post(path, message).status()).isEqualTo(200);

    disables("PUT");

    assertThat(anybody.post(path, message).code()).isEqualTo(Code.ACCOUNT_DISABLED);
    disables("DELETE");
    assertThat(anybody.post(path, message).status()).isEqualTo(200);
  }

  @Test
  void aBotEndsWithItsOwner() {
    enters();
    var token = token(true);
    var rest = new Rest(node.uri("/"), Optional.of(token));
    assertThat(rest.get("/v1/account").status()).isEqualTo(200);

    bob.deletesAccount();

    assertThat(rest.get("/v1/account").code()).isEqualTo(Code.DEVICE_ENDED);
    assertThat(ann.rest().get("/v1/users/" + bot).code()).isEqualTo(Code.UNKNOWN_USER);
  }

  @Test
  void aBotHasNoPasswordAndOwnsNothing() {
    enters();
    var rest = new Rest(node.uri("/"), Optional.of(token(true)));
    var anybody = new Rest(node.uri("/"), Optional.empty());

    for (var password : List.of("", "correct horse battery"))
      assertThat(
              anybody
                  .post(
                      "/v1/tokens",
                      new Accounts.LogIn(
                          bot, password, Optional.empty(), Optional.empty(), Optional.empty()))
                  .status())
          .isEqualTo(401);
    assertThat(rest.post("/v1/bots", new Bots.CreateBot("other")).code())
        .isEqualTo(Code.BOT_NOT_ALLOWED);
    assertThat(
            rest.post(
                    "/v1/rooms",
                    new CreateRoom(
                        "mine",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .code())
        .isEqualTo(Code.BOT_NOT_ALLOWED);
    assertThat(
            rest.send("PUT", "/v1/users/" + ann.name() + "/conversation", Optional.empty()).code())
        .isEqualTo(Code.BOT_NOT_ALLOWED);
    assertThat(
            bob.rest().send("PUT", "/v1/users/" + bot + "/conversation", Optional.empty()).code())
        .isEqualTo(Code.NOT_ALLOWED);
  }

  @Test
  void aWrongTokenIsRefusedAndCountsForNobody() {
    var name = Base64.getUrlEncoder().withoutPadding();
    var user = name.encodeToString(bob.name().getBytes(StandardCharsets.UTF_8));
    for (var token : List.of("kithbot." + user + ".x", "kithbot.Lw.x", "kithbot." + user + "."))
      for (int i = 0; i < 30; i++)
        assertThat(new Rest(node.uri("/"), Optional.of(token)).get("/v1/account").status())
            .isEqualTo(401);
    // he has 60 requests at once, and these were not his
    assertThat(bob.rest().get("/v1/account").status()).isEqualTo(200);
  }

  @Test
  void onlyTheOwnerOfABotMayUseItsRoutes() {
    for (var path : List.of("tokens", "tokens/1", "rooms/" + room, "")) {
      var method = path.equals("tokens") ? "GET" : "DELETE";
      assertThat(ann.rest().send(method, path(path), Optional.empty()).code())
          .as(path)
          .isEqualTo(Code.UNKNOWN_USER);
    }
    assertThat(ann.rest().post("/v1/bots", new Bots.CreateBot(bot)).code())
        .isEqualTo(Code.USER_NAME_TAKEN);
    assertThat(ann.rest().post("/v1/bots", new Bots.CreateBot(bob.name())).code())
        .isEqualTo(Code.USER_NAME_TAKEN);
    assertThat(ann.rest().get("/v1/bots").as(Bots.BotList.class).bots()).isEmpty();
    // a repeated request of the owner
    assertThat(bob.rest().post("/v1/bots", new Bots.CreateBot(bot)).status()).isEqualTo(201);
  }

  @Test
  void theBotsOfAUserAreLimited() {
    for (var name : List.of("b", "c"))
      bob.rest().post("/v1/bots", new Bots.CreateBot(name + stories)).as(Bots.Bot.class);
    assertThat(bob.rest().post("/v1/bots", new Bots.CreateBot("d" + stories)).code())
        .isEqualTo(Code.TOO_MANY_BOTS);

    assertThat(bob.rest().send("DELETE", path(""), Optional.empty()).status()).isEqualTo(204);

    assertThat(bob.rest().post("/v1/bots", new Bots.CreateBot("d" + stories)).status())
        .isEqualTo(201);
    assertThat(bob.rest().get("/v1/bots").list("bots", "user"))
        .containsExactly("b" + stories, "c" + stories, "d" + stories);
  }

  @Test
  void aBotIsKickedLikeAPersonAndComesBackWithItsOwner() {
    enters();
    var kicked =
        ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/" + bot, Optional.empty());
    assertThat(kicked.status()).isEqualTo(204);
    assertThat(enters().status()).isEqualTo(204);
    ann.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/members/" + bot + "/role",
            Optional.of(Json.restText(new ChangeRole(Role.MODERATOR))));
    // a moderator, but its owner is none
    var rest = new Rest(node.uri("/"), Optional.of(token(true)));
    assertThat(rest.get("/v1/rooms/" + room + "/bans").code()).isEqualTo(Code.NOT_ALLOWED);
  }

  @Test
  void aBotOfTheServerHasNoOwnerAndEndsByAnAdministrator() {
    var name = "herald" + stories;
    admin("create", name);
    var invited = ann.makesRoom("private " + stories, Visibility.PRIVATE);
    var herald = Person.withToken(node.uri("/"), name, admin("token", name, "--name", "cron"));

    admin("join", name, room);
    herald.connects();
    herald.opens(room, 0);
    herald.says(room, "supper");

    ann.sees(room, "supper");
    var message = (Entry.Message) ann.log(room).getLast();
    assertThat(message.program())
        .contains(new Entry.Program("bot", Optional.empty(), Optional.of("@server")));
    // an administrator brings it into no private room
    var path = "/v1/admin/bots/" + name;
    assertThat(owner.rest().send("PUT", path + "/rooms/" + invited, Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_ROOM);
    var token =
        ann.rest()
            .post(
                "/v1/rooms/" + invited + "/invitations",
                new RoomRequests.Invite(
                    OptionalLong.empty(), OptionalInt.empty(), Optional.empty()))
            .as(RoomAnswers.Invitation.class)
            .token()
            .orElseThrow();
    admin("join", name, invited, "--invitation", token);
    assertThat(ann.rest().send("GET", path + "/tokens", Optional.empty()).code())
        .isEqualTo(Code.NOT_ALLOWED);
    // nobody owns it like a bot of a user
    assertThat(owner.rest().get("/v1/bots/" + name + "/tokens").code())
        .isEqualTo(Code.UNKNOWN_USER);
    assertThat(admin("list").lines()).contains(name);
    assertThat(admin("tokens", name)).contains("cron, write");
    assertThat(owner.rest().get("/v1/admin/audit?account=" + name).list("entries", "act"))
        .contains("admin-bot");
    var kicked =
        ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/" + name, Optional.empty());
    assertThat(kicked.status()).isEqualTo(204);

    admin("delete", name);

    assertThat(herald.isHungUpOn()).isEqualTo(4403);
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!(ann.history(invited).getLast() instanceof Entry.Left))
      if (System.nanoTime() > deadline) throw new AssertionError(ann.history(invited).toString());
    assertThat(herald.rest().get("/v1/rooms/" + room).status()).isEqualTo(401);
    herald.close();
  }

  private static String admin(String... arguments) {
    var data = Objects.requireNonNull(node.adminSocket().getParent()).resolveSibling("").toString();
    var all = new ArrayList<>(List.of("bot", arguments[0], "--data", data));
    all.addAll(List.of("--port", String.valueOf(node.port())));
    all.addAll(List.of(arguments).subList(1, arguments.length));
    var out = new StringWriter();
    var status =
        AdminCommand.create().setOut(new PrintWriter(out)).execute(all.toArray(String[]::new));
    assertThat(status).isZero();
    return out.toString().strip();
  }

  private Rest.Answer enters() {
    return bob.rest().send("PUT", path("rooms/" + room), Optional.empty());
  }

  private String path(String of) {
    return "/v1/bots/" + bot + (of.isEmpty() ? "" : "/" + of);
  }

  private String token(boolean write, String... rooms) {
    return creates(
            new Bots.CreateBotToken(
                "laptop",
                write,
                rooms.length == 0 ? Optional.empty() : Optional.of(List.of(rooms))))
        .token()
        .orElseThrow();
  }

  private Bots.BotToken creates(Bots.CreateBotToken asked) {
    return bob.rest().post(path("tokens"), asked).as(Bots.BotToken.class);
  }

  private List<Bots.BotToken> tokens() {
    return bob.rest().get(path("tokens")).as(Bots.BotTokenList.class).tokens();
  }

  private Person weather(String token) {
    return Person.withToken(node.uri("/"), bot, token);
  }

  private void disables(String method) {
    var path = "/v1/admin/accounts/" + bob.name() + "/disabled";
    assertThat(owner.rest().send(method, path, Optional.empty()).status()).isEqualTo(204);
  }
}
