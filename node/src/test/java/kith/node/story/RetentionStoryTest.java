package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kith.node.ArchiveCommand;
import kith.node.StoredTexts;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.platform.objects.FakeS3;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.RoomAnswers.RetentionPreview;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A room that keeps only a part of its log.
@Tag("story")
@Order(StoryOrder.WAITING)
class RetentionStoryTest {
  private static final Map<String, String> SHORT =
      Map.of("kith.retention.interval", "10s", "kith.retention.grace", "1s");

  @Test
  void removedEntriesAreHiddenAtOnceAndLaterOnlyInTheArchive(@TempDir Path directory)
      throws SQLException, IOException {
    try (var s3 = new FakeS3();
        var node = TestNode.start(withBucket(s3))) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      var bob = Person.signsUp(node.uri("/"), "bob");
      bob.joins(room);
      ann.connects();
      ann.opens(room);
      for (var i = 1; i <= 20; i++) ann.says(room, "an old word, @bob: " + i);
      ann.says(room, "the last word");
      assertThat(StoredTexts.found(node.database(), "an old word")).isNotEmpty();

      var preview = preview(ann, room, "entries=3");
      assertThat(preview.first()).isEqualTo(22);
      assertThat(preview.messages()).isEqualTo(19);
      keeps(ann, room, "{\"entries\":3}");

      // the entry of the setting and the one of the removal are kept, too
      ann.seesEntry(
          room, it -> it instanceof Entry.Truncated cut && cut.first() == 23, "the removal");
      assertThat(ann.history(room)).extracting(Entry::seq).containsExactly(23L, 24L, 25L);
      bob.connectsWithInbox();
      var row = bob.inbox(room, it -> it.seq() == 25);
      assertThat(row.unread()).as("the last word").isEqualTo(1);
      assertThat(row.mentions()).hasValue(0);
      bob.says(new ClientFrame.Open(room, OptionalLong.of(4)));
      var gap = bob.hears(ServerFrame.Gap.class, it -> it.room().equals(room));
      assertThat(gap).isEqualTo(new ServerFrame.Gap(room, 5, 22));
      bob.seesEntry(room, it -> it.seq() == 25, "what follows the gap");
      bob.hears(ServerFrame.Complete.class, it -> it.room().equals(room) && it.seq() == 25);
      assertThat(redact(ann, room, 5)).isEqualTo(Code.UNKNOWN_MESSAGE.wire());

      StoredTexts.awaitNone(node.database(), List.of("an old word"));
      assertThat(StoredTexts.found(node.database(), "the last word")).isNotEmpty();
      assertThat(s3.objects().keySet())
          .singleElement()
          .asString()
          .startsWith("/bucket/archive/" + room + "/0000");
      var settings = Files.writeString(directory.resolve("conf"), text(withBucket(s3)));
      assertThat(run("verify", "--s3", "--config", settings.toString()))
          .isEqualTo("Rooms: 1. Files: 1. Entries: 22. Nothing is missing or changed.\n");
      assertThat(run("read", "--s3", "--config", settings.toString(), "--room", room))
          .contains("an old word, @bob: 20")
          .hasLineCount(22);

      node.restart();
      var again = bob.logsInAt(node.uri("/"));
      assertThat(again.history(room)).extracting(Entry::seq).containsExactly(23L, 24L, 25L);
      again.connects();
      again.opens(room);
      again.says(room, "after the restart");
      again.seesEntry(room, it -> it.seq() == 26, "the log goes on");
      again.close();
      bob.close();
      ann.close();
    }
  }

  @Test
  void destroyedEntriesAreInTheArchiveAndNowhereElse(@TempDir Path archive) throws SQLException {
    var settings = new HashMap<>(SHORT);
    settings.put("kith.retention.archive.directory", archive.toString());
    try (var node = TestNode.start(settings)) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      for (var i = 1; i <= 20; i++) ann.says(room, "an old word " + i);
      ann.says(room, "the last word");
      keeps(ann, room, "{\"entries\":3}");

      StoredTexts.awaitNone(node.database(), List.of("an old word"));

      assertThat(run("verify", archive.toString()))
          .isEqualTo("Rooms: 1. Files: 1. Entries: 21. Nothing is missing or changed.\n");
      assertThat(run("read", archive.toString(), "--room", room, "--from", "21"))
          .contains("an old word 20")
          .hasLineCount(1);
      ann.close();
    }
  }

  private static Map<String, String> withBucket(FakeS3 s3) {
    var settings = new HashMap<>(SHORT);
    settings.put("kith.retention.archive.s3.bucket", "bucket");
    settings.put("kith.retention.archive.s3.endpoint", s3.endpoint());
    settings.put("kith.retention.archive.s3.access-key", "key");
    settings.put("kith.retention.archive.s3.secret-key", "secret");
    return settings;
  }

  private static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(it -> it.getKey() + " = \"" + it.getValue() + "\"\n")
        .collect(Collectors.joining());
  }

  private static String run(String... arguments) {
    var out = new StringWriter();
    var line = ArchiveCommand.create().setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  @Test
  void theServersDefaultAlsoAppliesToSleepingRooms() throws SQLException {
    var before = TestNode.start();
    try (before) {
      var ann = Person.signsUp(before.uri("/"), "ann");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      ann.connects();
      ann.opens(room);
      for (var i = 1; i <= 20; i++) ann.says(room, "an old word " + i);
      ann.close();
    }
    var withDefault =
        Map.of(
            "kith.retention.interval", "10s",
            "kith.retention.grace", "1s",
            "kith.retention.default.entries", "1");

    try (var node = before.another(withDefault)) {
      StoredTexts.awaitNone(node.database(), List.of("an old word"));
    }
  }

  @Test
  void onlyOwnersMaySetTheRetentionOrPreviewIt() {
    try (var node = TestNode.start()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var room = ann.makesRoom("tea", Visibility.PUBLIC);
      var bob = Person.signsUp(node.uri("/"), "bob");
      bob.joins(room);

      assertThat(bob.rest().get("/v1/rooms/" + room + "/retention/preview?days=1").code())
          .isEqualTo(Code.NOT_ALLOWED);
      assertThat(ann.rest().get("/v1/rooms/" + room + "/retention/preview?days=0").code())
          .isEqualTo(Code.BAD_FIELD);
      assertThat(preview(ann, room, "days=1").entries()).isZero();
    }
  }

  private static void keeps(Person owner, String room, String retention) {
    assertThat(
            owner
                .rest()
                .send(
                    "PATCH", "/v1/rooms/" + room, Optional.of("{\"retention\":" + retention + "}"))
                .status())
        .isEqualTo(200);
  }

  private static RetentionPreview preview(Person owner, String room, String query) {
    return owner
        .rest()
        .get("/v1/rooms/" + room + "/retention/preview?" + query)
        .as(RetentionPreview.class);
  }

  private static String redact(Person who, String room, long message) {
    who.says(new ClientFrame.Redact("r-" + message, room, message, Optional.empty()));
    return who.hears(ServerFrame.Problem.class, it -> it.id().equals(Optional.of("r-" + message)))
        .code();
  }
}
