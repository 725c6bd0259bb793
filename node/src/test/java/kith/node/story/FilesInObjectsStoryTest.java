package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.platform.objects.FakeS3;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.SharedFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Files in an object store.
@Tag("story")
class FilesInObjectsStoryTest {
  private final FakeS3 s3 = new FakeS3();
  private final byte[] content = new byte[2_500_000];

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private Map<String, String> with(String store) {
    return Map.of(
        "kith.files.store", store,
        "kith.files.s3.bucket", "bucket",
        "kith.files.s3.endpoint", s3.endpoint(),
        "kith.files.s3.access-key", "key",
        "kith.files.s3.secret-key", "secret");
  }

  private static Person person(TestNode node, String name) {
    var person = Person.signsUp(node.uri("/"), name);
    person.connects();
    return person;
  }

  @Test
  void aFileIsUploadedInPartsOfAnySizeAndReadWithRanges() {
    try (var node = TestNode.start(with("s3"));
        var ann = person(node, "ann")) {
      var room = ann.makesRoom("files", Visibility.PUBLIC);
      ann.opens(room, 0);
      var file = ann.files().creates("a.bin", content).file();
      var offset = 0;
      for (var end : new int[] {10, 1_000_000, 1_100_000, 1_100_001, content.length}) {
        ann.files().puts(file, content, offset, end).as(SharedFiles.Upload.class);
        offset = end;
      }
      ann.files().finishes(file).as(SharedFiles.Upload.class);

      var seq = ann.files().sends(room, "", file).seq();

      assertThat(ann.files().gets(room, seq, file).body()).isEqualTo(content);
      assertThat(ann.files().gets(room, seq, file, "Range", "bytes=1048570-1048589").body())
          .isEqualTo(Arrays.copyOfRange(content, 1_048_570, 1_048_590));
      assertThat(s3.objects().keySet()).allMatch(path -> path.startsWith("/bucket/files/"));
    }
  }

  @Test
  void filesMoveBetweenStoresWhileTheyAreRead() throws IOException, InterruptedException {
    try (var node = TestNode.start(with("postgresql"));
        var ann = person(node, "ann")) {
      var room = ann.makesRoom("files", Visibility.PUBLIC);
      ann.opens(room, 0);
      var file = ann.files().uploads("a.bin", content);
      var seq = ann.files().sends(room, "", file).seq();
      assertThat(s3.objects()).isEmpty();

      try (var other = node.another(with("s3"))) {
        assertThat(syncs(other)).endsWith("done\n").contains("1 contents, 2 MiB");
        assertThat(s3.objects()).hasSize(3);
        assertThat(ann.files().gets(room, seq, file).body()).isEqualTo(content);
        assertThat(syncs(other)).isEqualTo("done\n");
      }
      assertThat(syncs(node)).contains("1 contents");
      s3.close();
      assertThat(ann.files().gets(room, seq, file).body()).isEqualTo(content);
    }
  }

  private static String syncs(TestNode node) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(node.uri("/files/sync"));
      return client
          .send(request.POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void whileTheStoreIsUnreachableOnlyFilesAreUnavailable() {
    try (var node = TestNode.start(with("s3"));
        var ann = person(node, "ann")) {
      var room = ann.makesRoom("files", Visibility.PUBLIC);
      ann.opens(room, 0);
      var file = ann.files().creates("a.bin", content).file();
      ann.files().puts(file, content, 0, 100).as(SharedFiles.Upload.class);
      var whole = ann.files().uploads("b.bin", Arrays.copyOf(content, 1_500_000));
      var seq = ann.files().sends(room, "", whole).seq();

      s3.close();

      assertThat(ann.files().asksFor(room, seq, whole).code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(ann.files().puts(file, content, 100, 200).code()).isEqualTo(Code.UNAVAILABLE);
      ann.says(room, "m1", "still here");
      assertThat(ann.isAcked("m1").seq()).isPositive();
    }
  }
}
