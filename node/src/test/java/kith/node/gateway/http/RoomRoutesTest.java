package kith.node.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Creating, finding, changing, joining and leaving rooms, over HTTP on a whole node.
@Tag("story")
class RoomRoutesTest {

  private static final String NOWHERE = "/v1/rooms/aaaaaaaaaaaaaaaaaaaa";

  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  private final HttpPerson ann = HttpPerson.signsUp(node, "ann");
  private final HttpPerson bob = HttpPerson.signsUp(node, "bob");

  @BeforeAll
  static void start() {
    node = TestNode.start(Map.of("kith.accounts.throttle.per-address.burst", "10000"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void theCreatorOfARoomOwnsIt() {
    var made =
        ann.post(
            "/v1/rooms",
            """
            {"name":"Garden","topic":"what grows","capacity":50,"retention":{"days":90}}
            """);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text())
        .matches(
            """
            \\{"room":"[a-z0-9]{20}","name":"Garden","topic":"what grows","visibility":"public",\
            "passcode":false,"capacity":50,"retention":\\{"days":90},"members":1,\
            "created":"[^"]+","role":"owner","lastSeq":1}\
            """);
    assertThat(ann.get("/v1/rooms/" + made.field("room")).text()).isEqualTo(made.text());
    assertThat(ann.get("/v1/account").text()).contains(made.field("room"));
  }

  @Test
  void aPublicRoomIsInTheListAtOnce() {
    ann.makes("{\"name\":\"Kitchen\",\"topic\":\"soups and stews\"}");

    assertThat(bob.get("/v1/rooms?name=kitchen").list("rooms", "name")).containsExactly("Kitchen");
    assertThat(bob.get("/v1/rooms?query=STEWS").list("rooms", "name")).containsExactly("Kitchen");
    assertThat(bob.get("/v1/rooms?query=nobody+says+this").list("rooms", "name")).isEmpty();
    assertThat(bob.get("/v1/rooms?name=kitch").list("rooms", "name")).isEmpty();
  }

  @Test
  void theListComesInPages() {
    for (var name : List.of("Page c", "page A", "Page b", "page d", "page e"))
      ann.makes("{\"name\":\"" + name + "\",\"topic\":\"turning pages\"}");

    var names = new ArrayList<String>();
    var page = bob.get("/v1/rooms?query=turning+pages&limit=2");
    while (true) {
      assertThat(page.list("rooms")).hasSizeLessThanOrEqualTo(2);
      names.addAll(page.list("rooms", "name"));
      if (!page.json().has("next")) break;
      var next = page.field("next").replace(" ", "%20");
      page = bob.get("/v1/rooms?query=turning+pages&limit=2&after=" + next);
    }

    assertThat(names).containsExactly("page A", "Page b", "Page c", "page d", "page e");
  }

  @Test
  void aNameIsTakenOnlyAmongPublicRooms() {
    ann.makes("{\"name\":\"Lobby\"}");

    assertThat(bob.post("/v1/rooms", "{\"name\":\"LOBBY\"}").refusal())
        .isEqualTo("409 room-name-taken");
    var hidden = bob.makes("{\"name\":\"Lobby\",\"visibility\":\"private\"}");
    assertThat(bob.patch(hidden, "{\"visibility\":\"public\"}").refusal())
        .isEqualTo("409 room-name-taken");
    assertThat(bob.get("/v1/rooms?name=lobby").list("rooms")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | {}",
        "name | {'name':''}",
        "name | {'name':' lobby'}",
        "name | {'name':'two\\nlines'}",
        "name | {'name':'\\u2800'}",
        "name | {'name':'lob\\u200dby'}",
        "name | {'name':'p\\u0430ypal'}",
        "topic | {'name':'x','topic':'two\\nlines'}",
        "topic | {'name':'x','topic':'\\ud800'}",
        "visibility | {'name':'x','visibility':'secret'}",
        "passcode | {'name':'x','passcode':''}",
        "capacity | {'name':'x','capacity':0}",
        "retention | {'name':'x','retention':{'days':0}}",
        "retention | {'name':'x','retention':{'entries':-1}}",
      })
  void aRoomWithAWrongFieldIsNotCreated(String field, String room) {
    var refused = ann.post("/v1/rooms", room.replace('\'', '"'));

    assertThat(refused.refusal()).isEqualTo("400 bad-field");
    assertThat(refused.detail()).contains("'" + field + "'");
  }

  @Test
  void aTopicHasAtMost500CodePoints() {
    var room = ann.makes("{\"name\":\"topics\",\"topic\":\"" + "🪴".repeat(500) + "\"}");

    assertThat(ann.patch(room, "{\"topic\":\"" + "🪴".repeat(501) + "\"}").refusal())
        .isEqualTo("400 bad-field");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=x",
    "limit=-1",
    "limit=",
    "limit=99999999999999999999",
    "query=%00",
    "after=%00",
    "name=a%0Ab"
  })
  void aQueryWithAWrongFieldIsRefused(String query) {
    assertThat(ann.get("/v1/rooms?" + query).refusal()).isEqualTo("400 bad-field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/rooms?query=%zz",
        "/v1/rooms?query=%",
        "/v1/rooms?query=a=b&&=",
        "/v1/rooms?\"<>",
        "/v1/rooms?query=%ff",
        "/v1/rooms/%zz",
        "/v1/rooms/%00",
        "/v1/rooms/%2e%2e%2f/entries",
        "/v1/invitations/%00",
        "/v1/rooms/\u00e9",
        "/v1/users/%f0%9f",
        "rooms",
        "*"
      })
  void noRequestTargetCausesAServerError(String target) throws IOException {
    assertThat(ann.asksRaw(target)).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
  }

  @Test
  void aPageLimitIsAtLeastOneAndReducedToTheLongestPage() {
    ann.makes("{\"name\":\"limits\"}");

    for (var wrong : new String[] {"0", "00", "-1", "x", ""})
      assertThat(ann.get("/v1/rooms?query=limits&limit=" + wrong).detail())
          .as(wrong)
          .contains("'limit'");
    assertThat(ann.get("/v1/rooms?query=limits&limit=1").list("rooms")).hasSize(1);
    assertThat(ann.get("/v1/rooms?query=limits&limit=100000").list("rooms")).hasSize(1);
  }

  @Test
  void joiningAPublicRoomMakesTheUserAMember() {
    var room = ann.makes("{\"name\":\"door\"}");

    assertThat(bob.get(room).json().has("role")).isFalse();
    assertThat(bob.get(room).json().has("lastSeq")).isFalse();
    var joined = bob.post(room + "/join");

    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.field("role")).isEqualTo("member");
    assertThat(joined.field("members")).isEqualTo("2");
    assertThat(bob.post(room + "/join", "{}").text()).isEqualTo(joined.text());
    assertThat(room).endsWith(bob.get("/v1/account").list("rooms").getFirst().asText());
  }

