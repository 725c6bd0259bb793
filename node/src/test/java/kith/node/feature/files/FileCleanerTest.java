package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.RoomEvent;
import kith.node.core.session.Attachments.Claim;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import kith.protocol.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileCleanerTest {
  private static final Duration LIFETIME = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final long ACCOUNT_BYTES = 100;

  private final FreshDatabase database = FreshDatabase.take();
  private final Jdbc jdbc = database.jdbc();
  private final FileTable table =
      new FileTable(
          jdbc,
          new FileSettings(
              1000,
              4,
              1000,
              ACCOUNT_BYTES,
              1000,
              1000,
              10,
              LIFETIME,
              4,
              4,
              1,
              new FileSettings.Thumbnails(0, 1, 1),
              Optional.empty(),
              "postgresql",
              Optional.empty()),
          "postgresql");
  private final BlobStore store = new PostgresBlobs(jdbc);
  private final Stores stores = new Stores(Map.of(PostgresBlobs.NAME, store), PostgresBlobs.NAME);
  private final FakeRoomLog log = new FakeRoomLog();
  private final FileCleaner cleaner =
      new FileCleaner(table, stores, log, KEPT, new FileMetrics(new Metrics().instruments()));

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aFileThatNoMessageNamesIsRemovedWithItsBytesAfterItsLifetime() {
    var old = uploaded("ann", "old");
    var young = uploaded("ann", "young");
    age("created", old);

    cleans();
    assertThat(await(table.upload("ann", old.id()))).isEmpty();
    assertThat(parts(old)).as("kept for a while").isOne();

    doubtedLongAgo();
    cleans();
    assertThat(parts(old)).isZero();
    assertThat(await(table.upload("ann", young.id()))).isPresent();
    assertThat(parts(young)).isOne();
  }

  @Test
  void aRemovedFileFreesTheSpaceOfItsAccount() {
    var file = uploaded("ann", "x".repeat(60));
    assertThat(await(table.create("ann", "more", sha256("y".repeat(60)), 60)))
        .isInstanceOfSatisfying(
            FileTable.Creation.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(Code.QUOTA_EXCEEDED));

    assertThat(await(table.delete("ann", file.id()))).isTrue();
    doubtedLongAgo();
    cleans();

    assertThat(uploaded("ann", "y".repeat(60)).isComplete()).isTrue();
  }

  @Test
  void theQuotaOfAnAccountReplacesTheDefault() {
    var quotas = new FileQuotas(jdbc);
    uploaded("ann", "x".repeat(60));
    assertThat(await(quotas.read("ann"))).isEqualTo(new FileQuotas.Usage(60, Optional.empty()));

    await(quotas.change("ann", 130));
    assertThat(uploaded("ann", "y".repeat(60)).isComplete()).isTrue();
    assertThat(await(quotas.read("ann"))).isEqualTo(new FileQuotas.Usage(120, Optional.of(130L)));
    assertThat(await(table.create("bob", "much", sha256("z".repeat(110)), 110)))
        .as("others")
        .isInstanceOf(FileTable.Creation.Refused.class);

    await(quotas.remove("ann"));
    assertThat(await(table.create("ann", "more", sha256("z"), 1)))
        .as("above the usual quota again")
        .isInstanceOf(FileTable.Creation.Refused.class);
  }

  @Test
  void aFileOfAMessageStaysBeforeItsSeqIsRecorded() {
    var file = uploaded("ann", "hello");
    claims("ann", file, "post");
    log.add(
        new RoomEvent.Posted(
            "ann",
            Instant.EPOCH,
            "post",
            "look",
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(List.of(file.attachment()))));
    age("claimed", file);

    cleans();

    assertThat(await(table.ofRoom("room", file.id()))).isPresent();
  }

  @Test
  void aFileWhoseMessageNeverCameIsRemoved() {
    var file = uploaded("ann", "hello");
    claims("ann", file, "post");
    log.says("ann", "another message");
    cleans();
    assertThat(await(table.ofRoom("room", file.id()))).as("may still come").isPresent();

    age("claimed", file);
    cleans();

    assertThat(await(table.ofRoom("room", file.id()))).isEmpty();
  }

  @Test
  void aLogThatCannotBeReadRemovesNoFileOfAMessage() {
    var file = uploaded("ann", "hello");
    claims("ann", file, "post");
    age("claimed", file);
    log.breakDown();

    assertThat(cleaner.run()).isCompletedExceptionally();

    assertThat(await(table.ofRoom("room", file.id()))).isPresent();
  }

  @Test
  void contentWithTwoNamesStaysUntilBothAreGone() {
    var one = uploaded("ann", "same");
    var other = created("ann", "same");
    assertThat(other.isComplete()).isTrue();

    assertThat(await(table.delete("ann", one.id()))).isTrue();
    doubtedLongAgo();
    cleans();
    assertThat(parts(other)).isOne();

    assertThat(await(table.delete("ann", other.id()))).isTrue();
    doubtedLongAgo();
    cleans();
    assertThat(parts(other)).isZero();
  }

  @Test
  void contentThatIsUploadedAgainInTimeIsKept() {
    var file = uploaded("ann", "same");
    assertThat(await(table.delete("ann", file.id()))).isTrue();
    doubtedLongAgo();

    var again = created("ann", "same");
    cleans();

    assertThat(again.isComplete()).isTrue();
    assertThat(new String(await(store.read(again.content(), 0)), StandardCharsets.UTF_8))
        .isEqualTo("same");
  }

  @Test
  void retentionDestroysTheFilesOfDestroyedMessagesOnly() {
    var destroyed = uploaded("ann", "destroyed");
    var kept = uploaded("ann", "kept");
    claims("ann", destroyed, "one");
    claims("ann", kept, "two");
    sql("UPDATE file SET seq = 4 WHERE id = ?", destroyed.id());
    sql("UPDATE file SET seq = 5 WHERE id = ?", kept.id());

    await(
        jdbc.with(connection -> {
          new FileProjection().forget(connection, "room", 5);
          return true;
        }));
    doubtedLongAgo();
    cleans();

    assertThat(parts(destroyed)).isZero();
    assertThat(parts(kept)).isOne();
  }

  private void cleans() {
    await(cleaner.run());
  }

  private StoredFile created(String account, String content) {
    var creation = await(table.create(account, "name", sha256(content), content.length()));
    assertThat(creation).isInstanceOf(FileTable.Creation.Created.class);
    return ((FileTable.Creation.Created) creation).file();
  }

  private StoredFile uploaded(String account, String content) {
    var file = created(account, content);
    assertThat(await(store.append(file.content(), 0, content.getBytes(StandardCharsets.UTF_8))))
        .isTrue();
    assertThat(await(table.complete(file.content(), "text/plain", Optional.empty()))).isOne();
    return await(table.upload(account, file.id())).orElseThrow();
  }

  private void claims(String account, StoredFile file, String post) {
    assertThat(await(table.claim(account, "room", post, List.of(file.id()))))
        .isInstanceOf(Claim.Granted.class);
  }

  /// Two days ago is longer than any lifetime here.
  private void age(String column, StoredFile file) {
    sql("UPDATE file SET " + column + " = now() - interval '2 days' WHERE id = ?", file.id());
  }

  private void doubtedLongAgo() {
    sql("UPDATE file_content SET doubted = doubted - interval '2 days'");
  }

  private void sql(String statement, Object... values) {
    await(jdbc.update(statement, values));
  }

  private long parts(StoredFile file) {
    return await(
            jdbc.query(
                "SELECT count(*) FROM file_part WHERE content = ?",
                row -> row.getLong(1),
                file.content()))
        .getFirst();
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
