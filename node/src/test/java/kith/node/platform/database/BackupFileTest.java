package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {
  private static final Dump.Contents CONTENTS =
      new Dump.Contents(
          Instant.parse("2026-11-22T20:00:00Z"), "0.1", List.of(new Dump.Migration("1", -5)));
  private static final Dump.Table MENTIONS = new Dump.Table("mention", List.of("room", "seq"));
  private static final Dump.Table POSITIONS = new Dump.Table("read_position", List.of("account"));
  private static final Dump.Sequence SEQUENCE = new Dump.Sequence("journal_seq", 12);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writeBackup() throws IOException {
    file = directory.resolve("kith.backup");
    write(new Small());
  }

  private void write(Dump dump) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      BackupWriter.write(dump, channel);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record Small() implements Dump {
    @Override
    public Contents contents() {
      return CONTENTS;
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      sink.begin(MENTIONS);
      sink.rows(bytes("garden\t1\n"), 9);
      sink.rows(bytes("garden\t2\n"), 9);
      sink.end(new Sum(2, "ab"));
      sink.begin(POSITIONS);
      sink.end(new Sum(0, ""));
      sink.complete(new End(List.of(SEQUENCE)));
    }
  }

  /// Rows that compress badly, and are longer than a record.
  private record Large(byte[] row) implements Dump {
    @Override
    public Contents contents() {
      return CONTENTS;
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      sink.begin(MENTIONS);
      for (int i = 0; i < 3; i++) sink.rows(row, row.length);
      sink.end(new Sum(3, "ab"));
      sink.complete(new End(List.of()));
    }
  }

  private static final class Seen implements Dump.Sink {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void begin(Dump.Table table) {
      all.add(table);
    }

    @Override
    public void rows(byte[] text, int length) {
      all.add(new String(text, 0, length, StandardCharsets.UTF_8));
    }

    @Override
    public void end(Dump.Sum sum) {
      all.add(sum);
    }

    @Override
    public void complete(Dump.End end) {
      all.add(end);
    }
  }

  @Test
  void aBackupIsReadAsItWasWritten() throws IOException {
    var checked = BackupReader.check(file);
    var seen = new Seen();
    checked.backup().writeTo(seen);

    assertThat(checked.backup().contents()).isEqualTo(CONTENTS);
    assertThat(checked.rows()).isEqualTo(2);
    assertThat(seen.all)
        .containsExactly(
            MENTIONS,
            "garden\t1\ngarden\t2\n",
            new Dump.Sum(2, "ab"),
            POSITIONS,
            new Dump.Sum(0, ""),
            new Dump.End(List.of(SEQUENCE)));
  }

  @Test
  void aRowLongerThanARecordIsDivided() throws IOException {
    var row = new byte[1 << 20];
    new Random(1).nextBytes(row);
    for (int i = 0; i < row.length; i++) row[i] = (byte) ('a' + (row[i] & 15));
    write(new Large(row));

    var seen = new Seen();
    BackupReader.check(file).backup().writeTo(seen);

    var text = new StringBuilder();
    for (var one : seen.all) if (one instanceof String part) text.append(part);
    assertThat(text.toString()).isEqualTo(new String(row, StandardCharsets.UTF_8).repeat(3));
  }

  /// A dump without an end, as a fault while writing leaves it.
  private record Endless() implements Dump {
    @Override
    public Contents contents() {
      return CONTENTS;
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      sink.begin(MENTIONS);
      sink.end(new Sum(0, ""));
    }
  }

  @Test
  void anUnreadableFileDoesNotReplaceTheEarlierBackup() throws IOException {
    var former = Files.readAllBytes(file);

    assertThatThrownBy(() -> Backups.write(new Endless(), file))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("is damaged or incomplete");
    assertThat(file).hasBinaryContent(former);
    assertThat(partial()).doesNotExist();
  }

  private Path partial() {
    return directory.resolve("kith.backup.partial");
  }

  @Test
  void theRestOfAnInterruptedBackupIsReplacedAndOnlyTheOwnerCanReadTheFile() throws IOException {
    Files.write(partial(), new byte[10_000]);
    Files.setPosixFilePermissions(partial(), PosixFilePermissions.fromString("rw-r--r--"));

    Backups.write(new Small(), file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(BackupReader.check(file).rows()).isEqualTo(2);
    assertThat(partial()).doesNotExist();
  }

  @Test
  void aLinkInPlaceOfTheUnfinishedFileIsNotFollowed() throws IOException {
    var other = Files.writeString(directory.resolve("other"), "not a backup");
    Files.createSymbolicLink(partial(), other);

    assertThatThrownBy(() -> Backups.write(new Small(), file)).isInstanceOf(IOException.class);
    assertThat(other).hasContent("not a backup");
  }

  @Test
  void aFileThatAnotherBackupWritesIsNotReplaced() throws IOException {
    try (var other =
        FileChannel.open(partial(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.write(ByteBuffer.wrap(bytes("half of it")));
      assertThat(other.lock().isValid()).isTrue();

      assertThatThrownBy(() -> Backups.write(new Small(), file))
          .isInstanceOf(BackupFailure.class)
          .hasMessageContaining("Another backup writes");
      assertThat(partial()).hasContent("half of it");
    }
  }

  @Test
  void aBackupThatIsTruncatedAnywhereIsRefused() throws IOException {
    var whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> BackupReader.check(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(BackupFailure.class);
    }
  }

  @Test
  void aBackupWithOneOtherByteIsRefused() throws IOException {
    var whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      var changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(() -> BackupReader.check(file))
          .as("byte %d of %d", at, whole.length)
          .isInstanceOf(BackupFailure.class);
    }
  }

  @Test
  void aBackupWithMoreBytesIsRefused() throws IOException {
    Files.write(file, new byte[40], StandardOpenOption.APPEND);

    assertThatThrownBy(() -> BackupReader.check(file))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("is damaged or incomplete");
  }

  @Test
  void otherFilesAndNewerFormatsAreNamed() throws IOException {
    Files.writeString(file, "PGDMP and so on, for longer than a hash is long");
    assertThatThrownBy(() -> BackupReader.check(file))
        .hasMessageContaining("is not a backup of Kith");

    Files.writeString(file, "kith-backup 2\nand so on, for longer than a hash is long");
    assertThatThrownBy(() -> BackupReader.check(file))
        .hasMessageContaining("made by a newer release");
  }
}
