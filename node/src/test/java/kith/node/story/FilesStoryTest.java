package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.PersonFiles;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.SharedFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files through one node: uploaded, sent, read, and taken away.
@Tag("story")
class FilesStoryTest {
  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.files.size", "2 MiB",
                "kith.files.part", "1 MiB",
                "kith.files.per-account", "5 MiB",
                "kith.files.per-room", "4 MiB",
                "kith.files.uploads", "6",
                "kith.files.profile-picture", "1 MiB"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PRIVATE);
    var token = ann.rest().send("POST", "/v1/rooms/" + room + "/invitations", Optional.of("{}"));
    bob.rest()
        .send(
            "POST",
            "/v1/rooms/" + room + "/join",
            Optional.of("{\"invitation\":\"" + token.field("token") + "\"}"));
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room, 0);
    }
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void aMemberReadsTheFileOfAMessage() {
    var content = random(700_000, 1);

    var seq = ann.files().sends(room, "look", ann.files().uploads("garden.bin", content)).seq();

    var file = bob.files().sees(room, seq).getFirst();
    assertThat(file.name()).isEqualTo("garden.bin");
    assertThat(file.size()).isEqualTo(content.length);
    assertThat(file.type()).isEqualTo("application/octet-stream");
    var answer = bob.files().gets(room, seq, file.id());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(listed(bob, 1)).isEqualTo(List.of(file));
    assertThat(((Entry.Message) last(bob.history(room))).files()).contains(List.of(file));
  }

  @Test
  void aMessageMayHaveFilesOnly() {
    var seq = ann.files().sends(room, "", ann.files().uploads("a.txt", text("hello"))).seq();

    assertThat(bob.files().sees(room, seq)).hasSize(1);
    assertThat(bob.files().sees(room, seq).getFirst().type()).isEqualTo("text/plain");
    ann.files().asksToSend(room, "none", "");
    assertThat(ann.isRefused("none").code()).isEqualTo(Code.EMPTY_BODY.wire());
  }

  private static byte[] picture(int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void aPictureHasThumbnailsForThoseWhoMayReadItsMessage() throws IOException {
    var file = ann.files().uploads("garden.png", picture(1_600, 800));
    var seq = ann.files().sends(room, "", file).seq();

    for (var again = 0; again < 2; again++) {
      var small = bob.files().gets(room, seq, file + "/thumbnail");
      assertThat(small.statusCode()).isEqualTo(200);
      assertThat(small.headers().firstValue("content-type")).contains("image/jpeg");
      assertThat(small.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth()).isEqualTo(320);
    }
    var large = bob.files().gets(room, seq, file + "/thumbnail?size=large");
    assertThat(ImageIO.read(new ByteArrayInputStream(large.body())).getWidth()).isEqualTo(1_280);
    var tag = large.headers().firstValue("etag").orElseThrow();
    assertThat(
            bob.files()
                .gets(room, seq, file + "/thumbnail?size=large", "If-None-Match", tag)
                .statusCode())
        .isEqualTo(304);
    assertThat(bob.files().asksFor(room, seq, file + "/thumbnail?size=7").code())
        .isEqualTo(Code.BAD_FIELD);

    var outsider = Person.signsUp(node.uri("/"), "eve" + stories);
    assertThat(outsider.files().asksFor(room, seq, file + "/thumbnail").status())
        .isBetween(403, 404);
    ann.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    ann.isAcked("r1");
    assertThat(bob.files().asksFor(room, seq, file + "/thumbnail").code())
        .isEqualTo(Code.MESSAGE_REDACTED);
  }

  private String pictureOfAnn() {
    return bob.rest().get("/v1/users/ann" + stories).json().path("picture").asText();
  }

  @Test
  void anUploadedPictureBelongsToTheProfile() throws IOException {
    var upload = ann.files().uploadsPicture(picture(1_600, 800));

    var path = pictureOfAnn();
    assertThat(upload.field("picture")).isEqualTo(path).startsWith("/v1/users/" + "ann" + stories);
    var sent = bob.files().getsPicture(path);
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("content-type")).contains("image/png");
    assertThat(sent.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(sent.headers().firstValue("cache-control")).contains("private, no-cache");
    assertThat(ImageIO.read(new ByteArrayInputStream(sent.body())).getWidth()).isEqualTo(256);
    var tag = sent.headers().firstValue("etag").orElseThrow();
    assertThat(bob.files().getsPicture(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(bob.files().heads(path).headers().firstValue("etag")).contains(tag);
    assertThat(new Rest(node.uri("/"), Optional.empty()).get(path).code())
        .as("a guest")
        .isEqualTo(Code.UNAUTHENTICATED);

    ann.files().uploadsPicture(picture(10, 20));
    assertThat(pictureOfAnn()).isNotEqualTo(path);
    var second = bob.files().getsPicture(pictureOfAnn());
    assertThat(ImageIO.read(new ByteArrayInputStream(second.body())).getHeight()).isEqualTo(20);

    var none = Optional.of("{\"picture\":\"\"}");
    assertThat(ann.rest().send("PATCH", "/v1/account", none).status()).isEqualTo(200);
    assertThat(pictureOfAnn()).isEmpty();
    assertThat(bob.rest().get(path).code()).isEqualTo(Code.NO_PICTURE);
    var others =
        Optional.of("{\"picture\":\"" + path.replace("ann" + stories, "bob" + stories) + "\"}");
    assertThat(ann.rest().send("PATCH", "/v1/account", others).code()).isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void aProfileAcceptsOnlyPictures() throws IOException {
    var claimsMuch = picture(10, 10);
    // the width in the header of a PNG: 65,536 x 65,536 pixels
    claimsMuch[17] = 1;
    claimsMuch[19] = 0;
    claimsMuch[21] = 1;
    claimsMuch[23] = 0;
    var polyglot = text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
    for (var wrong :
        List.of(text("hello"), polyglot, claimsMuch, Arrays.copyOf(picture(500, 500), 60)))
      assertThat(ann.files().uploadsPicture(wrong).code()).isEqualTo(Code.BAD_PICTURE);
    assertThat(ann.files().uploadsPicture(new byte[(1 << 20) + 1]).code())
        .isEqualTo(Code.BODY_TOO_LARGE);

    assertThat(pictureOfAnn()).isEmpty();
    assertThat(bob.rest().get("/v1/users/" + "ann" + stories + "/picture").code())
        .isEqualTo(Code.NO_PICTURE);
    assertThat(bob.rest().get("/v1/users/nobody/picture").code()).isEqualTo(Code.UNKNOWN_USER);
  }

  @Test
  void onlyPicturesHaveThumbnails() throws IOException {
    var text = ann.files().uploads("a.png", text("no picture"));
    var torn = ann.files().uploads("b.png", Arrays.copyOf(picture(500, 500), 60));
    var seq = ann.files().sends(room, "", text, torn).seq();

    for (var file : List.of(text, torn, torn))
      assertThat(ann.files().asksFor(room, seq, file + "/thumbnail").code())
          .isEqualTo(Code.NO_THUMBNAIL);
  }

  @Test
  void anUploadContinuesWhereItEnded() {
    var content = random(900_000, 2);
    var file = ann.files().creates("a.bin", content).file();

    assertThat(ann.files().puts(file, content, 0, 1_000).as(SharedFiles.Upload.class).offset())
        .isEqualTo(1_000);
    assertThat(ann.files().puts(file, content, 500, 1_500).code()).isEqualTo(Code.WRONG_OFFSET);
    assertThat(ann.files().finishes(file).code()).isEqualTo(Code.FILE_INCOMPLETE);
    assertThat(ann.files().heads("/v1/files/" + file).headers().firstValue("Upload-Offset"))
        .contains("1000");
    ann.files().puts(file, content, 1_000, 300_001).as(SharedFiles.Upload.class);
    ann.files().puts(file, content, 300_001, content.length).as(SharedFiles.Upload.class);
    ann.files().finishes(file).as(SharedFiles.Upload.class);
    assertThat(ann.files().finishes(file).as(SharedFiles.Upload.class).complete()).isTrue();

    var seq = ann.files().sends(room, "", file).seq();
    assertThat(bob.files().gets(room, seq, file).body()).isEqualTo(content);
  }

  @Test
  void contentThatWasNotAnnouncedIsRefusedAndCanBeSentAgain() {
    var content = random(1_000, 3);
    var file = ann.files().creates("a.bin", content).file();

    ann.files().puts(file, 0, random(1_000, 4));
    assertThat(ann.files().finishes(file).code()).isEqualTo(Code.WRONG_DIGEST);
    assertThat(ann.files().asks(file).offset()).isZero();
    ann.files().puts(file, content, 0, 1_000);

    assertThat(ann.files().finishes(file).as(SharedFiles.Upload.class).complete()).isTrue();
    assertThat(ann.files().puts(file, 0, random(1_000, 4)).code()).isEqualTo(Code.WRONG_OFFSET);
  }

  @Test
  void sameContentIsUploadedOnceByAnAccountAndNotFoundByAnother() {
    var content = random(300_000, 5);
    ann.files().uploads("a.bin", content);

    var again = ann.files().creates("b.bin", content);

    assertThat(again.complete()).isTrue();
    assertThat(again.name()).isEqualTo("b.bin");
    assertThat(bob.files().creates("a.bin", content).offset()).isZero();
  }

  @Test
  void aRetriedMessageHasItsFilesOnce() {
    var file = ann.files().uploads("a.bin", random(1_000, 6));

    ann.files().asksToSend(room, "m1", "look", file);
    ann.files().asksToSend(room, "m1", "look", file);
    var seq = ann.isAcked("m1").seq();
    ann.says(room, "m1", "look");

    assertThat(bob.files().sees(room, seq)).hasSize(1);
    assertThat(
            bob.history(room).stream()
                .filter(it -> it instanceof Entry.Message message && message.id().equals("m1")))
        .hasSize(1);
    ann.files().asksToSend(room, "m2", "again", file);
    assertThat(ann.isRefused("m2").code()).isEqualTo(Code.FILE_ALREADY_SENT.wire());
  }

  @Test
  void aRetryIsAnsweredAlikeAfterItsMessageWasRedacted() {
    var file = ann.files().uploads("a.bin", random(1_000, 7));
    ann.files().asksToSend(room, "m1", "look", file);
    var seq = ann.isAcked("m1").seq();
    ann.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    ann.isAcked("r1");
    ann.forgets();

    ann.files().asksToSend(room, "m1", "look", file);

    assertThat(ann.isAcked("m1").seq()).isEqualTo(seq);
  }

  @Test
  void rangesAndKnownVersionsAreAnswered() {
    var content = random(600_000, 8);
    var file = ann.files().uploads("a.bin", content);
    var seq = ann.files().sends(room, "", file).seq();
    var tag = '"' + PersonFiles.sha256(content) + '"';

    var middle = bob.files().gets(room, seq, file, "Range", "bytes=262000-524400");
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 262000-524400/600000");
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(content, 262_000, 524_401));
    assertThat(bob.files().gets(room, seq, file, "Range", "bytes=-10").body())
        .isEqualTo(Arrays.copyOfRange(content, 599_990, 600_000));
    assertThat(bob.files().gets(room, seq, file, "Range", "bytes=600000-").statusCode())
        .isEqualTo(416);
    assertThat(
            bob.files()
                .gets(room, seq, file, "Range", "bytes=5-", "If-Range", "\"x\"")
                .statusCode())
        .isEqualTo(200);
    assertThat(bob.files().gets(room, seq, file, "If-None-Match", tag).statusCode()).isEqualTo(304);
    var head = bob.files().heads("/v1/rooms/" + room + "/entries/" + seq + "/files/" + file);
    assertThat(head.headers().firstValue("ETag")).contains(tag);
    assertThat(head.headers().firstValue("Content-Length")).contains("600000");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void anEmptyFileIsAFile() {
    var file = ann.files().uploads("empty.txt", new byte[0]);
    var seq = ann.files().sends(room, "", file).seq();

    var answer = bob.files().gets(room, seq, file);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"empty.txt\"; filename*=UTF-8''empty.txt");
    assertThat(bob.files().gets(room, seq, file, "Range", "bytes=0-").statusCode()).isEqualTo(416);
  }

  @Test
  void browsersSaveAFileAndNeverShowIt() {
    var page = text("<html><script>alert(1)</script></html>");
    var name = "x\"; filename=y; ö😀.html";
    var file = ann.files().uploads(name, page);
    var seq = ann.files().sends(room, "", file).seq();

    var answer = bob.files().gets(room, seq, file);

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; sandbox");
    assertThat(answer.headers().allValues("Content-Disposition"))
        .containsExactly(
            "attachment; filename=\"x__ filename=y_ __.html\";"
                + " filename*=UTF-8''x%22%3B%20filename%3Dy%3B%20%C3%B6%F0%9F%98%80.html");
  }

  @Test
  void aNameIsATextAndNotAPath() {
    for (var name :
        List.of(
            "", " ", "..", ".", "a/b", "a\\b", "a\nb", "a\u0000", "gpj.\u202Eexe", "ä".repeat(128)))
      assertThat(ann.files().asksToCreate(name, text("x")).code())
          .as(name)
          .isEqualTo(Code.BAD_FIELD);
    assertThat(ann.files().asksToCreate("Отчёт 2026 (1).pdf", text("x")).status()).isEqualTo(201);
  }

  @Test
  void aFileIsReadOnlyByThoseWhoMayReadItsMessage() {
    var file = ann.files().uploads("a.bin", random(1_000, 9));
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);
    var own = carol.makesRoom("carol's " + stories, Visibility.PUBLIC);
    carol.connects();
    carol.opens(own, 0);
    var message = carol.says(own, "mine").seq();

    // before it is sent: only its uploader, and only as an upload
    assertThat(bob.rest().get("/v1/files/" + file).code()).isEqualTo(Code.UNKNOWN_FILE);
    assertThat(bob.files().puts(file, 0, text("x")).code()).isEqualTo(Code.UNKNOWN_FILE);
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
    var file = ann.files().uploads("a.png", picture(400, 300));
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
    var file = ann.files().uploads("a.png", picture(400, 301));
    var seq = ann.files().sends(room, "", file).seq();
    var tag = tag(bob, seq, file);
    listed(bob, 1);

    bob.rest().send("PUT", "/v1/account/blocked/" + "ann" + stories, Optional.empty());

    getsNothing(bob, seq, file, Code.UNKNOWN_MESSAGE, tag);
    assertThat(files(bob)).isEmpty();
  }

  @Test
  void aRedactionRevokesTheFileAtOnce() throws IOException {
    var file = ann.files().uploads("secret.png", picture(400, 302));
    var seq = ann.files().sends(room, "", file).seq();
    var tag = tag(bob, seq, file);
    listed(bob, 1);

    ann.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    ann.isAcked("r1");

    getsNothing(bob, seq, file, Code.MESSAGE_REDACTED, tag);
    assertThat(files(bob)).isEmpty();
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
    var content = picture(400, 303);
    var file = bob.files().uploads("a.png", content);
    var unsent = bob.files().uploads("b.png", picture(400, 304));
    var begun = bob.files().creates("c.bin", random(1_000, 50)).file();
    var seq = bob.files().sends(room, "", file).seq();
    bob.files().uploadsPicture(picture(10, 20));
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
    listed(ann, 1);
    // nobody else does, nor the former account
    getsNothing(carol, seq, file, Code.UNKNOWN_ROOM, tag);
    getsNothing(bob, seq, file, Code.DEVICE_ENDED, tag);
    for (var upload : List.of(unsent, begun, file)) {
      assertThat(bob.rest().get("/v1/files/" + upload).code()).isEqualTo(Code.DEVICE_ENDED);
      assertThat(bob.files().puts(upload, 0, text("x")).code()).isEqualTo(Code.DEVICE_ENDED);
      assertThat(bob.files().finishes(upload).code()).isEqualTo(Code.DEVICE_ENDED);
      for (var other : List.of(ann, carol)) {
        assertThat(other.rest().get("/v1/files/" + upload).code()).isEqualTo(Code.UNKNOWN_FILE);
        assertThat(other.files().puts(upload, 0, text("x")).code()).isEqualTo(Code.UNKNOWN_FILE);
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
    var file = bob.files().uploads("a.png", picture(400, 305));
    var seq = bob.files().sends(room, "", file).seq();
    var tag = tag(ann, seq, file);
    listed(ann, 1);

    deletesTheAccount(bob, true);

    ann.seesEntry(
        room, it -> it instanceof Entry.Redacted by && by.by().equals(bob.name()), "the redaction");
    getsNothing(ann, seq, file, Code.MESSAGE_REDACTED, tag);
    assertThat(files(ann)).isEmpty();
  }

  @Test
  void refusalsNameTheLimit() {
    var limits = ann.hears(ServerFrame.Welcome.class, _ -> true).limits();
    assertThat(limits.files().orElseThrow().bytes()).isEqualTo(2 << 20);
    assertThat(ann.files().asksToCreate("a", (2 << 20) + 1, "0".repeat(64)).code())
        .isEqualTo(Code.FILE_TOO_LARGE);
    var file = ann.files().creates("a", random(2 << 20, 13)).file();
    assertThat(ann.files().puts(file, 0, new byte[(1 << 20) + 1]).code())
        .isEqualTo(Code.BODY_TOO_LARGE);
    ann.files().creates("b", random(2 << 20, 14));
    assertThat(ann.files().asksToCreate("c", random(2 << 20, 15)).code())
        .isEqualTo(Code.QUOTA_EXCEEDED);
    for (var i = 0; i < 4; i++) ann.files().creates("d", random(10, 16 + i));
    assertThat(ann.files().asksToCreate("e", random(10, 30)).code())
        .isEqualTo(Code.TOO_MANY_UPLOADS);
  }

  @Test
  void aRoomTakesFilesUpToItsQuota() {
    var first = new String[2];
    for (var i = 0; i < 2; i++) first[i] = ann.files().uploads("a" + i, random(1 << 20, 40 + i));
    ann.files().sends(room, "two", first);
    ann.files().sends(room, "one", ann.files().uploads("a", random(1 << 20, 42)));
    var more =
        new String[] {
          bob.files().uploads("b", random(1 << 20, 43)), bob.files().uploads("c", random(1, 44))
        };
    var id = UUID.randomUUID().toString();
    listed(bob, 3);

    bob.files().asksToSend(room, id, "", more);

    assertThat(bob.isRefused(id).code()).isEqualTo(Code.QUOTA_EXCEEDED.wire());
    assertThat(bob.says(room, "chat goes on").seq()).isPositive();
  }

  /// Waits for the list, which is written shortly after the messages.
  private List<Entry.File> listed(Person person, int count) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var files = files(person);
    while (files.size() != count && System.nanoTime() < deadline) files = files(person);
    assertThat(files).hasSize(count);
    return files;
  }

  private List<Entry.File> files(Person person) {
    return person
        .rest()
        .get("/v1/rooms/" + room + "/files")
        .as(SharedFiles.RoomFiles.class)
        .files()
        .stream()
        .map(SharedFiles.RoomFile::file)
        .toList();
  }

  private static Entry last(List<Entry> entries) {
    return entries.getLast();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
