package kith.node.feature.files;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kith.node.platform.objects.Unavailable;
import kith.protocol.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the [Scanner], if there is one, check contents before a message can name them. A harmless
/// content becomes complete, even if nobody waits for the answer any longer; an infected one is
/// destroyed. Without a verdict, the content waits until its uploader asks again.
final class Scans {
  private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

  private final Optional<Scanner> scanner;
  private final FileTable table;
  private final Stores stores;
  private final Executor threads;
  private final FileMetrics metrics;
  private final Report report;
  private final Duration wait;
  private final Map<UUID, CompletableFuture<Optional<Code>>> underWay = new ConcurrentHashMap<>();

  /// Called once for each infected content.
  interface Report {
    void infected(StoredFile file, String account, String finding);
  }

  /// @param scanner empty if contents are not checked
  /// @param threads bounded, with a bounded queue
  /// @param wait how long a request waits for a check
  Scans(
      Optional<Scanner> scanner,
      FileTable table,
      Stores stores,
      Executor threads,
      FileMetrics metrics,
      Report report,
      Duration wait) {
    this.scanner = scanner;
    this.table = table;
    this.stores = stores;
    this.threads = threads;
    this.metrics = metrics;
    this.report = report;
    this.wait = wait;
  }

  boolean isOn() {
    return scanner.isPresent();
  }

  /// The reason why a content is not complete; empty if it is. A check that takes longer than a
  /// request continues.
  ///
  /// @param ifClean makes the content complete
  CompletionStage<Optional<Code>> check(
      StoredFile file, String account, Supplier<CompletionStage<Void>> ifClean) {
    if (scanner.isEmpty()) return ifClean.get().thenApply(_ -> Optional.empty());
    return underWay(scanner.get(), file, account, ifClean)
        .copy()
        .completeOnTimeout(
            Optional.of(Code.FILE_BEING_CHECKED), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Requests for the same content wait for the same check.
  private CompletableFuture<Optional<Code>> underWay(
      Scanner scanner, StoredFile file, String account, Supplier<CompletionStage<Void>> ifClean) {
    var check = new CompletableFuture<Optional<Code>>();
    var first = underWay.putIfAbsent(file.content(), check);
    if (first != null) return first;
    var _ =
        begin(scanner, file)
            .thenCompose(verdict ->
                switch (verdict) {
                  case Scanner.Verdict.Clean _ ->
                      ifClean.get().thenApply(_ -> Optional.<Code>empty());
                  case Scanner.Verdict.Infected(var finding) -> destroy(file, account, finding);
                })
            .exceptionallyCompose(fault -> waiting(file, fault))
            .whenComplete((refusal, fault) -> {
              underWay.remove(file.content());
              if (fault == null) check.complete(refusal);
              else check.completeExceptionally(fault);
            });
    return check;
  }

  private CompletionStage<Scanner.Verdict> begin(Scanner scanner, StoredFile file) {
    try {
      return CompletableFuture.supplyAsync(() -> verdict(scanner, file), threads);
    } catch (RuntimeException | Error notTaken) {
      // otherwise the content would stay registered as being checked
      return CompletableFuture.failedFuture(notTaken);
    }
  }

  private Scanner.Verdict verdict(Scanner scanner, StoredFile file) {
    var verdict = scanner.check(new Parts(file, stores.of(file)));
    metrics.scanned(verdict instanceof Scanner.Verdict.Clean);
    return verdict;
  }

  /// The content stays unchanged.
  private CompletionStage<Optional<Code>> waiting(StoredFile file, Throwable fault) {
    var cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof RejectedExecutionException)
      return CompletableFuture.completedFuture(Optional.of(Code.FILE_BEING_CHECKED));
    if (!(cause instanceof Scanner.NoVerdict)) return CompletableFuture.failedFuture(fault);
    metrics.scanFailed();
    LOG.warn("file-scan=failed content={} reason=\"{}\"", file.content(), cause.getMessage());
    return CompletableFuture.failedFuture(new Unavailable("the scanner of files", cause));
  }

  private CompletionStage<Optional<Code>> destroy(StoredFile file, String account, String finding) {
    return table
        .beginDestruction(file.content())
        .thenCompose(isFirst -> {
          if (isFirst) report.infected(file, account, finding);
          return table.endRemoval(file.content(), stores);
        })
        .thenApply(_ -> Optional.of(Code.FILE_INFECTED));
  }

  /// The parts of a content, one in memory. Blocks.
  private static final class Parts implements Iterator<byte[]> {
    private final StoredFile file;
    private final BlobStore store;
    private int next;

    Parts(StoredFile file, BlobStore store) {
      this.file = file;
      this.store = store;
    }

    @Override
    public boolean hasNext() {
      return next * (long) store.partBytes() < file.size();
    }

    @Override
    public byte[] next() {
      if (!hasNext()) throw new NoSuchElementException();
      return store.read(file.content(), next++).toCompletableFuture().join();
    }
  }
}
