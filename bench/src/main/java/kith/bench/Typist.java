package kith.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Types into a terminal client and measures when each letter is painted.
final class Typist implements AutoCloseable {
  /// Letters that appear nowhere else on the screen, so one in the output is the typed one.
  private static final String LETTERS = "éèüöäñçøåîûôêâàùïëÿãõ";

  private static final byte CLEAR_LINE = 'U' - '@';
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /// The flags with which the launcher starts the client.
  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m");

  private final Process client;
  private final Random dice = new Random(1);
  private final byte[] painted = new byte[1 << 16];
  private String awaited = "";
  private long seenAt;
  private long bytes;

  private Typist(Process client) {
    this.client = client;
  }

  static Typist at(Path home, String profile, int columns, int rows) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new java.util.ArrayList<String>();
    command.add(java);
    command.addAll(FLAGS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            KeyedClient.class.getName(),
            home.toString(),
            profile,
            Integer.toString(columns),
            Integer.toString(rows)));
    var client =
        new ProcessBuilder(command).redirectError(new File(home.toFile(), "client.log")).start();
    var typist = new Typist(client);
    Thread.ofPlatform().daemon().name("screen").start(() -> typist.read(client.getInputStream()));
    return typist;
  }

  long pid() {
    return client.pid();
  }

  /// Number of bytes painted since the client started.
  synchronized long painted() {
    return bytes;
  }

  private void read(InputStream screen) {
    try {
      // a letter can be split between two reads
      var tail = "";
      for (int read = screen.read(painted); read >= 0; read = screen.read(painted)) {
        long now = System.nanoTime();
        var text = tail + new String(painted, 0, read, StandardCharsets.ISO_8859_1);
        tail = text.substring(Math.max(0, text.length() - 40));
        seen(text, read, now);
      }
    } catch (IOException closed) {
      // the run is over
    }
  }

  private synchronized void seen(String text, int read, long now) {
    bytes += read;
    if (!awaited.isEmpty() && text.contains(awaited)) {
      seenAt = now;
      awaited = "";
      notifyAll();
    }
  }

  private static String asRead(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// Waits until the screen shows this text.
  void awaitText(String text) {
    expect(text);
    var _ = await();
  }

  private synchronized void expect(String text) {
    awaited = asRead(text);
  }

  private synchronized long await() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!awaited.isEmpty()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new BenchFailure("The client does not show the expected text.");
        wait(left);
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
    return seenAt;
  }

  private void press(byte[] keys) {
    try {
      client.getOutputStream().write(keys);
      client.getOutputStream().flush();
    } catch (IOException gone) {
      throw new BenchFailure("The client has ended.", gone);
    }
  }

  /// Types at the speed of a person, independent of the frame rate.
  ///
  /// @return times from each key to the bytes that show it, in microseconds
  Histogram type(int keys) {
    var delays = new Histogram(1, 60_000_000, 3);
    for (int key = 0; key < keys; key++) {
      int at = key % LETTERS.length();
      if (at == 0) press(new byte[] {CLEAR_LINE});
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40) + dice.nextInt(80_000_000));
      var letter = LETTERS.substring(at, at + 1);
      expect(letter);
      long pressed = System.nanoTime();
      press(letter.getBytes(StandardCharsets.UTF_8));
      delays.recordValue(Math.max(1, (await() - pressed) / 1_000));
    }
    press(new byte[] {CLEAR_LINE});
    return delays;
  }

  @Override
  public void close() {
    client.destroyForcibly();
  }
}
