package kith.node.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import kith.node.core.room.LogArchive;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.objects.FakeS3;
import kith.node.platform.objects.ObjectStore;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketArchiveTest {
  private static final String ROOM = "abc123";

  private final FakeS3 s3 = new FakeS3();
  private final ObjectStore objects = new ObjectStore(s3.settings(), Runnable::run);
  private final LogArchive archive = new BucketArchive(objects, new Metrics().aging());

  @AfterEach
  void close() {
    objects.close();
    s3.close();
  }

  private static List<Entry> entries(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .<Entry>mapToObj(seq ->
            new Entry.Edited(
                seq,
                Instant.EPOCH,
                "ann",
                "id-" + seq,
                Math.max(1, seq - 1),
                Optional.of("message " + seq)))
        .toList();
  }

  private void archives(long... ends) {
    var digest = LogArchive.NONE;
    var first = 1L;
    for (var last : ends) {
      digest = archive.keep(ROOM, digest, entries(first, last));
      first = last + 1;
    }
  }

  private ArchiveCheck.Report verify(ArchivePlace... places) throws IOException {
    return ArchiveCheck.verify(List.of(places));
  }

  private ArchivePlace bucket() {
    return new BucketPlace(objects);
  }

  @Test
  void aBucketHasTheSameFilesAsADirectory(@TempDir Path directory) throws IOException {
    archives(10);
    new FileArchive(directory, new Metrics().aging()).keep(ROOM, LogArchive.NONE, entries(1, 10));

    assertThat(s3.objects().get("/bucket/files/abc123/000000000001-000000000010.jsonl.gz"))
        .isEqualTo(
            Files.readAllBytes(directory.resolve("abc123/000000000001-000000000010.jsonl.gz")));
  }

  @Test
  void archivesAreVerifiedAndReadBack() throws IOException {
    archives(10, 11, 20, 25);

    assertThat(verify(bucket())).isEqualTo(new ArchiveCheck.Report(1, 4, 25, List.of(), List.of()));
    var lines = new ArrayList<String>();
    ArchiveCheck.read(List.of(bucket()), ROOM, 11, (_, line) -> lines.add(line));
    assertThat(lines).hasSize(15).first().asString().contains("message 11");
    assertThat(ArchiveCheck.read(List.of(bucket()), "abc", 1, (_, _) -> {}).files())
        .as("a room whose id begins alike")
        .isZero();
  }

  /// A host that changed from disks to a bucket.
  @Test
  void aChainMayBeginInADirectory(@TempDir Path directory) throws IOException {
    var digest =
        new FileArchive(directory, new Metrics().aging())
            .keep(ROOM, LogArchive.NONE, entries(1, 10));
    archive.keep(ROOM, digest, entries(11, 20));

    assertThat(verify(new DirectoryPlace(directory), bucket()).problems()).isEmpty();
    assertThat(verify(bucket()).notices()).singleElement().asString().contains("begin with entry");
  }

  @Test
  void aMissingOrChangedObjectIsFound() throws IOException {
    archives(10, 11, 20);
    var middle = "/bucket/files/abc123/000000000011-000000000011.jsonl.gz";
    var bytes = Objects.requireNonNull(s3.objects().remove(middle));
    assertThat(verify(bucket()).problems())
        .singleElement()
        .asString()
        .contains("s3://bucket/files/abc123/000000000012-000000000020.jsonl.gz");

    bytes[bytes.length - 5] ^= 1;
    s3.objects().put(middle, bytes);
    assertThat(verify(bucket()).problems())
        .anyMatch(it -> it.startsWith("s3://bucket/files/abc123/000000000011"));
  }

  @Test
  void aStoreThatKeepsOtherBytesFailsTheArchiving() {
    s3.changes(bytes -> ("1000\r\n" + bytes.length).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> archives(10))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage(
            "s3://bucket/files/abc123/000000000001-000000000010.jsonl.gz has other bytes than it"
                + " was sent");
  }

  @Test
  void anUnreachableStoreFailsTheArchiving() {
    s3.close();

    assertThatThrownBy(() -> archives(10)).isInstanceOf(UncheckedIOException.class);
  }
}
