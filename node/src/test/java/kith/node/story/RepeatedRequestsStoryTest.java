package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.person.Rest.Answer;
import kith.protocol.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Requests that create something and are sent again, because their answers were lost.
@Tag("story")
class RepeatedRequestsStoryTest {
  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Answer posts(Person person, String path, String body) {
    return person.rest().send("POST", path, Optional.of(body));
  }

  private static Answer creates(Person person, String body) {
    return posts(person, "/v1/rooms", body);
  }

  @Test
  void aRepeatedRequestGetsTheSameRoomEvenAfterARestart() {
    try (var other = TestNode.start()) {
      var ann = Person.signsUp(other.uri("/"), "ann");
      var body = "{\"name\":\"lobby\",\"passcode\":\"sesame street\",\"id\":\"r-1\"}";
      var first = creates(ann, body);
      assertThat(first.status()).isEqualTo(201);

      other.restart();
      var restarted = new Rest(other.uri("/"), Optional.of(ann.accessToken()));
      var again = restarted.send("POST", "/v1/rooms", Optional.of(body));

      assertThat(again.status()).isEqualTo(201);
      assertThat(again.field("room")).isEqualTo(first.field("room"));
      var another = Optional.of(body.replace("r-1", "r-2"));
      assertThat(restarted.send("POST", "/v1/rooms", another).code())
          .isEqualTo(Code.ROOM_NAME_TAKEN);
    }
  }

  @Test
  void anIdIsForOneRequestOfOneAccount() {
    var bob = Person.signsUp(node.uri("/"), "bob");
    var cem = Person.signsUp(node.uri("/"), "cem");
    var body = "{\"name\":\"attic\",\"visibility\":\"private\",\"id\":\"r-1\"}";
    var room = creates(bob, body).field("room");

    assertThat(creates(bob, body.replace("attic", "cellar")).refusal()).isEqualTo("409 id-reused");
    assertThat(posts(bob, "/v1/rooms/" + room + "/invitations", "{\"id\":\"r-1\"}").refusal())
        .isEqualTo("409 id-reused");
    assertThat(creates(cem, body).field("room")).isNotEqualTo(room);
    assertThat(creates(bob, body.replace("r-1", "not an id")).refusal()).isEqualTo("400 bad-field");
  }

  @Test
  void aRefusedRequestMayBeRepeatedWhenItsReasonHasEnded() {
    var dan = Person.signsUp(node.uri("/"), "dan");
    var taken = creates(dan, "{\"name\":\"garden\",\"id\":\"r-1\"}").field("room");
    var body = "{\"name\":\"garden\",\"id\":\"r-2\"}";
    assertThat(creates(dan, body).code()).isEqualTo(Code.ROOM_NAME_TAKEN);
    dan.rest().send("DELETE", "/v1/rooms/" + taken, Optional.empty());

    var made = creates(dan, body);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.field("room")).isNotEqualTo(taken);
    assertThat(creates(dan, "{\"name\":\"garden\",\"id\":\"r-1\"}").code())
        .as("the deleted room")
        .isEqualTo(Code.UNKNOWN_ROOM);
  }

  @Test
  void aRepeatedRequestGetsTheSameInvitation() {
    var eve = Person.signsUp(node.uri("/"), "eve");
    var fay = Person.signsUp(node.uri("/"), "fay");
    var room = creates(eve, "{\"name\":\"study\",\"visibility\":\"private\"}").field("room");
    var path = "/v1/rooms/" + room + "/invitations";
    var body = "{\"uses\":5,\"id\":\"i-1\"}";

    var first = posts(eve, path, body);
    var again = posts(eve, path, body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(eve.rest().get(path).list("invitations")).hasSize(1);
    assertThat(posts(eve, path, body.replace("5", "6")).refusal()).isEqualTo("409 id-reused");
    var token = "{\"token\":\"" + again.field("token") + "\"}";
    assertThat(posts(fay, "/v1/invitations/accept", token).status()).isEqualTo(200);
  }

  @Test
  void aRepeatedRequestDoesNotRestoreARevokedInvitation() {
    var gil = Person.signsUp(node.uri("/"), "gil");
    var room = creates(gil, "{\"name\":\"shed\",\"visibility\":\"private\"}").field("room");
    var path = "/v1/rooms/" + room + "/invitations";
    var first = posts(gil, path, "{\"id\":\"i-1\"}");
    gil.rest().send("DELETE", path + "/" + first.field("invitation"), Optional.empty());

    assertThat(posts(gil, path, "{\"id\":\"i-1\"}").text()).isEqualTo(first.text());

    assertThat(gil.rest().get(path).list("invitations")).isEmpty();
  }
}
