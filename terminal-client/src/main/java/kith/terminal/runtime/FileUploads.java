package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kith.protocol.Code;
import kith.protocol.rest.SharedFiles.Upload;
import kith.terminal.net.Backoff;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.update.Input;
import org.jspecify.annotations.Nullable;

/// Uploads the files of own posts, one at a time, until the server has them, refuses them, or the
/// user drops them. While no node can be reached, it tries again.
final class FileUploads implements AutoCloseable {
  private static final int MAX_WAITING = 200;

  private record Key(String room, String id) {
    static Key of(PendingUpload upload) {
      return new Key(upload.room(), upload.id());
    }
  }

  private final FileTransfers transfers;
  private final Path pastes;
  private final Consumer<Input> inputs;
  private final Map<Key, PendingUpload> waiting = new LinkedHashMap<>();
  private final Map<Key, PendingUpload> toDelete = new LinkedHashMap<>();
  private final Thread worker =
      Thread.ofPlatform().name("kith-uploads").daemon().unstarted(this::run);
  private @Nullable Key current;
  private int fruitless;
  private boolean isClosed;

  /// @param pastes the directory of files that are deleted when they are sent
  FileUploads(FileTransfers transfers, Path pastes, Consumer<Input> inputs) {
    this.transfers = transfers;
    this.pastes = pastes.toAbsolutePath();
    this.inputs = inputs;
  }

  synchronized void add(PendingUpload upload) {
    if (waiting.size() >= MAX_WAITING) {
      report(new Input.UploadFailed(upload, "Too many files wait to be uploaded."));
      return;
    }
    if (waiting.putIfAbsent(Key.of(upload), upload) == null) notifyAll();
    if (worker.getState() == Thread.State.NEW) worker.start();
  }

  /// The post of this upload is sent, or dropped: then the server deletes the file.
  synchronized void end(PendingUpload upload, boolean isSent) {
    release(upload);
    if (isSent) return;
    var key = Key.of(upload);
    boolean isUnderWay = key.equals(current);
    waiting.remove(key);
    if (isUnderWay) worker.interrupt();
    else if (upload.file().isPresent() && toDelete.size() < MAX_WAITING) toDelete.put(key, upload);
    if (worker.getState() == Thread.State.NEW) worker.start();
    notifyAll();
  }

  private void release(PendingUpload upload) {
    var path = Path.of(upload.path());
    if (!pastes.equals(path.getParent())) return;
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // only the user can read it
    }
  }

  synchronized void wake() {
    fruitless = 0;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    worker.interrupt();
    notifyAll();
  }

  private void run() {
    while (true) {
      try {
        var next = next();
        if (next.isEmpty()) return;
        upload(next.get());
      } catch (InterruptedException over) {
        // the upload was dropped or the client closed; `next` checks which
      }
    }
  }

  /// Empty when the client ends.
  private Optional<PendingUpload> next() throws InterruptedException {
    while (true) {
      var dropped = Optional.<PendingUpload>empty();
      synchronized (this) {
        current = null;
        if (isClosed) return Optional.empty();
        dropped = first(toDelete.values().iterator());
        if (dropped.isEmpty() && !waiting.isEmpty()) {
          var upload = waiting.values().iterator().next();
          current = Key.of(upload);
          return Optional.of(upload);
        }
        dropped.ifPresent(it -> toDelete.remove(Key.of(it)));
        if (dropped.isEmpty()) wait();
      }
      dropped.ifPresent(this::delete);
    }
  }

  private static Optional<PendingUpload> first(Iterator<PendingUpload> all) {
    return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
  }

  /// Makes one attempt: the server deletes a file that no message names after a while.
  private void delete(PendingUpload upload) {
    try {
      upload.file().ifPresent(transfers::delete);
    } catch (Refused | Unreachable _) {
      // the server deletes the file later
    }
  }

  private void upload(PendingUpload upload) throws InterruptedException {
    var begun = upload;
    try {
      var created = begun(upload);
      begun = upload.as(created.file());
      if (!begun.equals(upload)) begun(upload, begun);
      var now = begun;
      var whole =
          transfers.send(
              Path.of(upload.path()),
              created,
              (bytes, _) -> report(new Input.UploadProgress(now, bytes)));
      ended(begun, new Input.Uploaded(begun.as(whole.file())));
    } catch (Refused refused) {
      if (isTemporary(refused)) waitFor(begun);
      else {
        delete(begun);
        ended(begun, new Input.UploadFailed(begun.fromTheBeginning(), refused.sentence()));
      }
    } catch (Unreachable _) {
      waitFor(begun);
    } catch (UncheckedIOException unreadable) {
      delete(begun);
      ended(
          begun,
          new Input.UploadFailed(
              begun.fromTheBeginning(), String.valueOf(unreadable.getMessage())));
    }
  }

  /// The server's state of an upload, perhaps from an earlier run.
  private Upload begun(PendingUpload upload) {
    return upload
        .file()
        .flatMap(transfers::created)
        .orElseGet(() -> transfers.create(Path.of(upload.path()), upload.name()));
  }

  private void begun(PendingUpload upload, PendingUpload begun) {
    synchronized (this) {
      waiting.replace(Key.of(upload), begun);
    }
    report(new Input.UploadCreated(begun));
  }

  private static boolean isTemporary(Refused refused) {
    return refused.status() >= 500
        || refused.is(Code.RATE_LIMITED)
        || refused.is(Code.UNAVAILABLE)
        || refused.is(Code.REQUEST_TIMEOUT);
  }

  private void ended(PendingUpload upload, Input input) {
    boolean isWanted;
    synchronized (this) {
      isWanted = waiting.remove(Key.of(upload)) != null;
      fruitless = 0;
      current = null;
      // an interrupt for this upload is too late
      var _ = Thread.interrupted();
    }
    if (isWanted) report(input);
    else delete(upload);
  }

  /// Waits before the next attempt, unless the user dropped the upload.
  @SuppressWarnings("WaitNotInLoop") // each notification may begin the next attempt at once
  private void waitFor(PendingUpload upload) throws InterruptedException {
    boolean isDropped;
    synchronized (this) {
      isDropped = !waiting.containsKey(Key.of(upload));
      if (isDropped) {
        current = null;
        var _ = Thread.interrupted();
      }
    }
    if (isDropped) {
      delete(upload);
      return;
    }
    report(new Input.UploadWaits(upload));
    synchronized (this) {
      if (!isClosed && waiting.containsKey(Key.of(upload)))
        wait(Math.max(1, Backoff.millis(fruitless++, 1)));
    }
  }

  private void report(Input input) {
    inputs.accept(input);
  }
}
