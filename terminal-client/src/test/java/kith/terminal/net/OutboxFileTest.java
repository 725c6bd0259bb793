package kith.terminal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The outbox on disk.
class OutboxFileTest {
  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("outbox");
  }

  private static ClientFrame.Post post(String id) {
    return new ClientFrame.Send(id, "lobby", "grüße\nvon " + id, OptionalLong.of(3));
  }

  @Test
  void unansweredPostsAreRestoredInOrder() throws IOException {
    var before = OutboxFile.open(path());
    before.add(post("a"));
    before.add(post("b"));
    before.add(post("c"));
    before.remove(post("b"));

    assertThat(OutboxFile.open(path()).posts()).containsExactly(post("a"), post("c"));
  }

  /// A crash truncates the file at any byte after the last forced write.
  @Test
  void aCrashAtAnyByteLosesAndRepeatsNoStoredPost() throws IOException {
    var whole = OutboxFile.open(path());
    var ends = new ArrayList<Integer>();
    whole.add(post("a"));
    ends.add((int) Files.size(path()));
    whole.add(post("b"));
    ends.add((int) Files.size(path()));
    whole.remove(post("a"));
    ends.add((int) Files.size(path()));
    whole.add(post("c"));
    ends.add((int) Files.size(path()));
    var bytes = Files.readAllBytes(path());
    var states =
        List.<List<ClientFrame.Post>>of(
            List.of(),
            List.of(post("a")),
            List.of(post("a"), post("b")),
            List.of(post("b")),
            List.of(post("b"), post("c")));

    for (int cut = 0; cut <= bytes.length; cut++) {
      var torn = directory.resolve("torn");
      Files.write(torn, Arrays.copyOf(bytes, cut));
      int at = cut;
      var stored = states.get((int) ends.stream().filter(end -> end <= at).count());

      var found = OutboxFile.open(torn);
      assertThat(found.posts()).as("cut at %d", cut).isEqualTo(stored);
      found.add(post("next"));
      found.close();

      var expected = new ArrayList<>(stored);
      expected.add(post("next"));
      assertThat(OutboxFile.open(torn).posts()).as("added at %d", cut).isEqualTo(expected);
    }
  }

  @Test
  void aDamagedBlockLosesOnlyItsOwnLine() throws IOException {
    var file = OutboxFile.open(path());
    file.add(post("a"));
    long damage = Files.size(path());
    file.add(post("b"));
    file.add(post("c"));
    var bytes = Files.readAllBytes(path());
    for (int i = 0; i < 10; i++) bytes[(int) damage + i] = 0;
    Files.write(path(), bytes);

    assertThat(OutboxFile.open(path()).posts()).containsExactly(post("a"), post("c"));
  }

  @Test
  void anEmptyOutboxIsAnEmptyFile() throws IOException {
    var file = OutboxFile.open(path());
    file.add(post("a"));
    file.remove(post("a"));

    assertThat(Files.size(path())).isZero();
  }

  @Test
  void theFileIsCompacted() throws IOException {
    var file = OutboxFile.open(path());
    file.add(post("stays"));
    for (int i = 0; i < 1_200; i++) {
      file.add(post("id" + i));
      file.remove(post("id" + i));
    }

    assertThat(Files.size(path())).isLessThan(70 * 1024);
    assertThat(OutboxFile.open(path()).posts()).containsExactly(post("stays"));
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws IOException {
    OutboxFile.open(path());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void runningClientsOfAProfileHaveSeparateOutboxes() throws IOException {
    try (var one = OutboxSlots.open(directory, "ann")) {
      one.add(post("a"));
      try (var two = OutboxSlots.open(directory, "ann")) {
        assertThat(two.unanswered()).isEmpty();
        two.add(post("b"));
      }
      assertThat(one.unanswered()).containsExactly(post("a"));
    }
  }

  @Test
  void aNewClientAdoptsThePostsOfEndedOnes() throws IOException {
    var one = OutboxSlots.open(directory, "ann");
    one.add(post("a"));
    try (var two = OutboxSlots.open(directory, "ann")) {
      two.add(post("b"));
    }
    one.close();

    try (var next = OutboxSlots.open(directory, "ann")) {
      assertThat(next.unanswered()).containsExactly(post("a"), post("b"));
      assertThat(OutboxFile.open(directory.resolve("ann-1.jsonl")).posts()).isEmpty();
    }
  }

  @Test
  void refusedPostsAreRestoredUntilTheyAreRemoved() throws IOException {
    var before = OutboxFile.open(path());
    before.add(post("a"));
    before.add(post("b"));
    before.refuse(post("a"), "No.");

    var after = OutboxFile.open(path());
    assertThat(after.posts()).containsExactly(post("b"));
    assertThat(after.refused()).containsExactly(new RefusedPost(post("a"), "No."));

    after.remove(post("b"));
    assertThat(OutboxFile.open(path()).refused()).hasSize(1);
    after.remove(post("a"));
    assertThat(OutboxFile.open(path()).refused()).isEmpty();
    assertThat(Files.size(path())).isZero();
  }

  @Test
  void aRetriedPostIsNoLongerRefused() throws IOException {
    var before = OutboxFile.open(path());
    before.refuse(post("a"), "No.");
    before.add(post("a"));

    var after = OutboxFile.open(path());

    assertThat(after.posts()).containsExactly(post("a"));
    assertThat(after.refused()).isEmpty();
  }

  @Test
  void aLongListOfRefusedPostsKeepsTheLatest() throws IOException {
    var before = OutboxFile.open(path());
    for (int number = 0; number < 500; number++) before.refuse(post("p" + number), "No.");

    assertThat(OutboxFile.open(path()).refused())
        .hasSize(200)
        .last()
        .isEqualTo(new RefusedPost(post("p499"), "No."));
  }

  private static PendingUpload upload(String id) {
    return new PendingUpload(
        id, "lobby", OptionalLong.of(7), "/home/ann/a b.jpg", "a b.jpg", 12, Optional.empty());
  }

  @Test
  void anUploadIsRestoredUntilItsPostIsAddedOrRemoved() throws IOException {
    var before = OutboxFile.open(path());
    before.addUpload(upload("a"));
    before.addUpload(upload("b"));
    before.addUpload(upload("c"));
    before.addUpload(upload("c").as("f1"));
    before.add(post("a"));
    before.remove(post("b"));

    var after = OutboxFile.open(path());
    assertThat(after.uploads()).containsExactly(upload("c").as("f1"));
    assertThat(after.posts()).containsExactly(post("a"));

    after.remove(post("a"));
    after.remove(post("c"));
    assertThat(Files.size(path())).isZero();
  }

  @Test
  void aFreeOutboxIsTakenOverWithItsUploads() throws IOException {
    var first = OutboxSlots.open(directory, "ann");
    var second = OutboxSlots.open(directory, "ann");
    second.addUpload(upload("a"));
    second.close();
    first.close();

    try (var next = OutboxSlots.open(directory, "ann")) {
      assertThat(next.uploads()).containsExactly(upload("a"));
    }
    try (var again = OutboxSlots.open(directory, "ann")) {
      assertThat(again.uploads()).containsExactly(upload("a"));
    }
  }
}
