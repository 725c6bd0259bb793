package kith.node.feature.files;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.protocol.Code;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/// Writes the bytes of uploads, checks them, and reads them.
final class Uploads {
  private final FileTable table;
  private final Stores stores;
  private final RunningDigests digests;
  private final Scans scans;
  private final FileMetrics metrics;

  Uploads(
      FileTable table, Stores stores, RunningDigests digests, Scans scans, FileMetrics metrics) {
    this.table = table;
    this.stores = stores;
    this.digests = digests;
    this.scans = scans;
    this.metrics = metrics;
  }

  /// The end of the content has moved while a request wrote to it: another request writes too.
  static final class Moved extends RuntimeException {
    Moved() {
      super("The upload continues at another offset.");
    }
  }

  /// Appends bytes as they arrive, no faster than they are stored; at most one part is in memory.
  /// The bytes stored before a failure stay.
  CompletionStage<Long> append(
      StoredFile file, long offset, Source<ByteString, ?> bytes, Materializer materializer) {
    var store = stores.of(file);
    return bytes
        .statefulMap(
            () -> new Parts(offset, store.partBytes()),
            (parts, some) -> Pair.create(parts, parts.add(some)),
            parts -> Optional.of(parts.rest()))
        .mapConcat(parts -> parts)
        .mapAsync(1, part -> append(store, file.content(), part))
        .runWith(Sink.fold(offset, (_, end) -> end), materializer);
  }

  private CompletionStage<Long> append(BlobStore store, UUID content, Part part) {
    return store
        .append(content, part.offset(), part.bytes())
        .thenApply(isAppended -> {
          if (!isAppended) throw new Moved();
          metrics.received(part.bytes().length);
          digests.appended(content, part.offset(), part.bytes());
          return part.offset() + part.bytes().length;
        });
  }

  /// Bytes that do not cross the end of a part of the store.
  record Part(long offset, byte[] bytes) {}

  /// Divides arriving bytes where the store's parts end.
  static final class Parts {
    private final int partBytes;
    private final ByteStringBuilder waiting = new ByteStringBuilder();
    private long offset;

    Parts(long offset, int partBytes) {
      this.offset = offset;
      this.partBytes = partBytes;
    }

    /// The parts that are full now.
    List<Part> add(ByteString bytes) {
      var full = new ArrayList<Part>();
      var rest = bytes;
      while (!rest.isEmpty()) {
        var missing = partBytes - (int) (offset % partBytes) - waiting.length();
        var fitting = rest.take(missing);
        waiting.append(fitting);
        rest = rest.drop(fitting.size());
        if (fitting.size() == missing) full.add(taken());
      }
      return full;
    }

    /// The beginning of a part, at the end of a request.
    List<Part> rest() {
      return waiting.length() == 0 ? List.of() : List.of(taken());
    }

    private Part taken() {
      var part = new Part(offset, waiting.result().toArrayUnsafe());
      waiting.clear();
      offset += part.bytes().length;
      return part;
    }
  }

  /// The reason why a file of this account is not complete; empty if it is.
  CompletionStage<Optional<Code>> complete(StoredFile file, String account) {
    if (file.isComplete()) return CompletableFuture.completedFuture(Optional.empty());
    if (file.received() < file.size())
      return CompletableFuture.completedFuture(Optional.of(Code.FILE_INCOMPLETE));
    if (file.isVerified()) return scans.check(file, account, () -> recognized(file));
    return digest(file)
        .thenCompose(digest ->
            HexFormat.of().formatHex(digest).equals(file.sha256())
                ? verified(file)
                    .thenCompose(_ -> scans.check(file, account, () -> recognized(file)))
                : table.restart(file.content()).thenApply(_ -> Optional.of(Code.WRONG_DIGEST)));
  }

  /// A file may wait for its check, and its bytes are not read back each time that somebody asks.
  private CompletionStage<Integer> verified(StoredFile file) {
    return scans.isOn() ? table.verified(file.content()) : CompletableFuture.completedFuture(0);
  }

  private CompletionStage<Void> recognized(StoredFile file) {
    var beginning =
        file.size() == 0
            ? CompletableFuture.completedFuture(new byte[0])
            : stores.of(file).read(file.content(), 0);
    return beginning
        .thenCompose(
            bytes -> table.complete(file.content(), FileTypes.of(bytes), PictureSize.of(bytes)))
        .thenAccept(_ -> metrics.completed());
  }

  private CompletionStage<byte[]> digest(StoredFile file) {
    return digests
        .of(file.content(), file.size())
        .<CompletionStage<byte[]>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> readBack(file, stores.of(file), RunningDigests.sha256(), 0));
  }

  private CompletionStage<byte[]> readBack(
      StoredFile file, BlobStore store, MessageDigest digest, int part) {
    if (part * (long) store.partBytes() >= file.size())
      return CompletableFuture.completedFuture(digest.digest());
    return store
        .read(file.content(), part)
        .thenCompose(bytes -> {
          metrics.readBack(bytes.length);
          digest.update(bytes);
          return readBack(file, store, digest, part + 1);
        });
  }

  /// All bytes of a file that fits in memory. Blocks.
  byte[] whole(StoredFile file) {
    var store = stores.of(file);
    var bytes = new byte[(int) file.size()];
    for (var part = 0; part * (long) store.partBytes() < bytes.length; part++) {
      var some = store.read(file.content(), part).toCompletableFuture().join();
      System.arraycopy(some, 0, bytes, part * store.partBytes(), some.length);
    }
    return bytes;
  }

  /// Reads a part only when the reader is ready for it.
  ///
  /// @param beginning the part in which the range begins
  Source<ByteString, NotUsed> read(StoredFile file, ByteRange range, byte[] beginning) {
    var store = stores.of(file);
    var size = store.partBytes();
    var first = (int) (range.first() / size);
    var last = (int) (range.last() / size);
    var rest =
        Source.unfoldAsync(
            first + 1,
            part ->
                part > last
                    ? CompletableFuture.completedFuture(Optional.<Pair<Integer, ByteString>>empty())
                    : store
                        .read(file.content(), part)
                        .thenApply(bytes ->
                            Optional.of(Pair.create(part + 1, within(range, part, size, bytes)))));
    return Source.single(within(range, first, size, beginning))
        .concatLazy(rest)
        .map(bytes -> {
          metrics.sent(bytes.size());
          return bytes;
        });
  }

  /// The part in which a range begins. It is read before the response begins, so that an
  /// unreachable store causes an error response instead of one that breaks off.
  CompletionStage<byte[]> beginning(StoredFile file, ByteRange range) {
    if (range.length() <= 0) return CompletableFuture.completedFuture(new byte[0]);
    var store = stores.of(file);
    return store.read(file.content(), (int) (range.first() / store.partBytes()));
  }

  private static ByteString within(ByteRange range, int part, int size, byte[] bytes) {
    var begin = part * (long) size;
    var from = (int) Math.max(0, range.first() - begin);
    var to = (int) Math.min(bytes.length, range.last() + 1 - begin);
    return ByteString.fromArrayUnsafe(bytes, from, to - from);
  }
}
