package kith.node.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import kith.node.core.room.LogArchive;
import kith.node.platform.metrics.Metrics;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCheckTest {
  private static final String ROOM = "abc123";

  @TempDir private Path directory = Path.of("");
  private final List<Path> files = new ArrayList<>();
  private String digest = LogArchive.NONE;

  @BeforeEach
  void threeFiles() {
    archive(1, 10);
    archive(11, 11);
    archive(12, 30);
  }

  @Test
  void aWholeArchiveHasNoProblem() throws IOException {
    var report = verify();

    assertThat(report).isEqualTo(new ArchiveCheck.Report(1, 3, 30, List.of(), List.of()));
  }

  @Test
  void entriesAreReadInTheirOrderFromAnyPlaceOn() throws IOException {
    var lines = new ArrayList<String>();

    var report =
        ArchiveCheck.read(
            List.of(new DirectoryPlace(directory)), ROOM, 9, (_, line) -> lines.add(line));

    assertThat(report.problems()).isEmpty();
    assertThat(lines).hasSize(22);
    assertThat(lines.getFirst()).contains("\"seq\":9").contains("message 9");
    assertThat(lines.getLast()).contains("\"seq\":30");
  }

  @Test
  void aMissingFileInTheMiddleIsDetected() throws IOException {
    Files.delete(files.get(1));

    assertThat(verify().problems())
        .singleElement()
        .asString()
        .contains("Room abc123", "which end with entry 10");
  }

  @Test
  void missingFilesAtTheBeginningAreReported() throws IOException {
    Files.delete(files.getFirst());

    var report = verify();

    assertThat(report.problems()).isEmpty();
    assertThat(report.notices()).singleElement().asString().contains("begin with entry 11");
  }

  @Test
  void aChangedTextIsDetected() throws IOException {
    rewrite(files.getFirst(), text -> text.replace("message 3", "massage 3"));

    assertThat(verify().problems()).anyMatch(it -> it.endsWith("Its text was changed."));
  }

  @Test
  void aRemovedEntryIsDetected() throws IOException {
    rewrite(files.getFirst(), text -> text.replaceFirst(".*\"seq\":3,.*\n", ""));

    assertThat(verify().problems()).anyMatch(it -> it.endsWith("Entry 3 is missing."));
  }

  @Test
  void addedTextIsDetected() throws IOException {
    rewrite(files.getLast(), text -> text + "{}\n");

    assertThat(verify().problems()).anyMatch(it -> it.endsWith("Text was added to its end."));
  }

  @Test
  void aFileThatIsCutOffIsDetected() throws IOException {
    var bytes = Files.readAllBytes(files.getLast());
    Files.write(files.getLast(), Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(verify().problems()).anyMatch(it -> it.endsWith("It is cut off or changed."));
  }

  @Test
  void aFileWithAnotherNameIsDetected() throws IOException {
    Files.move(
        files.getLast(), files.getLast().resolveSibling("000000000012-000000000040.jsonl.gz"));

    assertThat(verify().problems())
        .anyMatch(it -> it.endsWith("Its name does not match its entries."));
  }

  /// Somebody rewrites a file, with a digest that is right.
  @Test
  void aReplacedFileIsDetected() throws IOException {
    digest = LogArchive.NONE;
    write(1, 10, "other words");

    assertThat(verify().problems())
        .singleElement()
        .asString()
        .contains("does not continue the files before it");
  }

  @Test
  void aFileOfAnInterruptedAttemptIsNotAProblem() throws IOException {
    digest = LogArchive.NONE;
    write(1, 4, "message");

    assertThat(verify()).isEqualTo(new ArchiveCheck.Report(1, 3, 30, List.of(), List.of()));
  }

  @Test
  void theSameEntriesGiveTheSameBytes() throws IOException {
    var bytes = Files.readAllBytes(files.getFirst());
    digest = LogArchive.NONE;

    archive(1, 10);

    assertThat(Files.readAllBytes(files.getFirst())).isEqualTo(bytes);
  }

  private ArchiveCheck.Report verify() throws IOException {
    return ArchiveCheck.verify(List.of(new DirectoryPlace(directory)));
  }

  private void archive(long first, long last) {
    write(first, last, "message");
    files.add(directory.resolve(ROOM).resolve("%012d-%012d.jsonl.gz".formatted(first, last)));
  }

  private void write(long first, long last, String text) {
    digest =
        new FileArchive(directory, new Metrics().aging())
            .keep(
                ROOM,
                digest,
                LongStream.rangeClosed(first, last)
                    .mapToObj(seq -> message(seq, text + " " + seq))
                    .toList());
  }

  private static Entry message(long seq, String body) {
    return new Entry.Edited(
        seq, Instant.EPOCH, "ann", "id-" + seq, Math.max(1, seq - 1), Optional.of(body));
  }

  private static void rewrite(Path file, UnaryOperator<String> change) throws IOException {
    String text;
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    var changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(changed.getBytes(StandardCharsets.UTF_8));
    }
  }
}
