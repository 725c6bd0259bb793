package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.protocol.frame.Entry;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.Refused;
import kith.terminal.net.SavedFile;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.LocalPath;
import kith.terminal.plain.OpenedFiles;
import kith.terminal.plain.Sanitizer;
import kith.terminal.update.Input;
import kith.terminal.update.Request;
import org.jspecify.annotations.Nullable;

/// Saves and opens the files of messages, one request at a time.
final class FileDownloads implements AutoCloseable {
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final FileTransfers transfers;
  private final Consumer<Input> inputs;
  private final OpenedFiles opened = new OpenedFiles();
  private @Nullable Thread worker;

  FileDownloads(FileTransfers transfers, Consumer<Input> inputs) {
    this.transfers = transfers;
    this.inputs = inputs;
  }

  synchronized void begin(Request.Download asked) {
    worker = Thread.ofPlatform().name("kith-download").daemon().start(() -> run(asked));
  }

  synchronized void cancel() {
    if (worker != null) worker.interrupt();
  }

  /// Deletes the files that were opened.
  @Override
  public synchronized void close() {
    cancel();
    opened.close();
  }

  private void run(Request.Download asked) {
    inputs.accept(result(asked));
  }

  private Input result(Request.Download asked) {
    try {
      return new Input.Downloaded(asked.isToOpen() ? open(asked) : save(asked), false);
    } catch (Refused refused) {
      return failed(refused.sentence());
    } catch (Unreachable unreachable) {
      return failed(
          Thread.interrupted() ? "Cancelled; nothing was saved." : unreachable.sentence());
    } catch (UncheckedIOException fault) {
      return failed(String.valueOf(fault.getMessage()));
    } catch (IOException fault) {
      return failed("The file cannot be written (" + fault.getClass().getSimpleName() + ").");
    }
  }

  private static Input failed(String sentence) {
    return new Input.Downloaded(List.of(sentence), true);
  }

  private List<String> save(Request.Download asked) throws IOException {
    var directory = LocalPath.inHome(asked.directory()).toAbsolutePath();
    Files.createDirectories(directory);
    var lines = new ArrayList<String>();
    for (var file : asked.files())
      lines.add("Saved " + Sanitizer.line(saved(asked, file, directory, file.name()).toString()));
    return lines;
  }

  private Path saved(Request.Download asked, Entry.File file, Path directory, String name)
      throws IOException {
    return SavedFile.in(
        directory,
        name,
        into -> transfers.download(asked.room(), asked.seq(), file, into, progress(file.name())));
  }

  private FileTransfers.Progress progress(String name) {
    var due = new long[] {System.nanoTime()};
    return (bytes, size) -> {
      if (System.nanoTime() - due[0] < 0) return;
      due[0] = System.nanoTime() + REPORT_NANOS;
      inputs.accept(new Input.DownloadProgress(name, bytes, size));
    };
  }

  private List<String> open(Request.Download asked) throws IOException {
    var file = asked.files().getFirst();
    var name = OpenedFiles.name(file);
    if (name.isEmpty()) return List.of(OpenedFiles.notOpened(file));
    var path = saved(asked, file, opened.directory(), name.get());
    DesktopOpener.open(path.toString());
    return List.of("Opening " + Sanitizer.line(file.name()));
  }
}
