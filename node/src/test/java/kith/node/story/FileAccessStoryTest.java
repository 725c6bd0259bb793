package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The right to read a file, and its end.
@Tag("story")
class FileAccessStoryTest {
  private static TestNode node;
  private static int stories;

  private FilesCast cast;
  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node = TestNode.start();
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    cast = new FilesCast(node, ++stories);
    ann = cast.ann();
    bob = cast.bob();
    room = cast.room();
  }

  @AfterEach
  void close() {
    cast.close();
  }

  @Test
  void aFileIsReadOnlyByThoseWhoMayReadItsMessage() {
    var file = ann.files().uploads("a.bin", FilesCast.random(1_000, 9));
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);
    var own = carol.makesRoom("carol's " + stories, Visibility.PUBLIC);
    carol.connects();
    carol.opens(own, 0);
    var message = carol.says(own, "mine").seq();

    // before it is sent: only its uploader, and only as an upload
    assertThat(bob.rest().get("/v1/files/" + file).code()).isEqualTo(Code.UNKNOWN_FILE);
    assertThat(bob.files().puts(file, 0, FilesCast.text("x")).code()).isEqualTo(Code.UNKNOWN_FILE);
    assertThat(bob.files().finishes(file).code()).isEqualTo(Code.UNKNOWN_FILE);
    assertThat(bob.rest().send("DELETE", "/v1/files/" + file, Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_FILE);
    bob.files().asksToSend(room, "stolen", "", file);
    assertThat(bob.isRefused("stolen").code()).isEqualTo(Code.UNKNOWN_FILE.wire());

    var seq = ann.files().sends(room, "", file).seq();
    assertThat(bob.files().gets(room, seq, file).statusCode()).isEqualTo(200);

    // an outsider, who knows everything about it
    getsNothing(carol, seq, file, Code.UNKNOWN_ROOM, "*");
    assertThat(carol.files().asksFor(own, message, file).code()).isEqualTo(Code.UNKNOWN_FILE);
    assertThat(carol.files().asksFor(own, seq, file).code())
        .isIn(Code.UNKNOWN_FILE, Code.UNKNOWN_MESSAGE);
    assertThat(carol.rest().get("/v1/rooms/" + room + "/files").code())
        .isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(carol.rest().get("/v1/files/" + file).code()).isEqualTo(Code.UNKNOWN_FILE);
    carol.files().asksToSend(own, "stolen", "", file);
    assertThat(carol.isRefused("stolen").code()).isEqualTo(Code.UNKNOWN_FILE.wire());

    // another message of the same room does not have it
    var other = ann.says(room, "no file").seq();
    assertThat(bob.files().asksFor(room, other, file).code()).isEqualTo(Code.UNKNOWN_FILE);
    carol.close();
  }

  /// Each form of a request for a picture, by somebody who has read it before and knows its ETag.
  private void getsNothing(Person person, long seq, String file, Code code, String tag) {
    var forms =
        List.of(
            new String[0],
            new String[] {"Range", "bytes=0-1"},
            new String[] {"If-None-Match", tag},
            new String[] {"If-None-Match", "*"},
            new String[] {"If-Range", tag, "Range", "bytes=0-1"});
    for (var part :
        List.of("", "/thumbnail", "/thumbnail?size=large", "/thumbnail?size=terminal")) {
      for (var headers : forms) {
        var answer = person.files().gets(room, seq, file + part, headers);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(code.wire());
        assertThat(answer.headers().firstValue("etag")).isEmpty();
        assertThat(answer.headers().firstValue("content-range")).isEmpty();
      }
      var head =
          person.files().heads("/v1/rooms/" + room + "/entries/" + seq + "/files/" + file + part);
      assertThat(head.statusCode()).isBetween(400, 499);
      assertThat(head.headers().firstValue("etag")).isEmpty();
    }
  }

  private String tag(Person person, long seq, String file) {
    assertThat(person.files().gets(room, seq, file + "/thumbnail").statusCode()).isEqualTo(200);
    return person.files().gets(room, seq, file).headers().firstValue("etag").orElseThrow();
  }

  @Test
  void aUserWhoLeavesOrIsKickedLosesTheFiles() throws IOException {
    var file = ann.files().uploads("a.png", FilesCast.picture(400, 300));
    var seq = ann.files().sends(room, "", file).seq();
    var tag = tag(bob, seq, file);

    ann.rest()
        .send("DELETE", "/v1/rooms/" + room + "/members/" + "bob" + stories, Optional.empty());

    getsNothing(bob, seq, file, Code.UNKNOWN_ROOM, tag);
    assertThat(ann.files().gets(room, seq, file).statusCode()).isEqualTo(200);
    ann.rest().send("DELETE", "/v1/rooms/" + room, Optional.empty());
    getsNothing(ann, seq, file, Code.UNKNOWN_ROOM, tag);
  }

  @Test
  void aUserWhoBlocksTheSenderDoesNotGetItsFiles() throws IOException {
    var file = ann.files().uploads("a.png", FilesCast.picture(400, 301));
    var seq = ann.files().sends(room, "", file).seq();
    var tag = tag(bob, seq, file);
    cast.listed(bob, 1);

    bob.rest().send("PUT", "/v1/account/blocked/" + "ann" + stories, Optional.empty());

    getsNothing(bob, seq, file, Code.UNKNOWN_MESSAGE, tag);
    assertThat(cast.files(bob)).isEmpty();
  }

  @Test
  void aRedactionRevokesTheFileAtOnce() throws IOException {
    var file = ann.files().uploads("secret.png", FilesCast.picture(400, 302));
    var seq = ann.files().sends(room, "", file).seq();
    var tag = tag(bob, seq, file);
    cast.listed(bob, 1);

    ann.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    ann.isAcked("r1");

    getsNothing(bob, seq, file, Code.MESSAGE_REDACTED, tag);
    assertThat(cast.files(bob)).isEmpty();
    assertThat(bob.history(room).toString()).doesNotContain("secret.png");
  }

  private static void deletesTheAccount(Person person, boolean withMessages) {
    var body = new Accounts.DeleteAccount(person.password(), Optional.of(withMessages));
    assertThat(
            person.rest().send("DELETE", "/v1/account", Optional.of(Json.restText(body))).status())
        .isEqualTo(204);
  }

  @Test
  void filesOfADeletedAccountAreReadByThoseWhoReadItsMessages() throws IOException {
    var content = FilesCast.picture(400, 303);
    var file = bob.files().uploads("a.png", content);
    var unsent = bob.files().uploads("b.png", FilesCast.picture(400, 304));
    var begun = bob.files().creates("c.bin", FilesCast.random(1_000, 50)).file();
    var seq = bob.files().sends(room, "", file).seq();
    bob.files().uploadsPicture(FilesCast.picture(10, 20));
    var portrait = ann.rest().get("/v1/users/" + bob.name()).json().path("picture").asText();
    assertThat(ann.files().getsPicture(portrait).statusCode()).isEqualTo(200);
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);
    var tag = tag(ann, seq, file);

    deletesTheAccount(bob, false);

    // members read it as before
    assertThat(ann.files().gets(room, seq, file).body()).isEqualTo(content);
    assertThat(ann.files().gets(room, seq, file, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(ann.files().gets(room, seq, file + "/thumbnail?size=large").statusCode())
        .isEqualTo(200);
    cast.listed(ann, 1);
    // nobody else does, nor the former account
    getsNothing(carol, seq, file, Code.UNKNOWN_ROOM, tag);
    getsNothing(bob, seq, file, Code.DEVICE_ENDED, tag);
    for (var upload : List.of(unsent, begun, file)) {
      assertThat(bob.rest().get("/v1/files/" + upload).code()).isEqualTo(Code.DEVICE_ENDED);
      assertThat(bob.files().puts(upload, 0, FilesCast.text("x")).code())
          .isEqualTo(Code.DEVICE_ENDED);
      assertThat(bob.files().finishes(upload).code()).isEqualTo(Code.DEVICE_ENDED);
      for (var other : List.of(ann, carol)) {
        assertThat(other.rest().get("/v1/files/" + upload).code()).isEqualTo(Code.UNKNOWN_FILE);
        assertThat(other.files().puts(upload, 0, FilesCast.text("x")).code())
            .isEqualTo(Code.UNKNOWN_FILE);
        assertThat(other.files().finishes(upload).code()).isEqualTo(Code.UNKNOWN_FILE);
      }
      ann.files().asksToSend(room, "stolen-" + upload, "", upload);
      assertThat(ann.isRefused("stolen-" + upload).code()).isEqualTo(Code.UNKNOWN_FILE.wire());
    }
    assertThat(ann.rest().get(portrait).status()).isBetween(400, 499);
    assertThat(ann.files().heads(portrait).statusCode()).isBetween(400, 499);
    // and a member who leaves loses it
    var away = ann.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.of("{}"));
    assertThat(away.status()).isLessThan(300);
    getsNothing(ann, seq, file, Code.UNKNOWN_ROOM, tag);
    carol.close();
  }

  @Test
  void filesOfADeletedAccountAreDeletedWithItsMessages() throws IOException {
    var file = bob.files().uploads("a.png", FilesCast.picture(400, 305));
    var seq = bob.files().sends(room, "", file).seq();
    var tag = tag(ann, seq, file);
    cast.listed(ann, 1);

    deletesTheAccount(bob, true);

    ann.seesEntry(
        room, it -> it instanceof Entry.Redacted by && by.by().equals(bob.name()), "the redaction");
    getsNothing(ann, seq, file, Code.MESSAGE_REDACTED, tag);
    assertThat(cast.files(ann)).isEmpty();
  }
}
