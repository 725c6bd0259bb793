package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.PersonFiles;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.SharedFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files through one node: uploaded, sent, shown and bounded.
@Tag("story")
class FilesStoryTest {
  private static TestNode node;
  private static int stories;

  private FilesCast cast;
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
  void aMemberReadsTheFileOfAMessage() {
    var content = FilesCast.random(700_000, 1);

    var seq = ann.files().sends(room, "look", ann.files().uploads("garden.bin", content)).seq();

    var file = bob.files().sees(room, seq).getFirst();
    assertThat(file.name()).isEqualTo("garden.bin");
    assertThat(file.size()).isEqualTo(content.length);
    assertThat(file.type()).isEqualTo("application/octet-stream");
    var answer = bob.files().gets(room, seq, file.id());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(cast.listed(bob, 1)).isEqualTo(List.of(file));
    assertThat(((Entry.Message) last(bob.history(room))).files()).contains(List.of(file));
  }

  @Test
  void aMessageMayHaveFilesOnly() {
    var seq =
        ann.files().sends(room, "", ann.files().uploads("a.txt", FilesCast.text("hello"))).seq();

    assertThat(bob.files().sees(room, seq)).hasSize(1);
    assertThat(bob.files().sees(room, seq).getFirst().type()).isEqualTo("text/plain");
    ann.files().asksToSend(room, "none", "");
    assertThat(ann.isRefused("none").code()).isEqualTo(Code.EMPTY_BODY.wire());
  }

  @Test
  void aPictureHasThumbnailsForThoseWhoMayReadItsMessage() throws IOException {
    var file = ann.files().uploads("garden.png", FilesCast.picture(1_600, 800));
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
    var upload = ann.files().uploadsPicture(FilesCast.picture(1_600, 800));

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

    ann.files().uploadsPicture(FilesCast.picture(10, 20));
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
    var claimsMuch = FilesCast.picture(10, 10);
    // the width in the header of a PNG: 65,536 x 65,536 pixels
    claimsMuch[17] = 1;
    claimsMuch[19] = 0;
    claimsMuch[21] = 1;
    claimsMuch[23] = 0;
    var polyglot = FilesCast.text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
    for (var wrong :
        List.of(
            FilesCast.text("hello"),
            polyglot,
            claimsMuch,
            Arrays.copyOf(FilesCast.picture(500, 500), 60)))
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
    var text = ann.files().uploads("a.png", FilesCast.text("no picture"));
    var torn = ann.files().uploads("b.png", Arrays.copyOf(FilesCast.picture(500, 500), 60));
    var seq = ann.files().sends(room, "", text, torn).seq();

    for (var file : List.of(text, torn, torn))
      assertThat(ann.files().asksFor(room, seq, file + "/thumbnail").code())
          .isEqualTo(Code.NO_THUMBNAIL);
  }

  @Test
  void anUploadContinuesWhereItEnded() {
    var content = FilesCast.random(900_000, 2);
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
    var content = FilesCast.random(1_000, 3);
    var file = ann.files().creates("a.bin", content).file();

    ann.files().puts(file, 0, FilesCast.random(1_000, 4));
    assertThat(ann.files().finishes(file).code()).isEqualTo(Code.WRONG_DIGEST);
    assertThat(ann.files().asks(file).offset()).isZero();
    ann.files().puts(file, content, 0, 1_000);

    assertThat(ann.files().finishes(file).as(SharedFiles.Upload.class).complete()).isTrue();
    assertThat(ann.files().puts(file, 0, FilesCast.random(1_000, 4)).code())
        .isEqualTo(Code.WRONG_OFFSET);
  }

  @Test
  void sameContentIsUploadedOnceByAnAccountAndNotFoundByAnother() {
    var content = FilesCast.random(300_000, 5);
    ann.files().uploads("a.bin", content);

    var again = ann.files().creates("b.bin", content);

    assertThat(again.complete()).isTrue();
    assertThat(again.name()).isEqualTo("b.bin");
    assertThat(bob.files().creates("a.bin", content).offset()).isZero();
  }

  @Test
  void aRetriedMessageHasItsFilesOnce() {
    var file = ann.files().uploads("a.bin", FilesCast.random(1_000, 6));

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
    var file = ann.files().uploads("a.bin", FilesCast.random(1_000, 7));
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
    var content = FilesCast.random(600_000, 8);
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
  void anEmptyFileIsAccepted() {
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
    var page = FilesCast.text("<html><script>alert(1)</script></html>");
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
      assertThat(ann.files().asksToCreate(name, FilesCast.text("x")).code())
          .as(name)
          .isEqualTo(Code.BAD_FIELD);
    assertThat(ann.files().asksToCreate("Отчёт 2026 (1).pdf", FilesCast.text("x")).status())
        .isEqualTo(201);
  }

  @Test
  void refusalsNameTheLimit() {
    var limits = ann.hears(ServerFrame.Welcome.class, _ -> true).limits();
    assertThat(limits.files().orElseThrow().bytes()).isEqualTo(2 << 20);
    assertThat(ann.files().asksToCreate("a", (2 << 20) + 1, "0".repeat(64)).code())
        .isEqualTo(Code.FILE_TOO_LARGE);
    var file = ann.files().creates("a", FilesCast.random(2 << 20, 13)).file();
    assertThat(ann.files().puts(file, 0, new byte[(1 << 20) + 1]).code())
        .isEqualTo(Code.BODY_TOO_LARGE);
    ann.files().creates("b", FilesCast.random(2 << 20, 14));
    assertThat(ann.files().asksToCreate("c", FilesCast.random(2 << 20, 15)).code())
        .isEqualTo(Code.QUOTA_EXCEEDED);
    assertThat(ann.rest().get("/v1/account/files").as(SharedFiles.FileQuota.class))
        .isEqualTo(new SharedFiles.FileQuota(4 << 20, 5 << 20, false));
    for (var i = 0; i < 4; i++) ann.files().creates("d", FilesCast.random(10, 16 + i));
    assertThat(ann.files().asksToCreate("e", FilesCast.random(10, 30)).code())
        .isEqualTo(Code.TOO_MANY_UPLOADS);
  }

  @Test
  void aRoomTakesFilesUpToItsQuota() {
    var first = new String[2];
    for (var i = 0; i < 2; i++)
      first[i] = ann.files().uploads("a" + i, FilesCast.random(1 << 20, 40 + i));
    ann.files().sends(room, "two", first);
    ann.files().sends(room, "one", ann.files().uploads("a", FilesCast.random(1 << 20, 42)));
    var more =
        new String[] {
          bob.files().uploads("b", FilesCast.random(1 << 20, 43)),
          bob.files().uploads("c", FilesCast.random(1, 44))
        };
    var id = UUID.randomUUID().toString();
    cast.listed(bob, 3);

    bob.files().asksToSend(room, id, "", more);

    assertThat(bob.isRefused(id).code()).isEqualTo(Code.QUOTA_EXCEEDED.wire());
    assertThat(bob.says(room, "chat goes on").seq()).isPositive();
  }

  private static Entry last(List<Entry> entries) {
    return entries.getLast();
  }
}