  @Test
  void leavingARoomEndsTheMembership() {
    var room = ann.makes("{\"name\":\"exit\"}");
    bob.joins(room);

    assertThat(bob.post(room + "/leave").status()).isEqualTo(204);
    assertThat(bob.post(room + "/leave").status()).isEqualTo(204);

    assertThat(bob.get(room + "/members").refusal()).isEqualTo("403 not-a-member");
    assertThat(bob.get("/v1/account").list("rooms")).isEmpty();
  }

  @Test
  void theLastOwnerMustNameAnotherBeforeLeaving() {
    var room = ann.makes("{\"name\":\"helm\"}");
    bob.joins(room);

    assertThat(ann.post(room + "/leave").refusal()).isEqualTo("409 last-owner");
    ann.gives(bob, "owner", room);
    assertThat(ann.post(room + "/leave").status()).isEqualTo(204);
  }

  @Test
  void aPasscodeOpensARoom() {
    var room = ann.makes("{\"name\":\"vault\",\"passcode\":\"sesame\"}");

    assertThat(bob.post(room + "/join").refusal()).isEqualTo("403 passcode-required");
    assertThat(bob.post(room + "/join", "{\"passcode\":\"simsim\"}").refusal())
        .isEqualTo("403 wrong-passcode");
    assertThat(bob.post(room + "/join", "{\"passcode\":\"sesame\"}").status()).isEqualTo(200);
  }

  @Test
  void aPasscodeIsSetAndRemoved() {
    var room = ann.makes("{\"name\":\"latch\"}");

    assertThat(ann.patch(room, "{\"passcode\":\"sesame\"}").field("passcode")).isEqualTo("true");
    assertThat(bob.post(room + "/join").refusal()).isEqualTo("403 passcode-required");
    assertThat(ann.patch(room, "{\"passcode\":\"\"}").field("passcode")).isEqualTo("false");
    assertThat(bob.post(room + "/join").status()).isEqualTo(200);
    assertThat(bob.patch(room, "{\"passcode\":\"mine\"}").refusal()).isEqualTo("403 not-allowed");
  }

