package kith.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import kith.protocol.rest.SharedFiles;

/// Uploads and downloads files of one size with several clients, each at a constant rate, and
/// compares every byte that it receives.
final class FileTraffic implements AutoCloseable {
  private static final int CHUNK = 64 << 10;
  private static final long FINISH_SECONDS = 180;

  static {
    // a connection for each client is used again; the default is 5
    System.setProperty("http.maxConnections", "1000");
  }

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final URI node;
  private final SetUp setUp;
  private final FileContents contents;
  private final LongAdder up = new LongAdder();
  private final LongAdder down = new LongAdder();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean isOver;

  FileTraffic(URI node, SetUp setUp, FileContents contents) {
    this.node = node;
    this.setUp = setUp;
    this.contents = contents;
  }

  /// Bytes of contents.
  record Passed(long up, long down) {
    Passed minus(Passed other) {
      return new Passed(up - other.up, down - other.down);
    }
  }

  /// A file that can be downloaded.
  record Sent(String path, long number) {}

  /// Each client uploads one file after the other.
  ///
  /// @param rate bytes per second of all clients together
  void upload(List<Member> clients, double rate) {
    for (var client : clients) {
      var pace = new FilePace(System.nanoTime(), rate / clients.size());
      threads.execute(() -> repeat(begun -> upload(client, pace, begun)));
    }
  }

  /// Each client downloads one of these files after the other.
  ///
  /// @param rate as for uploads
  void download(List<Member> clients, List<Sent> files, double rate) {
    for (var index = 0; index < clients.size(); index++) {
      var client = clients.get(index);
      var pace = new FilePace(System.nanoTime(), rate / clients.size());
      var next = new AtomicLong(index);
      threads.execute(() ->
          repeat(begun ->
              download(
                  client, files.get((int) (next.getAndIncrement() % files.size())), pace, begun)));
    }
  }

  private interface Transfer {
    /// @param begun the bytes that this client has transferred before
    void run(long begun) throws IOException;
  }

  private void repeat(Transfer transfer) {
    for (long begun = 0; !isOver; begun += contents.size()) {
      try {
        transfer.run(begun);
      } catch (IOException | BenchFailure fault) {
        faults.add(String.valueOf(fault.getMessage()));
        return;
      }
    }
  }

  /// Uploads a file as fast as possible, and returns its id.
  String upload(Member client, long number) throws IOException {
    return upload(client, number, Optional.empty(), 0);
  }

  /// The number of a file that does not exist yet.
  static long newNumber() {
    return NUMBERS.getAndIncrement();
  }

  private void upload(Member client, FilePace pace, long begun) throws IOException {
    upload(client, newNumber(), Optional.of(pace), begun);
  }

  private String upload(Member client, long number, Optional<FilePace> pace, long begun)
      throws IOException {
    var file =
        setUp
            .ask(
                "POST",
                "/v1/files",
                client,
                Optional.of(
                    new SharedFiles.CreateFile(
                        number + ".bin", contents.size(), contents.sha256(number))),
                SharedFiles.Upload.class)
            .file();
    var connection = connection(client, "/v1/files/" + file + "/content?offset=0");
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(contents.size());
    var buffer = new byte[CHUNK];
    try (var out = connection.getOutputStream()) {
      for (int offset = 0; offset < contents.size(); ) {
        var some = contents.copy(number, offset, buffer);
        await(pace, begun + offset);
        out.write(buffer, 0, some);
        up.add(some);
        offset += some;
      }
    }
    answered(connection);
    setUp.ask("POST", "/v1/files/" + file + "/complete", client);
    return file;
  }

  private void download(Member client, Sent file, FilePace pace, long begun) throws IOException {
    var connection = connection(client, file.path());
    var buffer = new byte[CHUNK];
    var offset = 0;
    try (var in = connection.getInputStream()) {
      for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
        if (!contents.hasAt(file.number(), offset, buffer, some))
          throw new BenchFailure(file.path() + " differs from its upload.");
        down.add(some);
        offset += some;
        await(Optional.of(pace), begun + offset);
      }
    }
    if (offset != contents.size())
      throw new BenchFailure(file.path() + " ended after " + offset + " bytes.");
  }

  private static void await(Optional<FilePace> pace, long bytes) {
    pace.map(it -> it.nanosUntil(bytes, System.nanoTime()))
        .filter(nanos -> nanos > 0)
        .ifPresent(LockSupport::parkNanos);
  }

  private HttpURLConnection connection(Member client, String path) throws IOException {
    var connection = (HttpURLConnection) node.resolve(path).toURL().openConnection();
    connection.setRequestProperty("authorization", "Bearer " + client.token());
    return connection;
  }

  /// Reads the answer, so that the connection can be used again.
  private static void answered(HttpURLConnection connection) throws IOException {
    if (connection.getResponseCode() / 100 != 2)
      throw new BenchFailure(
          connection.getURL().getPath() + " was refused: " + connection.getResponseCode());
    try (var answer = connection.getInputStream()) {
      var _ = answer.readAllBytes();
    }
  }

  Passed passed() {
    return new Passed(up.sum(), down.sum());
  }

  /// The reasons of failed transfers; a client stops at its first failure.
  List<String> faults() {
    return new ArrayList<>(faults);
  }

  /// Waits until the transfers that have begun are finished.
  @Override
  public void close() {
    isOver = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
        faults.add("Transfers did not end.");
        threads.shutdownNow();
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
