package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.protocol.FileNames;
import kith.protocol.frame.Entry;
import kith.terminal.net.FileTransfers;
import kith.terminal.net.Refused;
import kith.terminal.net.SavedFile;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.LocalPath;
import kith.terminal.plain.Sanitizer;
import kith.terminal.update.Input;
import kith.terminal.update.Request;
import org.jspecify.annotations.Nullable;

/// Saves and opens the files of messages, one request at a time.
final class FileDownloads implements AutoCloseable {
  private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// The types that are opened, and the endings of their names, which decide about the program. A
  /// file with another ending may be a program.
  private static final Map<String, List<String>> OPENED =
      Map.ofEntries(
          Map.entry("image/png", List.of(".png")),
          Map.entry("image/jpeg", List.of(".jpg", ".jpeg")),
          Map.entry("image/gif", List.of(".gif")),
          Map.entry("image/webp", List.of(".webp")),
          Map.entry("application/pdf", List.of(".pdf")),
          Map.entry("text/plain", List.of(".txt")),
          Map.entry("audio/mpeg", List.of(".mp3")),
          Map.entry("audio/vorbis", List.of(".ogg")),
          Map.entry("audio/opus", List.of(".opus", ".ogg")),
          Map.entry("video/mp4", List.of(".mp4")),
          Map.entry("video/webm", List.of(".webm")));

  private final FileTransfers transfers;
  private final Consumer<Input> inputs;
  private @Nullable Thread worker;
  private @Nullable Path opened;

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
    if (opened == null) return;
    try (var files = Files.walk(opened)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException _) {
      // only the user can read them, in a directory for temporary files
    }
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
    var name = openedName(file);
    if (name.isEmpty())
      return List.of("Files of the type " + file.type() + " are not opened; save it instead.");
    var path = saved(asked, file, directory(), name.get());
    DesktopOpener.open(path.toString());
    return List.of("Opening " + Sanitizer.line(file.name()));
  }

  private synchronized Path directory() throws IOException {
    if (opened == null) opened = Files.createTempDirectory("kith-opened-");
    return opened;
  }

  /// A name with which the desktop opens the file by the type that the server states; empty for a
  /// type that is not opened.
  static Optional<String> openedName(Entry.File file) {
    var endings = OPENED.get(file.type());
    if (endings == null) return Optional.empty();
    var name = file.name();
    boolean isUsual = endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    // the added ending must survive the limit for names, because it decides about the program
    return Optional.of(isUsual ? name : FileNames.of(name, endings.getFirst()));
  }
}