  @Test
  void aShortPasscodeIsRefused() {
    assertThat(ann.post("/v1/rooms", "{\"name\":\"weak\",\"passcode\":\"1234\"}").refusal())
        .isEqualTo("400 passcode-too-short");
    var room = ann.makes("{\"name\":\"strong\"}");
    assertThat(ann.patch(room, "{\"passcode\":\"12345\"}").refusal())
        .isEqualTo("400 passcode-too-short");
    assertThat(ann.patch(room, "{\"passcode\":\"\"}").status()).isEqualTo(200);
  }

  @Test
  void severalAccountsTogetherCannotGuessAPasscodeAndModeratorsSeeThem() {
    var room = ann.makes("{\"name\":\"guessed\",\"passcode\":\"sesame\"}");
    var eve = HttpPerson.signsUp(node, "eve");
    for (int i = 0; i < 5; i++)
      assertThat(
              (i % 2 == 0 ? bob : eve)
                  .post(room + "/join", "{\"passcode\":\"guess %d\"}".formatted(i))
                  .refusal())
          .isEqualTo("403 wrong-passcode");

    var carol = HttpPerson.signsUp(node, "carol");
    assertThat(carol.post(room + "/join", "{\"passcode\":\"guess\"}").refusal())
        .isEqualTo("429 too-many-attempts");
    var seen = ann.get(room).json().path("wrongPasscodes");
    assertThat(seen.path("count").asInt()).isEqualTo(5);
    assertThat(seen.path("users").toString())
        .isEqualTo("[\"%s\",\"%s\"]".formatted(eve.name(), bob.name()));
    assertThat(carol.get(room).text()).doesNotContain("wrongPasscodes");
  }

  @Test
  void aBannedUserCannotContinueGuessing() {
    var room = ann.makes("{\"name\":\"defended\",\"passcode\":\"sesame\"}");
    assertThat(ann.put(room + "/bans/" + bob.name(), "").status()).isEqualTo(204);

    assertThat(bob.post(room + "/join", "{\"passcode\":\"guess\"}").refusal())
        .isEqualTo("403 banned");
  }

