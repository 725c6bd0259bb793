package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.core.session.Attachments.Claim;
import kith.node.person.Patience;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.objects.Unavailable;
import kith.protocol.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScansTest {
  private static final String CONTENT = "a content";

  private final FreshDatabase database = FreshDatabase.take();
  private final Jdbc jdbc = database.jdbc();
  private final FileTable table =
      new FileTable(
          jdbc,
          new FileSettings(
              1000,
              4,
              1000,
              1000,
              1000,
              1000,
              10,
              Duration.ofDays(1),
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
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final List<String> findings = new ArrayList<>();

  @TempDir private Path here;

  @AfterEach
  void close() {
    threads.shutdownNow();
    database.close();
  }

  private Uploads uploads(String script, Duration wait) {
    var scanner = new Scanner(List.of("sh", "-c", script), Patience.LONGEST);
    var metrics = new FileMetrics(new Metrics().instruments());
    var scans =
        new Scans(
            Optional.of(scanner),
            table,
            stores,
            threads,
            metrics,
            (file, account, finding) -> findings.add(account + ": " + finding),
            wait);
    return new Uploads(table, stores, new RunningDigests(1), scans, metrics);
  }

  @Test
  void aRequestDoesNotWaitForALongCheckAndTheCheckContinues() throws IOException {
    var go = here.resolve("go");
    var uploads =
        uploads(
            "cat > /dev/null; until [ -e " + go + " ]; do sleep 0.02; done", Duration.ofMillis(1));
    var file = uploaded();
    assertThat(await(uploads.complete(file, "ann"))).contains(Code.FILE_BEING_CHECKED);
    assertThat(await(uploads.complete(now(file), "ann"))).contains(Code.FILE_BEING_CHECKED);
    assertThat(now(file).isComplete()).isFalse();

    Files.createFile(go);

    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!now(file).isComplete()) assertThat(System.nanoTime()).isLessThan(deadline);
    assertThat(await(uploads.complete(now(file), "ann"))).isEmpty();
  }

  @Test
  void withoutAVerdictAContentWaitsAndIsNotReadBackAgain() throws IOException {
    var isThere = here.resolve("there");
    var uploads = uploads("cat > /dev/null; [ -e " + isThere + " ] || exit 2", Patience.LONGEST);
    var file = uploaded();

    assertThatThrownBy(() -> await(uploads.complete(file, "ann")))
        .hasCauseInstanceOf(Unavailable.class);
    assertThat(now(file).isVerified()).isTrue();
    assertThat(now(file).isComplete()).isFalse();
    assertThat(await(table.claim("ann", "room", "post", List.of(file.id()))))
        .isEqualTo(new Claim.Refused(Code.FILE_INCOMPLETE));

    Files.createFile(isThere);
    assertThat(await(uploads.complete(now(file), "ann"))).isEmpty();
    assertThat(now(file).isComplete()).isTrue();
  }

  @Test
  void aRefusedContentIsDestroyedWithAllItsUploads() {
    var uploads = uploads("cat > /dev/null; echo found; exit 1", Patience.LONGEST);
    var file = uploaded();
    var other = created();

    assertThat(await(uploads.complete(file, "ann"))).contains(Code.FILE_INFECTED);

    assertThat(findings).containsExactly("ann: found");
    for (var gone : List.of(file, other)) {
      assertThat(await(table.upload("ann", gone.id()))).isEmpty();
      assertThat(await(table.isInfected("ann", gone.id()))).isTrue();
      assertThat(await(table.isInfected("bob", gone.id()))).as("nobody else's").isFalse();
      assertThat(await(table.claim("ann", "room", "post", List.of(gone.id()))))
          .isEqualTo(new Claim.Refused(Code.FILE_INFECTED));
    }
    assertThat(count("SELECT count(*) FROM file_part")).isZero();
    assertThat(count("SELECT sum(bytes) FROM file_usage")).as("space").isZero();
    assertThat(created().received()).as("the same content begins again").isZero();
  }

  @Test
  void aCheckBeyondTheQueueIsRepeatedLater() {
    var uploads =
        new Uploads(
            table,
            stores,
            new RunningDigests(1),
            new Scans(
                Optional.of(new Scanner(List.of("true"), Patience.LONGEST)),
                table,
                stores,
                _ -> {
                  throw new RejectedExecutionException("full");
                },
                new FileMetrics(new Metrics().instruments()),
                (_, _, _) -> {},
                Patience.LONGEST),
            new FileMetrics(new Metrics().instruments()));

    assertThat(await(uploads.complete(uploaded(), "ann"))).contains(Code.FILE_BEING_CHECKED);
  }

  @Test
  void aCheckThatNoThreadTakesBeginsAgain() {
    var isOut = new AtomicBoolean(true);
    var metrics = new FileMetrics(new Metrics().instruments());
    var scans =
        new Scans(
            Optional.of(new Scanner(List.of("sh", "-c", "cat > /dev/null"), Patience.LONGEST)),
            table,
            stores,
            task -> {
              if (isOut.get()) throw new InternalError("no thread");
              threads.execute(task);
            },
            metrics,
            (_, _, _) -> {},
            Patience.LONGEST);
    var uploads = new Uploads(table, stores, new RunningDigests(1), scans, metrics);
    var file = uploaded();
    assertThatThrownBy(() -> await(uploads.complete(file, "ann")))
        .hasRootCauseInstanceOf(InternalError.class);

    isOut.set(false);

    assertThat(await(uploads.complete(now(file), "ann"))).isEmpty();
  }

  private StoredFile created() {
    var sha256 = HexFormat.of().formatHex(RunningDigests.sha256().digest(bytes()));
    var creation = await(table.create("ann", "name", sha256, CONTENT.length()));
    return ((FileTable.Creation.Created) creation).file();
  }

  private StoredFile uploaded() {
    var file = created();
    assertThat(await(store.append(file.content(), 0, bytes()))).isTrue();
    return now(file);
  }

  private StoredFile now(StoredFile file) {
    return await(table.upload("ann", file.id())).orElseThrow();
  }

  private long count(String sql) {
    return await(jdbc.query(sql, row -> row.getLong(1))).getFirst();
  }

  private static byte[] bytes() {
    return CONTENT.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