  @Test
  void anAccountThatSetsManyPasscodesIsThrottledAlone() {
    var room = ann.makes("{\"name\":\"revolving\"}");
    for (int i = 0; i < 10; i++)
      assertThat(ann.patch(room, "{\"passcode\":\"number %d\"}".formatted(i)).status())
          .isEqualTo(200);

    assertThat(ann.patch(room, "{\"passcode\":\"one more\"}").refusal())
        .isEqualTo("429 too-many-attempts");
    assertThat(ann.post("/v1/rooms", "{\"name\":\"other\",\"passcode\":\"one more\"}").refusal())
        .isEqualTo("429 too-many-attempts");
    assertThat(ann.patch(room, "{\"passcode\":\"\"}").status()).as("no hash").isEqualTo(200);
    assertThat(bob.patch(bob.makes("{\"name\":\"mine\"}"), "{\"passcode\":\"bobs own\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aFullRoomAcceptsNoNewMember() {
    var room = ann.makes("{\"name\":\"bench\",\"capacity\":1}");

    assertThat(bob.post(room + "/join").refusal()).isEqualTo("409 room-full");
    assertThat(ann.patch(room, "{\"capacity\":0}").json().has("capacity")).isFalse();
    assertThat(bob.post(room + "/join").status()).isEqualTo(200);
  }

  @Test
  void aChangeIsAnsweredWithTheChangedRoom() {
    var room = ann.makes("{\"name\":\"before\"}");

    var changed =
        ann.patch(room, "{\"name\":\"after\",\"topic\":\"later\",\"visibility\":\"private\"}");

    assertThat(changed.field("name")).isEqualTo("after");
    assertThat(changed.field("topic")).isEqualTo("later");
    assertThat(changed.field("visibility")).isEqualTo("private");
    assertThat(ann.get("/v1/rooms?name=after").list("rooms")).isEmpty();
    assertThat(ann.patch(room, "{\"capacity\":-1}").refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void aModeratorChangesTheTopicOnly() {
    var room = ann.makes("{\"name\":\"desk\"}");
    bob.joins(room);
    assertThat(bob.patch(room, "{\"topic\":\"mine\"}").refusal()).isEqualTo("403 not-allowed");
    ann.gives(bob, "moderator", room);

    assertThat(bob.patch(room, "{\"topic\":\"mine\"}").field("topic")).isEqualTo("mine");
    assertThat(bob.patch(room, "{\"topic\":\"mine\",\"name\":\"mine\"}").refusal())
        .isEqualTo("403 not-allowed");
  }

  @Test
  void aDeletedRoomNoLongerExists() {
    var room = ann.makes("{\"name\":\"ruin\"}");
    bob.joins(room);
    ann.gives(bob, "moderator", room);
    assertThat(bob.delete(room).refusal()).isEqualTo("403 not-allowed");

    assertThat(ann.delete(room).status()).isEqualTo(204);

    for (var path : List.of("", "/members", "/entries", "/bans", "/invitations"))
      assertThat(ann.get(room + path).refusal()).isEqualTo("404 unknown-room");
    assertThat(bob.post(room + "/join").refusal()).isEqualTo("404 unknown-room");
    assertThat(bob.get("/v1/rooms?name=ruin").list("rooms")).isEmpty();
    ann.makes("{\"name\":\"ruin\"}");
  }

  @Test
  void aDeletedRoomIsRemovedFromItsMembersRooms() {
    var room = ann.makes("{\"name\":\"wreck\"}");
    bob.joins(room);

    ann.delete(room);

    ann.awaits("/v1/account", account -> account.list("rooms").isEmpty());
    bob.awaits("/v1/account", account -> account.list("rooms").isEmpty());
  }

  @Test
  void aPrivateRoomLooksUnknownToOutsiders() {
    var room = ann.makes("{\"name\":\"attic\",\"visibility\":\"private\"}");
    var seq = ann.says(room, "hello");
    assertThat(bob.get("/v1/rooms?name=attic").list("rooms")).isEmpty();

    for (var hidden : List.of(room, NOWHERE, "/v1/rooms/NO%20ID")) {
      for (var path : List.of("", "/members", "/bans", "/invitations", "/entries"))
        assertThat(bob.get(hidden + path).refusal())
            .describedAs(hidden + path)
            .isEqualTo("404 unknown-room");
      assertThat(bob.get(hidden + "/entries/" + seq + "/versions").refusal())
          .isEqualTo("404 unknown-room");
      assertThat(bob.patch(hidden, "{\"topic\":\"x\"}").refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.patch(hidden, "{\"passcode\":\"x\"}").refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.delete(hidden).refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.post(hidden + "/join").refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.post(hidden + "/join", "{\"passcode\":\"x\"}").refusal())
          .isEqualTo("404 unknown-room");
      assertThat(bob.post(hidden + "/join", "{\"invitation\":\"x\"}").refusal())
          .describedAs("with a wrong invitation: " + hidden)
          .isEqualTo("404 unknown-room");
      assertThat(bob.post(hidden + "/invitations").refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.delete(hidden + "/invitations/x").refusal()).isEqualTo("404 unknown-room");
      assertThat(bob.delete(hidden + "/members/" + ann.name()).refusal())
          .isEqualTo("404 unknown-room");
      assertThat(bob.put(hidden + "/bans/" + ann.name(), "").refusal())
          .isEqualTo("404 unknown-room");
      assertThat(bob.delete(hidden + "/bans/" + ann.name()).refusal())
          .isEqualTo("404 unknown-room");
      assertThat(
              bob.put(hidden + "/members/" + ann.name() + "/role", "{\"role\":\"owner\"}")
                  .refusal())
          .isEqualTo("404 unknown-room");
    }
  }

  @Test
  void aPrivateRoomWithAPasscodeShowsOnlyThatItExists() {
    var room =
        ann.makes("{\"name\":\"cellar\",\"visibility\":\"private\",\"passcode\":\"sesame\"}");

    assertThat(bob.get(room).refusal()).isEqualTo("403 not-a-member");
    assertThat(bob.get(room + "/entries").refusal()).isEqualTo("403 not-a-member");
    assertThat(bob.post(room + "/join").refusal()).isEqualTo("403 passcode-required");
    assertThat(bob.post(room + "/join", "{\"passcode\":\"sesame\"}").status()).isEqualTo(200);
  }
}
